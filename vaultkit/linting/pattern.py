"""Regular expressions that a vault's owner wrote, searched by RE2, so that none can hang the linter.

RE2 takes time in proportion to the text, whatever the expression; in turn it knows neither look-around nor references
back, and its `\\w`, `\\d` and `\\b` are about ASCII (`\\p{L}` is any letter, `\\p{Han}` an ideograph).
"""

from __future__ import annotations

import re
from functools import cache


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """`pattern`, with `^` and `$` at lines. What it finds behaves as a match of `re`. Raises ValueError with what is
    wrong. It takes no text with lone surrogates."""
    import re2  # only for vaults with rules of their own

    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern, options)  # alone, for `a)(b` would be one in brackets
        found: re.Pattern[str] = re2.compile(f"(?m:{pattern})", options)
    except re2.error as e:
        why = e.args[0].decode("utf-8", "replace") if e.args and isinstance(e.args[0], bytes) else str(e)
        hint = "; RE2 has neither look-around nor references back" if "invalid perl operator" in why else ""
        raise ValueError(f"is no regular expression of RE2: {why}{hint}") from e
    return found
