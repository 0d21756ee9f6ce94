"""Variables of Obsidian's core Templates plugin: `{{title}}`, `{{date}}`, `{{time}}`, with or without a format."""

from __future__ import annotations

import re

_VARIABLE = re.compile(r"\{\{(title|(?:date|time)(?::[^{}\n]+)?)\}\}")


def template_variables(text: str) -> list[str]:
    """The variables in `text`, in order, without their braces."""
    return _VARIABLE.findall(text)
