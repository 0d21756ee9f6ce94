"""The records of a list are the same, whether they are decoded many at once or one by one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from vaultkit.errors import ExportError
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.json_list import records_of
from vaultkit.importing.json_stream import records

_TEXTS = st.sampled_from(["", "日記 🎉", '}, {"url":', '},{"url":1}', "\\", 'a "b" ] [', "\u2028\ufeff"])
_INNER = st.lists(st.fixed_dictionaries({"url": _TEXTS}), max_size=3)
_RECORDS = st.lists(
    st.one_of(
        st.fixed_dictionaries({"url": _TEXTS, "labels": _INNER, "body": _TEXTS}),
        st.fixed_dictionaries({"number": st.integers(), "url": _TEXTS}),
    ),
    min_size=1,
    max_size=8,
)


def file_of(data: bytes, chunk: int) -> ExportFile:
    cut = [data[at : at + chunk] for at in range(0, len(data), chunk)]
    return ExportFile(PurePosixPath("issues.json"), lambda: data, lambda: iter(cut))


def read(found: Callable[[], Iterator[object]]) -> list[object]:
    """What was found, and what was wrong at last."""
    out: list[object] = []
    try:
        for one in found():
            out.append(one)
    except ExportError as e:
        out.append(str(e))
    return out


def at_once(file: ExportFile, block: int) -> list[object]:
    return read(lambda: records_of(file, block))


def one_by_one(file: ExportFile) -> list[object]:
    return read(lambda: records(file.pieces(), str(file.path)))


@given(
    st.lists(_RECORDS, min_size=1, max_size=3),
    st.sampled_from([None, 1, 4]),
    st.booleans(),
    st.sampled_from(["", "\n", " \r\n "]),
    st.integers(20, 300),
    st.integers(1, 200),
    st.sampled_from(["", "\ufeff"]),
    st.floats(0, 1),
)
@example([[{"url": "a"}, {"url": "b"}]], None, True, "", 300, 1, "", 1)
def test_many_at_once_are_what_they_are_one_by_one(
    pages: list[list[object]],
    indent: int | None,
    is_ascii: bool,
    gap: str,
    chunk: int,
    block: int,
    mark: str,
    kept: float,
) -> None:
    text = mark + gap.join(json.dumps(page, indent=indent, ensure_ascii=is_ascii) for page in pages)
    file = file_of(text[: round(len(text) * kept)].encode(), chunk)  # an export that was cut off
    assert at_once(file, block) == one_by_one(file)


def _of(count: int) -> str:
    return json.dumps([{"url": f"https://forge.example/{n}", "title": "茶" * 20} for n in range(count)])


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(_of(50).replace("/30", "/30\x01").encode(), id="a-damaged-record"),
        pytest.param(_of(50).replace("}, {", "} {").encode(), id="no-commas"),
        pytest.param(_of(50).encode("utf-16"), id="utf-16"),
        pytest.param(json.dumps([{"url": "茶"}] * 50, ensure_ascii=False).encode("cp932"), id="cp932"),
        pytest.param(b"[" + _of(50).encode() + b"]", id="array-of-arrays"),
        pytest.param(_of(50).encode() + b" tail", id="more-behind"),
        pytest.param(_of(50).encode()[:-1] + b', {"url": ' + b"[" * 100_000, id="deep"),
        pytest.param(_of(50).encode()[:-1] + b', {"url": ' + b"9" * 5000 + b"}]", id="long-number"),
        pytest.param(_of(50).encode()[:-1] + b', {"url": "\\ud83d", "n": NaN}]', id="half-a-pair"),
        pytest.param(b'[{"url": "' + b"a" * 9000 + b'"}, {"url": 1}]', id="a-long-record"),
        pytest.param(b'[{"url": 1, "all": [' + b'{"url": 2},' * 500 + b"3]}]", id="objects-inside"),
        pytest.param(b'{"url": 1}\n{"url": 2}\n', id="lines"),
        pytest.param(b"", id="empty"),
    ],
)
def test_what_is_no_whole_list_is_told_as_ever(data: bytes) -> None:
    file = file_of(data, 100)
    with not_hanging():
        assert at_once(file, 700) == one_by_one(file)


def test_a_file_that_turns_out_to_be_no_text_is_refused_as_ever() -> None:
    file = file_of(_of(50).encode()[:-1] + ', {"url": "日記'.encode() + b'\xff"}]', 100)
    assert at_once(file, 700)[-1:] == one_by_one(file)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(_VALUES, max_size=5), st.booleans())
@example([{"n": 10**400, "x": 1e308, "half": "\ud83d", "nul": "\0"}], True)
@example([float("inf")], True)
def test_a_long_list_is_decoded_as_a_short_one(values: list[object], is_ascii: bool) -> None:
    text = json.dumps([{"url": ""}, *({"url": one} for one in values)], ensure_ascii=is_ascii)
    data = text.encode("utf-8", "replace")
    long = data + b" " * 70_000  # another library decodes it
    assert one_by_one(file_of(data, 100)) == at_once(file_of(long, 100_000), 1_000_000)


def test_no_more_than_a_block_is_held() -> None:
    taken = 0

    def chunks() -> Iterator[bytes]:
        nonlocal taken
        for n in range(1000):
            taken = n
            yield b'%b{"url": %d}' % (b"," if n else b"[", n)
        yield b"]"

    file = ExportFile(PurePosixPath("issues.json"), lambda: b"", chunks)
    found = records_of(file, 100)
    assert [next(found) for _ in range(3)]
    assert taken < 50
    assert sum(1 for _ in found) == 997
