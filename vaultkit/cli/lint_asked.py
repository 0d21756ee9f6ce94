"""What `vaultkit lint` is asked for: the options, and which of them go together.

Reads the plainest command lines itself, for click is slow to load; `lint` has the options as people see them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from vaultkit.errors import UsageError


class Asked(NamedTuple):
    """The command line."""

    paths: tuple[Path, ...] = ()
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    select: str = ""
    ignore: str = ""
    output_format: str = "text"
    no_cache: bool = False
    jobs: int | None = None
    staged: bool = False
    extend_select: str = ""
    exit_zero: bool = False
    statistics: bool = False
    add_ignores: bool = False
    write_baseline: bool = False
    no_baseline: bool = False
    profile: bool = False
    all: bool = False
    from_ref: str = ""
    to_ref: str = ""

    @property
    def chosen(self) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Ids of rules: only these, all but these, these too."""
        return _ids(self.select), _ids(self.ignore), _ids(self.extend_select)

    @property
    def is_for_a_person(self) -> bool:
        """Whether a person reads the output, so that more may stand in it than findings."""
        return self.output_format in ("text", "full", "grouped")


_FLAGS = {f"--{name.replace('_', '-')}": name for name, default in Asked._field_defaults.items() if default is False}


def plain(arguments: Sequence[str]) -> Asked | None:
    """What `arguments` of `lint` ask for when they are paths and flags; None: click must read them."""
    paths = tuple(Path(word) for word in arguments if not word.startswith("-"))
    flags = {word for word in arguments if word.startswith("-")}
    if not flags <= _FLAGS.keys():
        return None
    said: dict[str, Any] = {_FLAGS[flag]: True for flag in flags}
    return Asked(paths, **said)


def check(asked: Asked) -> None:
    """Raises UsageError when what is asked for cannot go together."""
    is_of_git = asked.staged or asked.from_ref or asked.to_ref
    allowed = Asked(
        asked.paths,
        no_cache=asked.no_cache,
        jobs=asked.jobs,
        exit_zero=asked.exit_zero,
        staged=asked.staged,
        all=asked.all,
        from_ref=asked.from_ref,
        to_ref=asked.to_ref,
        output_format=asked.output_format,
    )
    if is_of_git and asked != allowed:
        which = "--staged goes" if asked.staged else "--from-ref and --to-ref go"
        raise UsageError(f"{which} with --all, --output-format, --exit-zero, --no-cache and --jobs only")
    if is_of_git and asked.output_format == "full":
        which = "--staged" if asked.staged else "--from-ref and --to-ref"
        raise UsageError(f"--output-format full shows notes as they lie in the vault; choose another with {which}")
    if asked.staged and (asked.from_ref or asked.to_ref):
        raise UsageError("--staged is what comes next, --from-ref and --to-ref are what was committed; say one of them")
    if bool(asked.from_ref) != bool(asked.to_ref):
        raise UsageError("--from-ref and --to-ref go together: the commit before, and the one to judge")
    if asked.to_ref and asked.paths:
        raise UsageError("--from-ref and --to-ref judge all that was changed; leave the paths out")
    if asked.all and not is_of_git:
        raise UsageError("--all goes with --staged, or with --from-ref and --to-ref")
    if asked.statistics and asked.output_format != "text":
        raise UsageError("--statistics is told in place of the findings; it goes with no other --output-format")
    mending = asked.fix or asked.unsafe_fixes
    if asked.profile and asked != Asked(
        asked.paths, select=asked.select, ignore=asked.ignore, extend_select=asked.extend_select, profile=True
    ):
        raise UsageError("--profile goes with --select, --ignore and --extend-select only")
    if asked.add_ignores and (mending or asked.write_baseline):
        raise UsageError("--add-ignores goes with none of --fix, --unsafe-fixes, --write-baseline")
    if asked.write_baseline and (mending or asked.diff or asked.no_baseline):
        raise UsageError("--write-baseline goes with none of --fix, --unsafe-fixes, --diff, --no-baseline")


def _ids(listed: str) -> tuple[str, ...]:
    return tuple(part for part in listed.replace(",", " ").split() if part)
