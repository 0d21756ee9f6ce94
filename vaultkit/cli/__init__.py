"""The command line: the only place that prints, reads the environment, or ends the program.

Each verb is a module of this package, imported only when it runs (`verbs`). Expected failures arrive here as
`VaultkitError` and become one message and an exit code: 0 clean, 1 findings or failed items, 2 usage, 3 a fault of ours
or of the disk, 130 interrupted.
"""

from __future__ import annotations

import gc
import os
import sys

from vaultkit import __version__
from vaultkit.errors import VaultkitError

VERBS = {
    "init": ("init", "Make a vault, or add to a vault what it lacks."),
    "import": ("import_", "Turn exports of diaries and issue trackers into notes."),
    "formats": ("formats", "List what can be imported, and how to get the exports."),
    "sync": ("sync", "Import every source that vaultkit.yaml names again."),
    "status": ("status", "List what imports left open, and the notes they leave alone."),
    "resolve-conflict": ("resolve_conflict", "Settle what you and the source changed in one place."),
    "restore": ("restore", "Bring back an imported note that was deleted."),
    "lint": ("lint", "Name what is wrong in notes, and mend it with --fix."),
    "explain": ("explain", "Tell what a rule wants and why."),
    "rules": ("rules", "List the rules."),
    "inspect": ("inspect", "Show what vaultkit sees in a note."),
    "resolve": ("resolve", "Show where a link leads."),
    "mv": ("mv", "Rename or move a note or folder, and rewrite the links to it."),
    "undo": ("undo", "Take back the last command that wrote."),
    "history": ("history", "List the commands that can be taken back."),
    "git": ("git", "Have git keep the vault well: install, status, doctor, uninstall."),
    "hook": ("hook", "What git hooks call."),
    "demo": ("demo", "Make a vault from sample exports and look at it."),
}
"""Verb → module and the line in the list of verbs; the module's `command` runs it."""

VERSION = f"vaultkit, version {__version__}"


def main() -> None:
    """Run the command line and exit."""
    if sys.getfilesystemencoding() != "utf-8":
        # LC_ALL=C without Python's UTF-8 mode: names like 日記.md could neither be compared nor opened
        os.environ["PYTHONUTF8"] = "1"
        # -P: a hook runs in the work tree, from which no module must be taken
        os.execv(sys.executable, [sys.executable, "-P", "-m", "vaultkit", *sys.argv[1:]])
    gc.set_threshold(100_000)  # what is loaded at the start is no garbage, and need not be searched for some
    code = run(sys.argv[1:])
    gc.freeze()  # nor is what is left at the end worth a look, and Python would look twice
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run one command; the exit code. The one door through which all failures go."""
    try:
        if arguments == ["--version"]:  # asked by scripts and editors; click need not be loaded for it
            print(VERSION)
            code = 0
        elif (known := _lint(arguments)) is not None or (known := _hook(arguments)) is not None:
            code = known
        else:
            from vaultkit.cli.verbs import call

            code = call(arguments)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        _complain("interrupted; what was written is whole, run the same command again to finish")
        return 130
    except VaultkitError as e:
        _complain(str(e))
        return e.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains at exit
        return 1  # as click has it; 0 would say that all is well, and whoever read this did not read to the end
    except OSError as e:
        _complain(f"{e.filename or 'output'}: {e.strerror or e}")
        return 3
    except Exception as e:
        if os.environ.get("VAULTKIT_DEBUG"):
            raise
        _complain(f"a fault of vaultkit's own ({type(e).__name__}: {e}); please report it, with VAULTKIT_DEBUG=1 set")
        return 3


def _lint(arguments: list[str]) -> int | None:
    """The exit code of a `lint` of paths, with flags or without; None for all else, which click must read."""
    if arguments[:1] != ["lint"]:
        return None
    from vaultkit.cli.unchanged import answer

    if (known := answer(arguments[1:])) is not None:
        return known
    from vaultkit.cli.lint_asked import plain

    asked = plain(arguments[1:])
    if asked is None:
        return None
    from vaultkit.cli.lint_run import run_lint

    return run_lint(asked)


def _hook(arguments: list[str]) -> int | None:
    """The exit code of a hook; None for all else. What stands behind its name are files, also `--help`."""
    if arguments[:1] != ["hook"] or len(arguments) < 2:
        return None
    from vaultkit.cli.hook_run import HOOKS, run_hook

    hook, *rest = arguments[1:]
    return run_hook(hook, tuple(rest[1:] if rest[:1] == ["--"] else rest)) if hook in HOOKS else None


def _complain(text: str) -> None:
    from vaultkit.cli.output import complain

    complain(text)
