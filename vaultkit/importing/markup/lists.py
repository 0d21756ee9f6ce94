"""Lists whose depth is written with signs (`*`, `**`, `*#`) or as indentation, as boxes of a document."""

from __future__ import annotations

from vaultkit.importing.markup.document import Document


class Lists:
    """The lists that are open in `document`, outermost first."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._open: list[tuple[int, str]] = []

    def item(self, depth: int, marker: str) -> None:
        """Begin an item in the list of this depth; `marker`: `-`, or the number with which a numbered list begins."""
        while self._open and self._open[-1][0] > depth:
            self._close()
        kind = "-" if marker == "-" else "1"
        if self._open and self._open[-1] == (depth, kind):
            self._document.close("item")
        else:
            if self._open and self._open[-1][0] == depth:
                self._close()
            self._document.open("list", marker)
            self._open.append((depth, kind))
        self._document.open("item")

    def end(self) -> None:
        """All lists end."""
        self.leave(-1)

    def leave(self, depth: int) -> None:
        """The lists of this depth and those further inside end: what comes stands as far left as their marks."""
        while self._open and self._open[-1][0] >= depth:
            self._close()

    @property
    def depth(self) -> int | None:
        """That of the innermost list; None outside of lists."""
        return self._open[-1][0] if self._open else None

    def _close(self) -> None:
        self._open.pop()
        self._document.close("item")
        self._document.close("list")
