"""What people and sources do to notes, at random: a few edits of the kinds that diaries and issues see, on real notes.

An edit replaces a span of the note, so what two people's edits come to is known whenever they do not touch.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from vaultkit.importing.merge.words import tokens

_SENTENCES = (
    "And then it rained for the rest of the day.",
    "More about this when the figures are in.",
    "Ada has another opinion, which I should write down.",
    "帰りに本屋へ寄って、新しい手帳を買った。",
    "この続きは来週もう一度考える。",
    "夕方から雨が降り出した。",
)
_WORDS = ("later", "blue", "never", "thirty", "garden", "almost", "昨日", "友人", "ゆっくり", "駅前")
_WORD = re.compile(r"\w")
_TAG_LIST = re.compile(rb"^tags:[ \t]*\n((?:[ \t]*- [^\n]*\n)+)", re.M)
_STOP = re.compile("(?:[.!?]|。」?)(?=\\s|[^\\x00-\\x7f])".encode())
_SCALAR = re.compile(rb"^([A-Za-z][\w -]*): ([^\n\[\]{}\"'|>&*#]+)\n", re.M)


class Change(NamedTuple):
    """Replace the bytes `start` to `end` by `text`."""

    start: int
    end: int
    text: bytes


def changes(random: Random, note: bytes, body: int) -> list[Change]:
    """One to three changes of `note`, whose body begins at `body`; they neither overlap nor touch each other."""
    out: list[Change] = []
    for _ in range(random.randint(1, 3)):
        made = _properties(random, note[:body]) if body and random.random() < 0.3 else _text(random, note, body)
        if made and not any(touch(made, one) for one in out):
            out.append(made)
    return sorted(out)


def applied(note: bytes, some: Sequence[Change]) -> bytes:
    """The note with the changes made; of two at one place the first in `some` comes first."""
    out, at = [], 0
    for one in sorted(some, key=lambda one: one.start):
        out += [note[at : one.start], one.text]
        at = one.end
    return b"".join([*out, note[at:]])


def touch(one: Change, other: Change) -> bool:
    """Whether nothing stands between the spans of two changes."""
    return one.start <= other.end and other.start <= one.end


def _properties(random: Random, block: bytes) -> Change | None:
    kind = random.randrange(3)
    if kind == 0 and (found := _TAG_LIST.search(block)):
        last = found[1].splitlines(keepends=True)[-1]
        pad = last[: len(last) - len(last.lstrip())]
        return Change(found.end(), found.end(), pad + b"- %s\n" % random.choice(_WORDS).encode())
    if kind == 1 and (lines := list(_SCALAR.finditer(block))):
        line = random.choice(lines)
        if line[1] != b"vaultkit-id":
            return Change(line.start(2), line.end(2), random.choice(_WORDS).encode())
    close = block.rstrip().rfind(b"\n---") + 1
    return Change(
        close, close, b"%s: %s\n" % (random.choice((b"mood", b"place", b"read")), b"%d" % random.randrange(99))
    )


def _text(random: Random, note: bytes, body: int) -> Change | None:
    """A word changed, a sentence put in, a line deleted or added, a paragraph added there or at the end."""
    lines = [found.span() for found in re.finditer(rb"[^\n]*\n", note[body:]) if found[0].strip()]
    if not lines:
        return Change(len(note), len(note), _sentence(random) + b"\n")
    kind = random.randrange(12)
    weights = [stop - at for at, stop in lines] if kind < 8 else None  # a word anywhere in the text; or any line
    start, end = (body + at for at in random.choices(lines, weights)[0])
    if kind < 6:
        return _word(random, note, start, end)
    if kind < 8:
        stops = [found.end() for found in _STOP.finditer(note[start:end])]
        at = start + random.choice(stops) if stops else end - 1
        return Change(at, at, b" " + _sentence(random))
    if kind == 8:
        return Change(start, end, b"")
    if kind == 9:
        item = re.match(rb"[ \t]*(?:[-*+] (?:\[.\] )?)?", note[start:end])
        return Change(end, end, (item[0] if item else b"") + _sentence(random) + b"\n")
    if kind == 10:
        return Change(end, end, b"\n" + _sentence(random) + b"\n")
    gap = b"" if note.endswith(b"\n\n") else b"\n"
    return Change(len(note), len(note), gap + _sentence(random) + b"\n")


def _sentence(random: Random) -> bytes:
    return f"{random.choice(_SENTENCES)} ({random.randrange(10**6)})".encode()


def _word(random: Random, note: bytes, start: int, end: int) -> Change | None:
    """Another word for one of the line, as far as words can be told apart; in a link the whole of it is one."""
    words = tokens(note[start:end].decode("utf-8", "surrogateescape"))
    places = [n for n, word in enumerate(words) if _WORD.match(word)]
    if not places:
        return None
    place = random.choice(places)
    at = start + len("".join(words[:place]).encode("utf-8", "surrogateescape"))
    size = len(words[place].encode("utf-8", "surrogateescape"))
    return Change(at, at + size, random.choice(_WORDS).encode())
