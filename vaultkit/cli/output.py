"""Words on a terminal: made safe, coloured when that is wanted."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from vaultkit.report.printable import printable_line

if TYPE_CHECKING:
    from vaultkit.vault.tree import Vault


_LONGEST = 120


def brief(command: str) -> str:
    """A command line as people can read it: a shell puts hundreds of files into one."""
    return command if len(command) <= _LONGEST else f"{command[:_LONGEST].rpartition(' ')[0] or command[:_LONGEST]} …"


def safe(text: str) -> str:
    """`text` with control and direction characters shown instead of obeyed; its lines stay lines."""
    return "\n".join(printable_line(line) for line in text.split("\n"))


def say(text: str = "") -> None:
    """A line of the result, on standard output."""
    _write(sys.stdout, safe(text) + "\n")


def emit(text: str) -> None:
    """Output that was made safe already, or is for programs; as it is, with a line end behind it."""
    _write(sys.stdout, text if text.endswith("\n") else text + "\n")


def emit_all(pieces: Iterable[bytes | memoryview]) -> None:
    """The same, in pieces of UTF-8."""
    sys.stdout.flush()
    for piece in pieces:
        sys.stdout.buffer.write(piece)


def complain(text: str) -> None:
    """A message about the run, on standard error."""
    _write(sys.stderr, f"vaultkit: {safe(text)}\n")


def show_change(before: bytes, after: bytes, path: str, new_path: str) -> None:
    """What becomes of a note, as a unified diff."""
    from difflib import unified_diff  # most runs show none

    old, new = (data.decode("utf-8", "replace").splitlines(keepends=True) for data in (before, after))
    for line in unified_diff(old, new, path, new_path):
        emit("\t".join(map(safe, line.rstrip("\n").split("\t"))))  # tabs indent lists, and do no harm


def _write(stream: TextIO, text: str) -> None:
    """`text` at once and in UTF-8, whatever the stream would make of it."""
    stream.flush()
    stream.buffer.write(text.encode("utf-8", "backslashreplace"))
    stream.buffer.flush()


def warn_about(vault: Vault) -> None:
    """Say what of the vault's settings could not be read."""
    for problem in vault.settings.problems:
        complain(f"{vault.root}/{vault.config_folder}/{problem}")
