"""Runs the program with something done right before one of its changes of the disk: it is killed, refused, interrupted.

A script of its own; the fixture `stopped` starts it and asks it, a JSON array in a line. Every run is a process of its
own that really dies, but forked from this one, which has loaded the program: tests stop at each change in turn, and
most of each run would be loading. Knows nothing of what the program should do.
"""

from __future__ import annotations

import errno  # noqa: F401  # what is done may be `raise OSError(errno.ENOSPC, "full")`
import json
import os
import sys

from vaultkit.cli import import_, mv, run, verbs  # noqa: F401  # loaded before there is a fork
from vaultkit.importing import run as importing  # noqa: F401
from vaultkit.vault import files


def begin(folder: str, out: str, err: str, stop: int, how: str, arguments: list[str]) -> int:
    """Run `vaultkit` with `arguments` in `folder`, `how` done before change `stop` (0: never); its exit code.

    The last line of what it prints says how many changes there were.
    """
    os.chdir(folder)
    for number, path, mode in ((0, os.devnull, os.O_RDONLY), (1, out, os.O_WRONLY), (2, err, os.O_WRONLY)):
        os.dup2(os.open(path, mode | os.O_CREAT | os.O_TRUNC if number else mode), number)

    def on_step(number: int, operation: str, path: str) -> None:
        if number == stop:
            exec(how, globals())

    files.on_step = on_step
    code = run(arguments)
    print(files._steps)
    return code


def main() -> None:
    """Answer each line with the exit code of its run."""
    while line := sys.stdin.buffer.raw.readline():  # nothing is read ahead: it would be read by the forked, too
        child = os.fork()
        if not child:
            sys.exit(begin(*json.loads(line)))
        os.write(1, b"%d\n" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


if __name__ == "__main__":
    main()
