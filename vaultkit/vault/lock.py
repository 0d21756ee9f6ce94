"""One writing command at a time: the lock of a vault.

The system's own lock (flock) on the vault's folder itself: nothing is written for it, nothing of it shows in git, and
it ends with the process that holds it, however that ends. Windows cannot lock a folder; there it is a file in the
folder of the journal, which git passes over. Disks that know no locks go without: each file is still compared before it
is replaced.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from vaultkit.errors import VaultkitError
from vaultkit.vault import disk
from vaultkit.vault.files import Files

WAIT = 5.0
"""Seconds."""
_PAUSE = 0.02
_HELD = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)


class VaultBusy(VaultkitError):
    """Another command is writing to this vault; nothing was done."""

    exit_code = 3


def acquire(root: Path, folder: str) -> int:
    """Lock the vault at `root`; a descriptor for `release`. `folder`: where Windows may have a file.

    Waits while another process holds the lock, up to `WAIT` seconds. Raises VaultBusy, DiskError.
    """
    with disk.errors(str(root)):
        descriptor = _open(root, folder)
        until = time.monotonic() + WAIT
        try:
            while not _try(descriptor):
                if time.monotonic() > until:
                    raise VaultBusy(
                        f"{root}: another vaultkit is writing to this vault; nothing was done, run again when it is"
                        " through"
                    )
                time.sleep(_PAUSE)
        except BaseException:
            os.close(descriptor)
            raise
    return descriptor


def release(descriptor: int) -> None:
    """Let others write again."""
    if sys.platform == "win32":
        import msvcrt

        with suppress(OSError):
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
    os.close(descriptor)


def _open(root: Path, folder: str) -> int:
    if sys.platform == "win32":
        files = Files(root)
        files.hide(folder)
        place = files.place(f"{folder}/lock")
        if not os.path.exists(place):
            with suppress(FileExistsError):
                disk.create(place, b"", f"{folder}/lock")
        return os.open(place, os.O_RDWR)
    return os.open(root, os.O_RDONLY)


def _try(descriptor: int) -> bool:
    """Whether the lock is ours now."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as e:
        return e.errno not in _HELD
    return True
