"""`vaultkit lint --staged` and `--from-ref A --to-ref B`: what the next commit, or the last ones, brought in.

Knows how the answer is told. What is judged, and against what, is `git/`'s business. Paths are those of the repository.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from vaultkit.cli.output import emit
from vaultkit.git.hook import ADVICE, SHOW_ALL, judge_staged, refuses, verdict
from vaultkit.git.pushing import judge_between

if TYPE_CHECKING:
    from vaultkit.cli.lint_asked import Asked

_NOTHING = "Nothing found.\n"


def lint_git(asked: Asked) -> int:
    """Judge, tell, and return the exit code. Raises VaultkitError when it cannot judge."""
    today = dt.date.today()
    if asked.staged:
        judged, advice, show_all = judge_staged(Path.cwd(), tuple(map(str, asked.paths)), today), ADVICE, SHOW_ALL
    else:
        judged, advice = judge_between(Path.cwd(), asked.from_ref, asked.to_ref, today)
        show_all = "`--all`"
    if asked.output_format == "text":
        code, told = verdict(judged, advice, show_all, asked.all) if judged else (0, "")
        emit(told or _NOTHING)
        return code
    from vaultkit.cli.lint_report import rendered

    found = [*(judged.new if judged else ()), *(judged.old if judged and asked.all else ())]
    told = rendered(asked.output_format, sorted(found), judged.rules if judged else ())
    if told or asked.is_for_a_person:
        emit(told or _NOTHING)
    return 1 if judged and refuses(judged) else 0
