"""The forms in which `vaultkit lint` tells what it found, each a module of `report/` that is loaded when it is wanted.

In the forms that services read, paths begin at the current folder when the vault lies in it: at the top of a repository
that are the paths the service knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vaultkit.cli.output import emit, say
from vaultkit.cli.terminal import wants_color
from vaultkit.report import text

if TYPE_CHECKING:
    from vaultkit.cli.lint_asked import Asked
    from vaultkit.cli.lint_run import Here
    from vaultkit.linting.placed import Placed
    from vaultkit.linting.rule import Rule
    from vaultkit.vault.tree import Vault

FORMATS = ("text", "concise", "full", "grouped", "json", "jsonl", "sarif", "github", "gitlab", "junit")
_OF_SERVICES = ("sarif", "github", "gitlab", "junit")


def report(all_found: Sequence[Here], asked: Asked) -> None:
    """Print what was found, as `asked`."""
    form = "statistics" if asked.statistics else asked.output_format
    found = [one for here in all_found for one in _named(here, form)]
    if form == "full":
        told = "".join([_full(here) for here in all_found])
    else:
        told = rendered(form, found, (active.rule for here in all_found for active in here.rules))
    if told:
        emit(told)
    if asked.is_for_a_person:
        say(text.summary(found, sum(here.hidden for here in all_found)))


def rendered(form: str, found: Sequence[Placed], rules: Iterable[Rule]) -> str:
    """What was found, in one of the `FORMATS` that need no look at the notes. `rules`: those that looked."""
    match form:
        case "statistics":
            from vaultkit.report import statistics

            return statistics.render(found)
        case "grouped":
            from vaultkit.report import grouped

            return grouped.render(found, wants_color())
        case "json":
            from vaultkit.report import json

            return json.render(found)
        case "jsonl":
            from vaultkit.report import jsonl

            return jsonl.render(found)
        case "sarif":
            from vaultkit.report import sarif

            return sarif.render(found, rules)
        case "github":
            from vaultkit.report import github

            return github.render(found)
        case "gitlab":
            from vaultkit.report import gitlab

            return gitlab.render(found)
        case "junit":
            from vaultkit.report import junit

            return junit.render(found)
    return text.render(found, wants_color())


def _full(here: Here) -> str:
    from vaultkit.report import full

    before = len(here.vault.prefix)
    return full.render(_named(here, "full"), lambda path: here.vault.read(path[before:]), wants_color())


def _named(here: Here, form: str) -> list[Placed]:
    """The findings with the paths that they get in this form."""
    before = _from_here(here.vault) if form in _OF_SERVICES else here.vault.prefix
    return [one._replace(path=before + one.path) for one in here.found] if before else here.found


def _from_here(vault: Vault) -> str:
    """What makes a path of `vault` one of the current folder (`notes/`)."""
    try:
        folder = vault.root.absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return vault.prefix
    return "" if folder == "." else f"{folder}/"
