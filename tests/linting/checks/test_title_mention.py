"""Names of notes in prose that are no links."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from tests.linting.conftest import make_index
from vaultkit.config import Config, parse_config
from vaultkit.errors import UsageError
from vaultkit.linting.diagnostic import Diagnostic
from vaultkit.linting.fix import fixed
from vaultkit.linting.packs import active_rules
from vaultkit.linting.run import lint
from vaultkit.linting.titles import Finder, fold, longest
from vaultkit.vault.settings import Settings

Lint = Callable[..., list[Diagnostic]]
RULE = "titles-linked"
NOTES = {
    "Roses.md": "",
    "京都.md": "",
    "東京都庁.md": "",
    "バス.md": "",
    "서울.md": "",
    "AI研究.md": "",
    "C++ notes.md": "",
    "x/Lilies.md": "---\naliases: [White lily, C#, '1984', '2024-01-17', '[odd]', Roses]\n---\n",
    "Templates/Blank.md": "",
    "Café.md": "",
    "2024-01-17.md": "",
    "pic.png": "",
}


def _links(text: str, options: str = "", **settings: object) -> list[str]:
    config = parse_config(f"lint: {{rules: {{{RULE}: {{options: {{{options}}}}}}}}}")
    index = make_index({**NOTES, "a.md": text})
    rules = active_rules(config, select=(RULE,))
    of_vault = Settings(templates_folder="Templates", **settings)  # type: ignore[arg-type]
    result = fixed("a.md", index, of_vault, rules, config, unsafe=True)
    assert not result.refused
    return result.data.decode().splitlines()


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("White lily, Lilies", "[[Lilies|White lily]], Lilies"),
        ("lilies", "lilies"),
        ("AI研究とは", "[[AI研究]]とは"),
        ("XAI研究", "XAI研究"),
        ("京都の東京都庁", "[[京都]]の[[東京都庁]]"),
        ("大京都市", "大[[京都]]市"),
        ("東京都", "東[[京都]]"),
        ("マイクロバス、バスケット、ジョン・バス", "マイクロバス、バスケット、ジョン・バス"),
        ("電車とバスと", "電車と[[バス]]と"),
        ("서울에서", "[[서울]]에서"),
        ("남서울", "남서울"),
        ("C++ notes!", "[[C++ notes]]!"),
        ("Café, Cafe\u0301s", "[[Café]], Cafe\u0301s"),
        ("Blank 1984 C# pic", "Blank 1984 C# pic"),
        ("a\u0301Lilies", "a\u0301Lilies"),
        ("obsidian-Lilies Lilies/x a.Lilies Lilies_x Liliesx", "obsidian-Lilies Lilies/x a.Lilies Lilies_x Liliesx"),
        ("(Lilies)", "([[Lilies]])"),
        ("Lilies's", "[[Lilies]]'s"),
        ("Lilies-", "[[Lilies]]-"),
        ("Roses", "Roses"),
        ("[see Lilies there](https://x.y)", "[see Lilies there](https://x.y)"),
        ("[see Lilies][r] [^Lilies]", "[see Lilies][r] [^Lilies]"),
        ("[r]: https://x.y 'Lilies'", "[r]: https://x.y 'Lilies'"),
        ("[^1]: Lilies", "[^1]: [[Lilies]]"),
        ("> [!Lilies] Lilies", "> [!Lilies] [[Lilies]]"),
        ("Lilies:: white", "Lilies:: white"),
        ("Lilies we saw:: white", "Lilies we saw:: white"),
        ("kind:: Lilies", "kind:: Lilies"),
        ("{{Lilies}} ^Lilies #Lilies @Lilies", "{{Lilies}} ^Lilies #Lilies @Lilies"),
        ("Lilies [[x/Lilies]]", "Lilies [[x/Lilies]]"),
        ("![[Lilies]] Lilies", "![[Lilies]] Lilies"),
        ("| Lilies |", "| [[Lilies]] |"),
        ("| White lily |", "| [[Lilies\\|White lily]] |"),
        ("\udcff Lilies".encode("utf-8", "surrogateescape").decode("latin-1"), "ÿ [[Lilies]]"),
    ],
)  # fmt: skip
def test_what_becomes_a_link(text: str, after: str) -> None:
    assert _links(f"{text}\n") == [after]


@pytest.mark.parametrize(
    ("options", "text", "after"),
    [
        ("case: false", "LILIES white LILY", "[[Lilies|LILIES]] white LILY"),
        ("first: false", "Lilies [[Lilies]] Lilies", "[[Lilies]] [[Lilies]] [[Lilies]]"),
        ("shortest: 5", "京都 Lilies", "京都 [[Lilies]]"),
        ("shortest: 7", "Lilies White lily", "Lilies [[Lilies|White lily]]"),
        ("never: [lilies]", "Lilies 京都", "Lilies [[京都]]"),
        ("never: [White lily]", "White lily Lilies", "White lily [[Lilies]]"),
        ("shortest: 3", "C# White lily", "C# [[Lilies|White lily]]"),
    ],
)
def test_what_an_owner_chooses(options: str, text: str, after: str) -> None:
    assert _links(f"{text}\n", options) == [after]


def test_bytes_that_are_no_text_stay(lint_files: Lint) -> None:
    (found,) = lint_files({**NOTES, "a.md": b"\xff Lilies \xfe"}, select=(RULE,))
    assert (found.span, found.fix and found.fix.edits[0].text) == ((2, 8), b"[[Lilies]]")


def test_links_are_written_as_the_vault_has_them() -> None:
    assert _links("Lilies\n", markdown_links=True) == ["[Lilies](x/Lilies.md)"]


def test_a_name_too_short_to_be_meant() -> None:
    with pytest.raises(UsageError, match=r"shortest: .*3 or more"):
        active_rules(parse_config(f"lint: {{rules: {{{RULE}: {{options: {{shortest: 2}}}}}}}}"))


@pytest.mark.parametrize("rule", ["links-resolve", RULE])
def test_the_automaton_is_loaded_by_this_rule_only(rule: str) -> None:
    program = (
        "import sys\nfrom vaultkit.linting.packs import active_rules\nfrom vaultkit.config import Config\n"
        "from vaultkit.linting.run import lint\nfrom vaultkit.vault.index import Index\n"
        "from vaultkit.vault.parse import parse\nfrom vaultkit.vault.settings import Settings\n"
        "notes = {'Lilies.md': parse('Lilies.md', b''), 'a.md': parse('a.md', b'Lilies [[x]]')}\n"
        f"found = lint(Index(notes, notes), Settings(), active_rules(Config(), select=['{rule}']), Config())\n"
        "print(len(found), 'ahocorasick_rs' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said.split()[1] == str(rule == RULE)


def test_folding_keeps_places() -> None:
    text = "".join(map(chr, range(sys.maxunicode + 1)))
    assert len(fold(text)) == len(text)


@given(st.lists(st.text("abア京 -", min_size=1, max_size=4), min_size=1), st.text("abア京 -", max_size=40))
def test_the_longest_names_are_chosen_and_none_overlap(names: list[str], text: str) -> None:
    found = Finder(set(names)).find(text)
    assert all(text[one.start : one.end] == one.title for one in found)
    chosen = longest(found)
    assert all(one.end <= other.start for one, other in pairwise(chosen))
    for one in set(found) - set(chosen):
        over = [other for other in chosen if other.start < one.end and one.start < other.end]
        assert max(other.end - other.start for other in over) >= one.end - one.start


def test_thousands_of_names_are_looked_through() -> None:
    notes = {f"{'ab ' * n}ab.md": "" for n in range(12)}
    config = parse_config(f"lint: {{rules: {{{RULE}: {{options: {{first: false}}}}}}}}")
    index = make_index({**notes, "note.md": "ab " * 3_000, "other.md": "[" * 100_000 + "ab ab ab " * 1000})
    with not_hanging():
        assert lint(index, Settings(), active_rules(config, select=(RULE,)), Config())
