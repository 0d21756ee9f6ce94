"""What vaultkit tells a person when it cannot go on.

Knows the kinds of failure and the exit code of each; knows nothing of how they are printed (`cli/` does that).
A broken note is never an exception (it is a diagnostic), nor is a broken record of an export (it is a notice).
"""

from __future__ import annotations


class VaultkitError(Exception):
    """Base of all expected failures. The message is for a person: place, what is wrong, what to do."""

    exit_code = 3


class UsageError(VaultkitError):
    """The command or its configuration is wrong; nothing was done."""

    exit_code = 2


class ExportError(VaultkitError):
    """A whole export cannot be read: missing, binary, an unknown encoding or an unknown format."""

    exit_code = 2


class NewerError(VaultkitError):
    """Records of ours at `place` are of a `format` that only a newer vaultkit knows; nothing was done."""

    exit_code = 3

    def __init__(self, place: str, format_: object) -> None:
        super().__init__(f"{place}: was written by a newer vaultkit (format {format_}); update it")


class DiskError(VaultkitError):
    """The disk refused: read-only, full, or not ours to write. What was being written is as it was before."""

    exit_code = 3
