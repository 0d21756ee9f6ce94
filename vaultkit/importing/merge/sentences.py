"""Whether words that somebody put into a text stand by themselves: a whole sentence, that belongs to no word around it.

Two people who each put a sentence behind the same one did not touch each other's words, so both stay. What only looks
like a sentence must not count, since it then gets between words that belong together. So a sentence
- begins with a capital, a figure, an opening mark or a letter of a text without spaces: not `and bread.`;
- ends with a stop, and what may stand behind one: `It rained.`, `雨だった。」`, `It rained. (See there.)`;
- stands behind a stop (`We left.| It rained.`), not behind `We met`, which may go on with ` Ada and Bob.`; or, since
  Japanese has no spaces between words, behind a blank at the end of a line that ends without a stop:
  `- 手紙を書く| 雨が降り出した。`; or so behind a link, which is what the line is about: `- [[A note]]| Read it.`
  A line that ends with `:` waits for one thing, not for two.
"""

from __future__ import annotations

import re

_CLOSING = r"[)\]}）］】」』”’\"'*_]"
_STOP = rf"(?:[.!?]|[。．！？…]){_CLOSING}*+"
_END = re.compile(rf"{_STOP}(?:\s*+[(（][^()（）\n]*+[)）]{_CLOSING}*+)?\s*+\Z")
_LAST = 200
"""How many characters at the end of a text are looked at."""
_BEGIN = re.compile(r"[「『（(“‘\"'\[*_]*+([^\W_])")
_LINK = re.compile(r"(?:\]\]|\]\([^()\s]*+\))\Z")
_NO_SPACES = re.compile("[々〇\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]")


def ends_sentence(text: str) -> bool:
    """Whether a sentence is at its end where the text is."""
    return bool(_END.search(text[-_LAST:]))


def is_sentence(text: str) -> bool:
    """Whether the text, within one line, is one or more whole sentences."""
    text = text.strip()
    found = _BEGIN.match(text)
    if not found or "\n" in text:
        return False
    first = found[1]
    return (not first.islower() or bool(_NO_SPACES.match(first))) and ends_sentence(text)


def stands_alone(before: str, text: str, *, ends_line: bool) -> bool:
    """Whether `text`, put in behind `before`, is a sentence that goes on with nothing there. `before` may be no more
    than the end of what stands before it; empty or ended by a line end: a line begins. `ends_line`: with `text` the
    line is at its end."""
    if not is_sentence(text):
        return False
    if not before or before[-1] == "\n" or ends_sentence(before):
        return True
    return ends_line and text[0].isspace() and bool(_NO_SPACES.match(before[-1]) or _LINK.search(before))
