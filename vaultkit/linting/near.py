"""Names that differ from another by a slip of the pen: one or two letters of one word.

What is meant as a name of its own is no slip: another number, another ideograph, another short word (`Team A`, `Team
B`), another first letter. Knows names only; which of them are missing is asked elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from vaultkit.vault.names import stem

_BETWEEN_WORDS = re.compile(r"[\s_-]+")
_MARKS = "_-\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u1680\u2028\u2029"
"""What stands between words, but for the space; the spaces that are others become it by NFKC."""
_OTHER_ENDS = (".MD\0", ".Md\0", ".mD\0")
_SHORT = 4
"""Words of fewer letters have no slips: `cat` and `car` are two animals."""
_LONG = 6
"""From so many letters on another one may stand in its place, and two may differ that are mere sound (`Recepies`,
`Recipes`)."""
_VERY_LONG = 10
"""From so many letters on any two may differ."""
_SOUND = re.compile(r"[aeiouyäöüàáâéèêëíîïóôúûùー]+|(.)(?=\1)")
"""What is often misheard: vowels, and a letter written twice."""
_HALF = 12
"""Of longer names no more than this is compared at either end to find them."""
_CROWD = 200
"""So many names that begin or end alike and are of one length have a form (`Meeting with …`), and slips are not told
from what is meant. It also bounds the work."""


class Near:
    """The files of a vault by what a slip leaves as it is: the first half of the name or the second."""

    def __init__(self, paths: Sequence[str], keys: Sequence[str] | None = None) -> None:
        """`keys`: `keys_of` the paths, where they are known."""
        self._found: dict[str, tuple[str, ...]] = {}
        self._by_size: dict[int, list[tuple[str, str]]] = defaultdict(list)
        """By how many letters they have; those of few sizes are looked at closer."""
        for one in zip(keys_of(paths) if keys is None else keys, paths, strict=True):
            self._by_size[len(one[0])].append(one)
        self._by_form: dict[int, Mapping[int, list[tuple[str, str]]]] = {}
        """Those of a size by how many spaces they have: a name is only compared with some of that."""
        self._by_half: dict[tuple[int, int], Mapping[str, list[tuple[str, str]]]] = {}

    def find(self, name: str) -> tuple[str, ...]:
        """Paths of the files whose name differs from `name` by a slip, sorted."""
        known = self._found.get(name)
        if known is not None:
            return known
        key = _key(name)
        out: set[str] = set()
        for size in _sizes(key):
            by_half = self._halved((size, key.count(" ")))
            for half in _halves(key, size):
                crowd = by_half.get(half, ())
                if len(crowd) <= _CROWD:
                    out.update([path for other, path in crowd if is_slip(key, other)])
        return self._found.setdefault(name, tuple(sorted(out)))

    def _halved(self, form: tuple[int, int]) -> Mapping[str, list[tuple[str, str]]]:
        """The names of that form by their halves; prepared when they are first asked for."""
        found = self._by_half.get(form)
        if found is None:
            halves: dict[str, list[tuple[str, str]]] = defaultdict(list)
            size, spaces = form
            for name, path in self._of_size(size).get(spaces, ()):
                for half in _halves(name, len(name)):
                    halves[half].append((name, path))
            found = self._by_half[form] = halves
        return found

    def _of_size(self, size: int) -> Mapping[int, list[tuple[str, str]]]:
        found = self._by_form.get(size)
        if found is None:
            forms: dict[int, list[tuple[str, str]]] = defaultdict(list)
            for one in self._by_size.get(size, ()):
                forms[one[0].count(" ")].append(one)
            found = self._by_form[size] = forms
        return found


def _sizes(word: str) -> range:
    return range(max(_SHORT, len(word) - 2), len(word) + 3) if len(word) >= _SHORT else range(0)


def keys_asked(name: str) -> set[str]:
    """Keys one of which `keys_touched` has for every file whose coming or going may change `Near.find(name)`."""
    word = _key(name)
    return {half for size in _sizes(word) for half in _halves(word, size)}


def keys_touched(path: str) -> set[str]:
    """See `keys_asked`."""
    word = _key(path)
    return set(_halves(word, len(word)))


def _key(path: str) -> str:
    """What is compared: the last name of a path or linkpath, without width, case, `.md` and which mark is between
    words."""
    return _BETWEEN_WORDS.sub(" ", unicodedata.normalize("NFKC", stem(path)).casefold()).strip()


def keys_of(paths: Sequence[str]) -> list[str]:
    """What is compared of each, found out for all at once: there are many."""
    names = [path.rpartition("/")[2] for path in paths]
    others = [name for name in names if not name.isascii()]
    if not others:
        return _keys(names)
    wide = iter(_keys(others))  # apart, because they make a text four times as large
    plain = _keys([name if name.isascii() else "" for name in names])
    return [key if name.isascii() else next(wide) for name, key in zip(names, plain, strict=True)]


def _keys(names: Sequence[str]) -> list[str]:
    text = "\0".join(names).join("\0\0")
    if text.count("\0") != len(names) + 1 or any(end in text for end in _OTHER_ENDS):  # a name holds one
        return [_key(name) for name in names]
    text = text.replace(".md\0", "\0")
    text = unicodedata.normalize("NFKC", text).casefold().replace(" - ", " ")  # a NUL goes together with nothing
    for mark in _MARKS:
        if mark in text:
            text = text.replace(mark, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return [key.strip(" ") for key in text[1:-1].split("\0")]


def _halves(word: str, size: int) -> Iterator[str]:
    """What a name of `size` letters begins and ends with if it begins or ends as `word`."""
    half = min((size - 1) // 2, _HALF)  # two letters at the middle may have changed places
    if half > 0:
        yield f"{word[:half]}…"
        yield f"…{word[-half:]}"


def is_slip(one: str, other: str) -> bool:
    """Whether two names, as they are compared, are one but for a slip."""
    if " " not in one and " " not in other:
        return _is_slip_in_word(one, other)
    words = one.split(" "), other.split(" ")
    if len(words[0]) != len(words[1]):
        return False
    pairs = [(a, b) for a, b in zip(*words, strict=True) if a != b]
    return len(pairs) == 1 and _is_slip_in_word(*pairs[0])


def _is_slip_in_word(one: str, other: str) -> bool:
    size = min(len(one), len(other))
    if one[:1] != other[:1] or one == other or size < _SHORT:
        return False
    letters, others = set(one), set(other)
    if len(letters - others) > 2 or len(others - letters) > 2:  # found out fast, and so for most
        return False
    if (size == _SHORT and not (one.isascii() and other.isascii())) or _meant(one) != _meant(other):
        return False
    start = 0
    while start < size and one[start] == other[start]:
        start += 1
    behind = 0
    while behind < size - start and one[-1 - behind] == other[-1 - behind]:
        behind += 1
    a, b = one[start : len(one) - behind], other[start : len(other) - behind]
    if size < _LONG:  # a letter too few or too many, or two in the wrong order; never another one (`Anna`, `Anne`)
        return (len(a) + len(b) == 1) or (len(a) == 2 and a == b[::-1])
    distance = _distance(a, b)
    return distance == 1 or (distance == 2 and (size >= _VERY_LONG or _SOUND.sub("", one) == _SOUND.sub("", other)))


def _meant(word: str) -> list[str]:
    """Numbers and ideographs, of which each means something."""
    return [char for char in word if char.isnumeric() or "\u3400" <= char <= "\u9fff" or char >= "\U00020000"]


def _distance(a: str, b: str) -> int:
    """How many letters must be put in, taken out, changed, or change places with the next; 3 stands for more than 2."""
    if max(len(a), len(b)) > 2 * _LONG or abs(len(a) - len(b)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, last, row = row, before, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if last and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return min(row[-1], 3)
