"""The merge driver: what git calls for a note, or a record of vaultkit's, that both sides changed.

`vaultkit-merge %O %A %B %L %P`: files with the base, our side and their side, the size of a conflict marker, and what
the file is called. Exit codes: 0 merged, 100 a person is needed and finds markers; after any other the shell line that
git was given (`driver_install`) has git merge by line, which loses nothing. 1 is among the others: a Python that cannot
even import this ends with it. So `%A` is written once, at the end, as a whole. Runs for each note of a merge, rebase,
cherry-pick, revert or stash pop; so it imports little, no click, and never asks git about the index, which git holds.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from vaultkit.errors import VaultkitError
from vaultkit.vault import disk

MERGED, ASKS, NOT_OURS, FAULT = 0, 100, 2, 3
_MARKER = 7


def main() -> None:
    """Run as a program: exit with the code for git."""
    try:
        code = merge_driver(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    except Exception as e:  # whatever it is, git can do without
        code = FAULT
        _complain(sys.argv[-1], f"a fault of vaultkit's own ({type(e).__name__}: {e}); please report it")
    sys.stderr.flush()
    os._exit(code)  # there is nothing to tidy, and Python would take as long for that as for the merge


def merge_driver(arguments: Sequence[str]) -> int:
    """Merge; the exit code for git. Says on standard error why when it leaves the merge to git."""
    if len(arguments) != 5:
        sys.stderr.write("vaultkit-merge: is called by git, with %O %A %B %L %P; see `vaultkit git install`\n")
        return NOT_OURS
    *files, size, name = arguments
    try:
        base, ours, theirs = map(_read, files)
        found = _merged(base, ours, theirs, name, int(size) if size.isdigit() and int(size) else _MARKER)
        if found is None:
            return NOT_OURS
        data, code = found
        if data != ours:
            _write(files[1], data)
    except OSError as e:
        _complain(name, e.strerror or str(e))
        return FAULT
    except VaultkitError as e:
        _complain(name, str(e))
        return FAULT
    return code


def _merged(base: bytes, ours: bytes, theirs: bytes, name: str, size: int) -> tuple[bytes, int] | None:
    """The merged file and the exit code; None when git shall do it."""
    if ours == theirs or theirs == base:
        return ours, MERGED
    if ours == base:
        return theirs, MERGED
    if "/.vaultkit/" in f"/{name}":
        from vaultkit.importing.merge.records import merge_records

        record = merge_records(name, base, ours, theirs)
        return None if record is None else (record, MERGED)
    if not all(map(_is_text, (base, ours, theirs))):
        _complain(name, "is not text in UTF-8")
        return None
    from vaultkit.git.merge_notes import merge_notes, with_markers

    note = merge_notes(base, ours, theirs)
    if note.agreed:
        return with_markers(note, size), MERGED
    return with_markers(note, size, _conflict_style()), ASKS


def _is_text(data: bytes) -> bool:
    if b"\0" in data:
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _conflict_style() -> str:
    """What the user wants to see of a conflict: `merge`, `diff3` or `zdiff3`."""
    import subprocess  # slow to load; only where a person is needed

    try:
        asked = ["git", "config", "--get", "merge.conflictStyle"]
        return subprocess.run(asked, stdin=subprocess.DEVNULL, capture_output=True, text=True).stdout.strip() or "merge"
    except OSError:
        return "merge"


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _write(path: str, data: bytes) -> None:
    """Let `data` take the place of the file: at any moment it is the old one or the new one."""
    beside = f"{path}.vaultkit-tmp"
    disk.unlink(beside, path)
    try:
        disk.create(beside, data, path, os.stat(path).st_mode & 0o777)  # noqa: PTH116
        disk.replace(beside, path, path)
    except BaseException:
        with suppress(OSError):
            disk.unlink(beside, path)
        raise


def _complain(name: str, what: str) -> None:
    shown = "".join(one if one.isprintable() else ascii(one)[1:-1] for one in f"{name}: {what}")
    shown = shown.encode("utf-8", "backslashreplace").decode()
    sys.stderr.write(f"vaultkit: {shown}; git merges it by line\n")


if __name__ == "__main__":
    main()
