"""Whether there is a terminal to colour. Imports next to nothing."""

from __future__ import annotations

import os
import sys


def wants_color() -> bool:
    """Whether standard output is a terminal that may be coloured (NO_COLOR is obeyed)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
