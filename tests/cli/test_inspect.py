"""`vaultkit inspect`: what is in a note beyond Obsidian's index."""

from __future__ import annotations

import json

NOTE = """\
Sea[^1] [^2] ![[map.png|300x200]] ![[map.png|300]] and ^[in
place] [chart][c]

Mood:: good

> [!TIP|wide]- Ahead
> > [!note]

```base
filters: file.inFolder("Trips")
```

[^1]: one
  more
[^3]: three

[c]: https://example.org
"""
LINES = """\
N.md
      1:14   ![[map.png]] → map.png (300x200 pixels)
      1:35   ![[map.png]] → map.png (300 pixels)
      2:8    [chart] → https://example.org (by reference)
      1:4    [^1]
      1:9    [^2] (defined nowhere)
     13:1    [^1]: one more
     15:1    [^3]: three (nothing refers to it)
      1:56   ^[in place]
      6:3    > [!tip|wide]- Ahead
      7:5    > > [!note]
      4:1    Mood:: good
      9:1    base: folder Trips
"""


def test_what_a_note_holds_line_by_line(run, vault) -> None:
    ran = run("inspect", vault({"N.md": NOTE, "map.png": ""}) / "N.md")
    assert ran.out == LINES
    assert ran.code == 0


def test_the_same_for_programs(run, vault) -> None:
    seen = json.loads(run("inspect", vault({"N.md": NOTE, "map.png": ""}) / "N.md", "--json").out)
    assert [(x["width"], x.get("height")) for x in seen["links"]] == [(300, 200), (300, None)]
    assert [(x["id"], x.get("defined"), x.get("used")) for x in seen["footnotes"]] == [
        ("1", True, None),
        ("2", False, None),
        ("1", None, True),
        ("3", None, False),
        ("", None, None),
    ]
    assert seen["callouts"][0] == {
        "type": "tip",
        "metadata": "wide",
        "fold": "-",
        "title": "Ahead",
        "depth": 1,
        "line": 6,
        "column": 3,
    }
    assert seen["fields"] == [{"key": "Mood", "value": "good", "line": 4, "column": 1}]
    assert seen["reference_links"][0]["link"] == "https://example.org"
    assert seen["reference_links"][0]["external"] is True
    assert seen["bases"][0]["names"] == [{"kind": "folder", "text": "Trips"}]


def test_nothing_beyond(run, vault) -> None:
    root = vault({"N.md": "text\n"})
    assert run("inspect", root / "N.md").out == "N.md\n"
    seen = json.loads(run("inspect", root / "N.md", "--json").out)
    assert not any(seen[kind] for kind in ("footnotes", "callouts", "fields", "bases", "reference_links", "links"))
