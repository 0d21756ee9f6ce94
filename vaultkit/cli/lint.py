"""`vaultkit lint`: what is wrong in notes, and the mending of it. The command line only; `lint_run` does it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from vaultkit.cli.lint_asked import Asked
from vaultkit.cli.lint_report import FORMATS
from vaultkit.cli.lint_run import run_lint


def _format(_context: click.Context, _option: click.Parameter, value: str) -> str:
    return "text" if value == "concise" else value


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--fix", "fix", is_flag=True, help="Mend what can be mended safely.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: also mend where a person should look after.")
@click.option("--diff", "diff", is_flag=True, help="Show what --fix or --add-ignores would change; write nothing.")
@click.option("--select", default="", metavar="RULES", help="Only these rules (ids with commas between).")
@click.option("--extend-select", default="", metavar="RULES", help="These rules, too, whatever vaultkit.yaml says.")
@click.option("--ignore", default="", metavar="RULES", help="All but these rules.")
@click.option(
    "--output-format",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    callback=_format,
    help="For people: text (concise is the same), full (with the source), grouped (by note). For programs: the others.",
)
@click.option("--statistics", is_flag=True, help="Count the findings of each rule in place of telling them.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 also when something is wrong.")
@click.option("--write-baseline", is_flag=True, help="Set aside what is found now: later runs tell only what is new.")
@click.option("--no-baseline", is_flag=True, help="Tell also what was set aside.")
@click.option("--add-ignores", is_flag=True, help="Silence each finding where it stands, by a comment in the note.")
@click.option("--profile", is_flag=True, help="Tell how long each rule takes, in place of the findings.")
@click.option("--no-cache", is_flag=True, help="Look at every note, and remember nothing for the next run.")
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="Processes that read notes (default: what pays).")
@click.option("--staged", is_flag=True, help="What the next commit brings in, as git has it staged.")
@click.option("--from-ref", default="", metavar="COMMIT", help="What came in since this commit (`none`: all there is),")
@click.option("--to-ref", default="", metavar="COMMIT", help="with this one; the work tree does not matter.")
@click.option("--all", "all", is_flag=True, help="With these: tell also what was wrong before in the changed notes.")
def command(**asked: Any) -> int:
    """Lint the notes at PATHs (notes, folders; default: the vault you are in). Exit code 1: something is wrong."""
    return run_lint(Asked(**asked))
