"""By which rules a file is asked: by those whose check may find something in it.

Most rules have nothing to say about most notes. So a note is looked over once, in a few fast steps, for all that the
checks need (`Needs`), and only those are called that have it. Knows no check by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from vaultkit.linting.checks import CHECKS, Check
from vaultkit.linting.context import Context
from vaultkit.linting.needs import Has, Needs
from vaultkit.linting.packs import ActiveRule, Setting
from vaultkit.linting.path_names import has_odd_name
from vaultkit.linting.suppress import PROPERTY, SIGN
from vaultkit.vault.lazy import lazy
from vaultkit.vault.names import Kind, kind_of
from vaultkit.vault.note import Note

_MARKS = b"!#$%&*<=>@[]^`{|}~\\\r"
"""Signs of these alone are looked for among these alone, which are few, so that they are found fast."""
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])
_OTHERS = bytes(sorted(set(range(256)).difference(_MARKS, _CONTROLS)))
_NAMES_ONLY = frozenset((Kind.ATTACHMENT, Kind.UNSUPPORTED))
_MOST = 4096
"""So many combinations are remembered."""

# numbers, because flags are slow
_WIDE = int(Has.WIDE | Has.CONTROLS | Has.CODED)
_CONTROL, _CODED, _NEARLY, _UNCLOSED = map(int, (Has.CONTROLS, Has.CODED, Has.NEARLY_LINKS, Has.UNCLOSED))
_MISSING, _SEVERAL, _INSIDE = map(int, (Has.MISSING, Has.SEVERAL, Has.INSIDE))
_ODD_NAME, _TWIN = map(int, (Has.ODD_NAME, Has.TWIN))
_LINKED, _ODD, _BARE = map(int, (Has.PROPERTY_LINKS, Has.ODD_PROPERTIES, Has.NO_PROPERTIES))
_FOLLOWED = _MISSING | _SEVERAL | _INSIDE
_SILENCES = 1 << max(Has).bit_length()
_FIRST_FREE = _SILENCES.bit_length()


class Ask(NamedTuple):
    """A rule that is on, as files are asked by it."""

    active: ActiveRule
    check: Check
    setting: Setting
    is_overridden: bool
    needs: int
    """The bits of what it needs."""


def may_silence(bits: int) -> bool:
    """Whether a file that has what `bits` tell may silence anything."""
    return bool(bits & _SILENCES)


class Asking:
    """The rules that are on for one kind of file. `all` of them, and the `last` to ask, which `of` never gives."""

    def __init__(self, rules: Iterable[ActiveRule], kind: Kind) -> None:
        self._bits: dict[object, int] = {}
        self._keyed: list[tuple[int, ActiveRule, Needs]] = []
        asks = []
        for active in rules:
            needs = CHECKS[active.rule.check]
            if kind in needs.kinds:
                bits = self._bits_for(active, needs) if kind is Kind.NOTE else 0
                asks.append(Ask(active, active.check, active.setting, bool(active.overrides), bits))
        self.all = tuple(asks)
        self.last = tuple(ask for ask in asks if CHECKS[ask.active.rule.check].is_last)
        self._asks = tuple(ask for ask in asks if not CHECKS[ask.active.rule.check].is_last)
        self._wanted = 0
        for ask in self._asks:
            self._wanted |= ask.needs
        signs = [(sign, bit) for signs, bit in self._bits.items() if isinstance(signs, tuple) for sign in signs]
        self._marks = [(sign, bit) for sign, bit in signs if not sign.strip(_MARKS)]
        self._texts = [(sign, bit) for sign, bit in signs if sign.strip(_MARKS)]
        self._by_keys: dict[tuple[str, ...], int] = {}
        self._by_bits: dict[int, Sequence[Ask]] = {}

    def _bits_for(self, active: ActiveRule, needs: Needs) -> int:
        bits = int(needs.has)
        if needs.signs:
            bits |= self._bits.setdefault(needs.signs, 1 << (_FIRST_FREE + len(self._bits)))
        if needs.keys or needs.keys_in:
            bit = self._bits[active.rule.id] = 1 << (_FIRST_FREE + len(self._bits))
            self._keyed.append((bit, active, needs))
            bits |= bit
        return bits

    def of(self, bits: int) -> Sequence[Ask]:
        """Those that may find something in a note that has what `bits` tell (`look_over`)."""
        asks = self._by_bits.get(bits)
        if asks is None:
            if len(self._by_bits) >= _MOST:
                self._by_bits.clear()
            asks = self._by_bits[bits] = [ask for ask in self._asks if ask.needs & bits == ask.needs]
        return asks

    def look_over(self, note: Note, context: Context) -> int:
        """What `note` has, of all that anybody needs."""
        data, wanted, bits = note.data, self._wanted, 0
        marks = data.translate(None, _OTHERS)
        for sign, bit in self._marks:
            if sign in marks:
                bits |= bit
        for sign, bit in self._texts:
            if sign in data:
                bits |= bit
        if b"%%" in marks or b"<!" in marks:
            bits |= _SILENCES if SIGN in data else 0
        if not data.isascii():
            bits |= _WIDE
        else:
            if marks.strip(_MARKS):
                bits |= _CONTROL
            if b"%" in marks:
                bits |= _CODED
        if wanted & _FOLLOWED:
            missing, several, inside = context.followed(note)
            if missing:
                bits |= _MISSING
            if several:
                bits |= _SEVERAL
            if inside:
                bits |= _INSIDE
        if wanted & _UNCLOSED and note.text.unclosed:
            bits |= _UNCLOSED
        if wanted & _NEARLY and note.text.nearly_links:
            bits |= _NEARLY
        if wanted & _ODD_NAME and has_odd_name(note.path):
            bits |= _ODD_NAME
        if wanted & _TWIN and context.twin(note.path):
            bits |= _TWIN
        block = note.front_matter
        if block is None:
            return bits | _BARE
        if data.find(b"[[", 0, block.span.end) >= 0:
            bits |= _LINKED
        if block.error:
            bits |= _ODD
        keys = tuple([found.key for found in block.properties])
        known = self._by_keys.get(keys)
        return bits | (self._key_bits(keys) if known is None else known)

    def _key_bits(self, keys: tuple[str, ...]) -> int:
        """The bits for a note with these properties."""
        lower = {key.lower() for key in keys}
        bits = (_ODD if len(lower) < len(keys) else 0) | (_SILENCES if PROPERTY in lower else 0)
        for bit, wanted in self._keys_wanted:
            if not wanted.isdisjoint(lower):
                bits |= bit
        if len(self._by_keys) >= _MOST:
            self._by_keys.clear()
        self._by_keys[keys] = bits
        return bits

    @lazy
    def _keys_wanted(self) -> list[tuple[int, frozenset[str]]]:
        """Read when the first properties are seen: options come with the module of their check."""
        return [(bit, frozenset(_keys(active, needs))) for bit, active, needs in self._keyed]


def _keys(active: ActiveRule, needs: Needs) -> Iterable[str]:
    yield from needs.keys
    for setting in (active.setting, *(setting for _, setting in active.overrides)) if needs.keys_in else ():
        options = setting.options()
        for name in needs.keys_in:
            value = getattr(options, name)
            yield from (key.lower() for key in ((value,) if isinstance(value, str) else value))


Rules = Mapping[Kind, Asking]


def by_kind(rules: Sequence[ActiveRule]) -> Rules:
    """The rules to ask for each kind of file."""
    return {kind: Asking(rules, kind) for kind in Kind}


def asked_kinds(rules: Iterable[ActiveRule]) -> frozenset[Kind]:
    """The kinds of files that one of the rules is asked about."""
    return frozenset(kind for active in rules for kind in CHECKS[active.rule.check].kinds)


def names_only(files: Iterable[str], rules: Iterable[ActiveRule]) -> list[str]:
    """Those of `files` that one of the rules is asked about, and of which nothing but the name is looked at."""
    kinds = asked_kinds(rules) & _NAMES_ONLY
    return [path for path in files if kind_of(path) in kinds] if kinds else []


def asks_for_links(rules: Iterable[ActiveRule]) -> bool:
    """Whether one of the rules asks which files refer to one."""
    return any(CHECKS[active.rule.check].asks_links for active in rules)
