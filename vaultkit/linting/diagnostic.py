"""What a check yields and what a person is told: findings, fixes, diagnostics.

Knows the shapes only; who makes them is `checks` and `run`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from vaultkit.vault.edit import Edit
from vaultkit.vault.note import Span


class Severity(StrEnum):
    """How much a diagnostic weighs."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Fix(NamedTuple):
    """A repair: all of its edits or none. `safe` means that nothing a person wrote changes its meaning."""

    edits: tuple[Edit, ...]
    safe: bool = True


class Finding(NamedTuple):
    """A place where a law does not hold. `values` fill the rule's message. An empty span at 0 means the whole note."""

    span: Span
    values: Mapping[str, str] = {}
    fix: Fix | None = None


class Diagnostic(NamedTuple):
    """A finding with what only the rule knows: its id, its severity and the message."""

    rule: str
    path: str
    span: Span
    message: str
    severity: Severity
    fix: Fix | None = None


WHOLE_NOTE = Span(0, 0)
