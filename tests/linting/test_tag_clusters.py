"""Which tags are one tag in several spellings, and which only look alike."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.linting.tag_clusters import Cluster, bucket, clusters


def _clusters(*tags: str) -> list[set[str]]:
    return [{found.preferred, *found.others} for found in clusters(dict.fromkeys(tags, 1))]


@pytest.mark.parametrize(
    "tags",
    [
        ("Python", "python", "PYTHON"),
        ("machine-learning", "machine_learning", "MachineLearning"),
        ("to-do", "to_do", "To-Do"),
        ("covid-19", "covid19", "COVID_19"),
        ("ＡＩ", "AI", "ai"),
        ("ｶﾞｲﾄﾞ", "ガイド"),
        ("か\u3099", "が"),
        ("機械学習", "機械_学習"),
        ("マシン・ラーニング", "マシンラーニング"),
        ("サーバー", "サーバ"),
        ("project/", "project", "project//"),
        ("book", "books", "Books"),
        ("story", "stories"),
        ("movie", "movies"),
        ("class", "classes"),
        ("house", "houses"),
        ("church", "churches"),
        ("topic", "topics"),
        ("research-paper", "research_papers"),
        ("books/novels", "book/novel", "Books/Novel"),
        ("-", "_"),
    ],
    ids=lambda tags: tags[0],
)
def test_one_tag(tags: tuple[str, ...]) -> None:
    assert _clusters(*tags) == ([set(tags)] if tags[0] != "-" else [])
    assert len({bucket(tag) for tag in tags}) == 1


@pytest.mark.parametrize(
    "tags",
    [
        ("os", "oss"),
        ("a", "as"),
        ("2023", "2024"),
        ("y2023", "y2024"),
        ("c", "cpp", "csharp"),
        ("new", "news"),
        ("cat", "cats"),
        ("re-sign", "resign"),
        ("1-2", "12"),
        ("2023-11", "202-311"),
        ("physic", "physics"),
        ("glass", "glasses"),
        ("window", "windows"),
        ("corpu", "corpus"),
        ("basi", "basis"),
        ("x²", "x2"),
        ("カバ", "カバー"),
        ("日記", "日誌"),
        ("は", "ば", "ハ"),
        ("maße", "masse"),
        ("resume", "résumé"),
        ("a/b", "ab", "a-b"),
        ("books/a", "book/b", "books"),
        ("rust", "trust", "rusty"),
    ],
    ids=lambda tags: tags[0],
)
def test_several_tags(tags: tuple[str, ...]) -> None:
    assert _clusters(*tags) == []


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ({"Book": 1, "books": 3, "book": 1}, Cluster("books", ("Book", "book"))),
        ({"Python": 5, "python": 4, "PYTHONS": 6}, Cluster("Python", ("PYTHONS", "python"))),
        ({"to_do": 2, "to-do": 2}, Cluster("to-do", ("to_do",))),
        ({"ＡＩ": 2, "AI": 2}, Cluster("AI", ("ＡＩ",))),
    ],
    ids=lambda value: value.preferred if isinstance(value, Cluster) else "",
)
def test_the_preferred_spelling(notes: dict[str, int], expected: Cluster) -> None:
    assert clusters(notes) == [expected]


def test_only_case() -> None:
    assert [found.only_case for found in clusters({"Ab": 1, "ab": 1, "book": 1, "Books": 1})] == [True, False]


def test_many_tags() -> None:
    tags = [f"topic{i}/{word}" for i in range(3000) for word in ("Note", "notes", "other")]
    assert len(_clusters(*tags)) == 3000
    assert _clusters("a/" * 500_000, "b") == []


_TAGS = st.lists(
    st.lists(
        st.sampled_from(["book", "s", "es", "ies", "y", "-", "_", "/", "B", "サーバ", "ー", "Ａ", "1"]), min_size=1
    )
    .map("".join)
    .filter(lambda tag: tag.strip("/")),
    unique=True,
)


@given(_TAGS)
def test_a_bucket_holds_whole_clusters(tags: list[str]) -> None:
    for found in _clusters(*tags):
        assert len({bucket(tag) for tag in found}) == 1
    names = list(itertools.chain.from_iterable(_clusters(*tags)))
    assert len(names) == len(set(names))
