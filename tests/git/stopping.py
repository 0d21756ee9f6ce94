"""A hook stopped at every moment: before each change of the disk, and before each time that git is told something."""

import os
from collections.abc import Callable

from vaultkit.git.plumbing import Repository
from vaultkit.vault import disk

KILLED = 137


def stopped_at(moment: int, hook: Callable[[], object]) -> bool:
    """Run `hook` in a fork that is gone before the moment of that number; whether it came so far."""
    child = os.fork()
    if not child:
        try:
            _stop_at(moment)
            hook()
        except BaseException:
            os._exit(1)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, KILLED)
    return code == KILLED


def _stop_at(moment: int) -> None:
    left = [moment]

    def count(*_: object) -> None:
        left[0] -= 1
        if not left[0]:
            os._exit(KILLED)

    tell = Repository.tell

    def tell_git(repository: Repository, said: bytes, *args: str | bytes) -> bytes:
        count()
        return tell(repository, said, *args)

    Repository.tell = tell_git  # type: ignore[method-assign]
    disk.on_step = count
