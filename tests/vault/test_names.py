"""Names on every system, in links, and made of titles."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.vault.names import link_problems, name_problems, path_key, safe_name, with_suffix
from vaultkit.vault.tags import clean_tag, is_valid_tag, mend_tag

SYSTEMS = ("linux", "macos", "windows", "android", "ios")
READABLE = [
    ("Digital Red Queen: Adversarial Evolution", "Digital Red Queen - Adversarial Evolution"),
    ("Re:Zero 12:30", "Re-Zero 12-30"),
    ("日記：一月？", "日記：一月？"),
    ("本当か?", "本当か？"),
    ("Why? Because", "Why Because"),
    ('What "Learns"', "What 'Learns'"),
    ("RLHF/DPO [draft] a|b", "RLHF-DPO (draft) a-b"),
    ("C# ^2", "C＃ ＾2"),
    ("...", "Untitled"),
    ("CON", "_CON"),
    ("lpt1.x", "_lpt1.x"),
    ("Contents", "Contents"),
    (".hidden. ", "hidden"),
    ("か\u3099", "が"),
    ("a\tb\nc\x00d", "a b c d"),
    ("zero\u200bwidth\ufeff", "zerowidth"),
    ("use `id`", "use 'id'"),
]


@pytest.mark.parametrize(("title", "name"), READABLE)
def test_titles_become_readable_names(title: str, name: str) -> None:
    assert safe_name(title) == name


@given(st.text(max_size=300))
def test_every_title_becomes_a_name_for_every_system(title: str) -> None:
    name = safe_name(title)
    assert name == safe_name(name)
    assert unicodedata.is_normalized("NFC", name)
    assert len(name.encode()) <= 240
    assert not link_problems(name)
    for system in SYSTEMS:
        assert name_problems(f"{name}.md", system) == []


def test_a_long_name_is_cut_between_characters_and_rather_at_a_space() -> None:
    assert len(safe_name("あ" * 200).encode()) == 240
    assert safe_name("word " * 100).endswith("word")
    flags = safe_name("e\u0323\u0301" * 200)  # one letter with marks that do not compose
    assert not unicodedata.combining(flags[-1]) or len(flags.encode()) <= 240


def test_what_is_left_out_may_have_kept_two_parts_asunder() -> None:
    assert safe_name("A?\u0300") == "À"


def test_a_suffix_fits() -> None:
    name = with_suffix("あ" * 80, "2024-01-31")
    assert name.endswith(" (2024-01-31)")
    assert len(name.encode()) <= 240


def test_what_obsidian_takes_for_one_name() -> None:
    assert path_key("A/Note.MD") == path_key("/a//note.md")
    assert path_key("か\u3099.md") == path_key("が.md")
    assert path_key("①.md") != path_key("1.md")


TAGS = [
    ("Selected Papers/Blogs", "Selected-Papers-Blogs"), ("SSM (StateSpaceModel)", "SSM-StateSpaceModel"),
    ("PEFT(Adaptor/LoRA)", "PEFT-Adaptor-LoRA"), ("1984", "y1984"), ("#bug", "bug"),
    ("good first issue", "good-first-issue"),
    ("c++", "cpp"), ("読書、映画", "読書-映画"), ("日記。", "日記"), ("???", ""), ("a--b", "a-b"), ("v1.2", "v1-2"),
]  # fmt: skip


@pytest.mark.parametrize(("label", "tag"), TAGS)
def test_labels_become_tags(label: str, tag: str) -> None:
    assert clean_tag(label) == tag


@given(st.text(max_size=40))
def test_every_label_becomes_a_valid_tag_or_none(label: str) -> None:
    for tag in (clean_tag(label), mend_tag(label)):
        assert tag == "" or is_valid_tag(tag)
    assert clean_tag(clean_tag(label)) == clean_tag(label)


def test_mending_keeps_levels() -> None:
    assert mend_tag("area/ home office/") == "area/home-office"
    assert mend_tag("2024/01") == "2024/01"
    assert mend_tag("a//b") == "a/b"
