"""The text of the hook that `vaultkit git install` puts into a repository.

A few lines of `sh` that find vaultkit and hand over. It must work where a window program commits: no PATH but the
system's, no HOME, no terminal. Knows nothing of repositories.
"""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

from vaultkit.git.git_hooks import BY_NAME

_MARK = b"# vaultkit-hook v1"
PREVIOUS = ".vaultkit-prev"
"""What is added to the name of a hook that was there before; ours runs it first."""

_TEXT = """\
#!/bin/sh
{mark}, written by `vaultkit git install`; `vaultkit git uninstall` takes it away again.
# The hook that was here before, if any, runs first. Without vaultkit, once: VAULTKIT=0 git ...

program={program}
previous="${{0%/*}}/{hook}{previous}"
{run}
if [ -x "$previous" ]; then
    {before}"$previous" "$@" || exit $?
fi
if [ "${{VAULTKIT:-1}}" = 0 ]; then
    exit 0
fi

set -- hook {hook} "$@"
if [ -x "$program" ]; then
    run {command} "$@"
fi
# gone from where it was installed: what the user says, then PATH, then the places that window programs do not search
for found in "$(git config --get vaultkit.bin)" "$(command -v vaultkit)" \\
    "${{HOME:-}}/.local/bin/vaultkit" /opt/homebrew/bin/vaultkit /usr/local/bin/vaultkit; do
    if [ -n "$found" ] && [ -x "$found" ]; then
        run "$found" "$@"
    fi
done
{end}"""
_RUN = """\
run() {
    exec "$@"
}
"""
_RUN_READING = """\
input=$(cat; printf .)  # both hooks are to read it; $( ) takes line ends off
run() {
    printf %s "${input%.}" | "$@"
    exit $?
}
"""
_NOT_FOUND = """
printf 'vaultkit: not found at %s, nor in PATH=%s\\n' "$program" "$PATH" >&2
printf '%s\\n' 'Say where it is: git config vaultkit.bin /path/to/vaultkit' \\
    'Go on without it, once: VAULTKIT=0 git ...' "Or take this hook away: rm '$0'" >&2
exit 1
"""
_NOT_MISSED = """
exit 0  # refuses nothing, and so is not missed
"""


def hook_script(hook: str, command: tuple[str, ...]) -> bytes:
    """The script for `hook` (`pre-commit`) that runs `command` (a program by its absolute path, and its arguments)."""
    known = BY_NAME[hook]
    text = _TEXT.format(
        mark=_MARK.decode(),
        hook=hook,
        previous=PREVIOUS,
        program=shlex.quote(command[0]),
        command=" ".join(['"$program"', *map(shlex.quote, command[1:])]),
        run=_RUN_READING if known.reads else _RUN,
        before='printf %s "${input%.}" | ' if known.reads else "",
        end=_NOT_FOUND if known.refuses else _NOT_MISSED,
    )
    return os.fsencode(text)


def program_of(script: bytes) -> str:
    """The program that a script of ours calls first, by its absolute path; empty when it does not say."""
    _, found, rest = os.fsdecode(script).partition("\nprogram=")
    lexer = shlex.shlex(rest, posix=True, punctuation_chars="")
    lexer.whitespace_split, lexer.commenters = True, ""
    try:
        return (lexer.get_token() or "") if found else ""
    except ValueError:
        return ""


def is_ours(script: bytes) -> bool:
    """Whether `script` is one that `hook_script` made, now or in an older version."""
    return any(line.startswith(_MARK.rstrip(b"0123456789")) for line in script.split(b"\n")[:5])


def own_command(name: str = "vaultkit", module: str = "vaultkit") -> tuple[str, ...]:
    """How to start the vaultkit that is running, or another program of its: the script `name` beside its Python, else
    `python -P -m MODULE`."""
    python = Path(sys.executable)  # absolute, and not resolved: in a virtual environment the link is what counts
    for file in (name, f"{name}.exe"):
        script = python.with_name(file)
        if os.access(script, os.X_OK):
            return (script.as_posix(),)
    # -P: git runs it at the top of the work tree, and no module must be taken from there (a `re.py` beside the notes)
    return (python.as_posix(), "-P", "-m", module)
