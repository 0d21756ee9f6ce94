"""The parts of a note that a fix must leave alone unless its check says that it edits them."""

from __future__ import annotations

from enum import StrEnum


class Part(StrEnum):
    """What is compared before and after a fix."""

    LINKS = "links"
    CODE = "code"
    COMMENTS = "comments"
