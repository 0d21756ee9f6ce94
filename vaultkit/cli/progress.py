"""A bar on the terminal for what takes longer than a second; nothing where nobody looks.

It is drawn on standard error, without colours: what is printed stays as it is.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, TextIO

import click

_PATIENCE = 1.0
_PAUSE = 0.1


class Progress:
    """Called with what is being done, how much of it is done, and how much there is, as often as one likes."""

    def __init__(self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream or sys.stderr
        self._clock = clock
        self._is_seen = self._stream.isatty() and os.environ.get("TERM") != "dumb"
        self._begun = self._drawn = clock()
        self._what = ""
        self._bar: Any = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _e: BaseException | None, _at: TracebackType | None) -> None:
        self.end()

    def __call__(self, what: str, done: int, total: int) -> None:
        if not self._is_seen:
            return
        now = self._clock()
        if what != self._what:
            self.end()
            self._what = what
        if now - self._begun < _PATIENCE or now - self._drawn < _PAUSE:
            return
        self._drawn = now
        if self._bar is None:
            self._bar = click.progressbar(length=total, label=what, file=self._stream).__enter__()
        self._bar.update(done - self._bar.pos)

    def end(self) -> None:
        """Finish the bar, for something is to be printed."""
        if self._bar is not None:
            self._bar.render_finish()
            self._bar = None
