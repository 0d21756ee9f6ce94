"""The names of all files at once are what each is for itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vaultkit.linting.file_names import FileNames, loose, loose_names
from vaultkit.linting.near import _key, keys_of

_NAMES = st.text(alphabet="aB9 _-.\n\x1f\x85\u2028\u3000\u0301\0éＡ①ßｍd", min_size=1, max_size=6)
_PATHS = st.lists(
    st.builds(lambda name, end: f"x/{name}{end}", _NAMES, st.sampled_from(["", ".md", ".MD", ".md.md", ".png"]))
)


@given(_PATHS)
def test_similar_names(paths: list[str]) -> None:
    names = FileNames(paths)
    for asked in {key for path in paths for key in loose_names(path)}:
        expected = [path for path in paths if loose(asked) in loose_names(path)]
        assert sorted(names.similar(asked)) == sorted(expected)


@given(_PATHS)
def test_near_names(paths: list[str]) -> None:
    assert keys_of(paths) == [_key(path) for path in paths]
