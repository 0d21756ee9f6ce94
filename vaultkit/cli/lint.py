"""`vaultkit lint`: what is wrong in notes, and the mending of it. The command line only; `lint_run` does it."""

from __future__ import annotations

from pathlib import Path

import click

from vaultkit.cli.lint_run import Asked, run_lint


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--fix", "fix", is_flag=True, help="Mend what can be mended safely.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: also mend where a person should look after.")
@click.option("--diff", "diff", is_flag=True, help="Show what --fix would change; write nothing.")
@click.option("--select", default="", metavar="RULES", help="Only these rules (ids with commas between).")
@click.option("--ignore", default="", metavar="RULES", help="All but these rules.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--no-cache", is_flag=True, help="Look at every note, and remember nothing for the next run.")
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="Processes that read notes (default: what pays).")
@click.option("--staged", is_flag=True, help="What git has staged, as the next commit will make it.")
def command(
    paths: tuple[Path, ...],
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    select: str,
    ignore: str,
    output_format: str,
    no_cache: bool,
    jobs: int | None,
    staged: bool,
) -> int:
    """Lint the notes at PATHs (notes, folders; default: the vault you are in). Exit code 1: something is wrong."""
    return run_lint(Asked(paths, fix, unsafe_fixes, diff, select, ignore, output_format, no_cache, jobs, staged))
