"""How a note is known again that was imported."""

from __future__ import annotations

import re

ID = "vaultkit-id"
"""The one property that says so; flat text, because Obsidian does not show nested properties."""
ID_LINE = re.compile(rf"^{ID}:[ \t]*(\S+)[ \t]*\r?$".encode(), re.M)
"""The line of the property in a block whose YAML the user broke elsewhere."""
