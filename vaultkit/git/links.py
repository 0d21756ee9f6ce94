"""`vaultkit hook links`: no commit breaks a link, be it in a note that it does not touch.

The same judgement as `hook lint`, of which only what is about links is told. For frameworks, which call `lint` only
where notes are staged, and name them; a commit that deletes a note or an attachment stages none.
"""

from __future__ import annotations

from pathlib import Path

from vaultkit.git.hook import judged_in, verdict
from vaultkit.git.plumbing import open_repository
from vaultkit.git.staging import Staging

TYPE_CHECKING = False
if TYPE_CHECKING:
    import datetime as dt

_RULES = frozenset(
    "links-resolve links-unresolved headings-resolve blocks-resolve embeds-resolve canvas-resolves bases-resolve "
    "bookmarks-resolve".split()
)
_ADVICE = "vaultkit: mend the links and `git add` them (to commit without this check: git commit --no-verify)"


def hook_links(cwd: Path, today: dt.date) -> tuple[int, str]:
    """Exit code (0: go on, 1: refused) and text about the links that the commit breaks. Raises VaultkitError."""
    with Staging(open_repository(cwd), cwd) as staging:
        return links_in(staging, today)


def links_in(staging: Staging, today: dt.date) -> tuple[int, str]:
    """The same for what is staged in a repository that others ask about, too."""
    judged = judged_in(staging, today)
    if judged is None:
        return 0, ""
    new = tuple(one for one in judged.new if one.rule in _RULES)
    return verdict(judged._replace(new=new, old=()), _ADVICE, "")
