"""GitLab's own additions to Markdown as Obsidian writes them: math, and quotes between lines of `>>>`.

Knows nothing of its references (`#12`, `!4`, `~label`), which become links later or stay. Code stays to the letter.
"""

from __future__ import annotations

import re

_FENCE = re.compile(r" {0,3}(?P<mark>`{3,}+|~{3,}+)[ \t]*+(?P<language>[^\s`]*+)[^`]*+$")
_MATH = re.compile(r"(?<![`$\\])\$`([^`\n]++)`\$(?![`$])")


def from_gitlab(text: str) -> str:
    """`text` with its math between dollars and its quotes behind `>`."""
    if not (">>>" in text or "$`" in text or "math" in text):
        return text
    out: list[str] = []
    quoted: list[str] | None = None
    closer, is_math = "", False
    for line in text.split("\n"):
        to = out if quoted is None else quoted
        if closer:
            if line.strip().startswith(closer) and not line.strip().strip(closer[0]):
                to.append("$$" if is_math else line)
                closer = ""
            else:
                to.append(line)
        elif fence := _FENCE.match(line):
            closer, is_math = fence["mark"], fence["language"] == "math"
            to.append("$$" if is_math else line)
        elif line.rstrip() == ">>>":
            if quoted is None:
                quoted = []
            else:
                out += [f"> {one}".rstrip() for one in quoted]
                quoted = None
        else:
            to.append(_MATH.sub(r"$\1$", line))
    if quoted is not None:  # it is never closed: no quote then
        out += [">>>", *quoted]
    if closer and is_math:
        out.append("$$")
    return "\n".join(out)
