"""How a note is known again that was imported."""

ID = "vaultkit-id"
"""The one property that says so; flat text, because Obsidian does not show nested properties."""
