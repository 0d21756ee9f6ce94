"""What a sync did: in words, as JSON, and as the message of a commit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vaultkit.importing.plan import Outcome
from vaultkit.importing.syncing import Synced
from vaultkit.report import imported
from vaultkit.report.printable import printable, to_json

SCHEMA = 1


def render_text(one: Synced) -> str:
    """What became of one source: its counts, then what needs attention."""
    if one.error is not None:
        lines = f"{one.name}: failed, nothing was imported: {one.error}".split("\n")
        return "\n".join(map(printable, lines)) + "\n"
    return imported.render_text(one.report, one.name)


def render_json(
    done: Sequence[Synced], dry_run: bool, lint: dict[str, Any] | None, commit: str, left_out: Sequence[str]
) -> str:
    """The whole: `version`, `dry_run`, `sources` (each with `name`, `error`, and what `import --json` tells), `lint`
    (as `lint --output-format json` tells it; null: nothing was linted), `commit` (its hash, or null) and `left_out`,
    the files that were written and are not in it."""
    value = {
        "version": SCHEMA,
        "dry_run": dry_run,
        "sources": [_source(one) for one in done],
        "lint": lint,
        "commit": commit or None,
        "left_out": list(left_out),
    }
    return to_json(value, 2) + "\n"


def commit_message(done: Sequence[Synced]) -> str:
    """`vaultkit sync: diary +3 ~1, papers +12 -1`: notes made, changed and put into the trash, by source."""
    counts = []
    for one in done:
        new = sum(one.written.values())
        changed = len(one.written) - new
        gone = sum(bool(note.trash) and note.outcome is not Outcome.FAILED for note in one.report.notes)
        marks = [f"{mark}{count}" for mark, count in (("+", new), ("~", changed), ("-", gone)) if count]
        if marks:
            counts.append(" ".join([one.name, *marks]))
    return f"vaultkit sync: {', '.join(counts) or 'records of imports'}"


def _source(one: Synced) -> dict[str, Any]:
    error = str(one.error) if one.error is not None else None
    return {"name": one.name, "error": error, **imported.value(one.report)}
