"""Strategies for notes that people could have written, in English and Japanese, and for what two sides do to them."""

from __future__ import annotations

from hypothesis import strategies as st

PARAGRAPHS = (
    "We met at noon in front of the station and walked to the river.",
    "The draft is nearly done; only the last figure is missing. Tomorrow I will ask Ada about it.",
    "A line of a paragraph that goes on\nin the next line, with a [[Link|link]] and a #tag,\nand ends in the third. ^a1",
    "先週から起きている時間のほとんどを原稿に費やしている。歩いていても、つい考えてしまう。",
    "今日は研究室のセミナーだった。発表は三つ。\n終わってから皆でカレーを食べた。",
    "図書館で本を二冊借りた。雨が降っていたので、バスで帰った。",
    "See <https://example.org/a?b=c> and `code` for 12:30 on 2024-01-31.",
    "トウキョウからオオサカまで新幹線で二時間半かかった。",
)
BLOCKS = (
    *PARAGRAPHS,
    "# Heading one",
    "## 昼の部",
    "## Thoughts\nText directly below a heading.",
    "- milk\n- bread\n- apples and pears",
    "- [ ] call the bank\n- [x] buy oat milk today\n  - the blue one\n\n  more of it\n- last",
    "1. first\n2. second\n3. third",
    "- 牛乳を買う\n- 手紙を書く\n- 早く寝る",
    "| day | what |\n| --- | --- |\n| Mon | soup |\n| Tue | 魚 |",
    "```python\nprint(1)\n\n# no heading\nprint(2)\n```",
    "~~~\n一行目\n二行目\n~~~",
    "> a quote\n> goes on",
    "> [!note]- Folded\n> text in it\n>\n> - item",
    "$$\na + b\n= c\n$$",
    "%%\nhidden words\nmore of them\n%%",
    "<div>\nsome html\n</div>",
    "<!-- a comment\nof two lines -->",
    "[^1]: a footnote\n    that goes on",
    "***",
    "Setext\n======",
    "    indented code\n    second line",
)
LINES = (
    "zebra was here",
    "- quince",
    "  - nested walnut",
    "新しい行を足した。",
    "夜は静かだった。月が出ていた。",
    "| Wed | 米 |",
    "```",
    "%%",
    "$$",
    "<!--",
    "-->",
    "> [!vaultkit-conflict]- a: the source changed this passage (vk-000000)",
    "> [!vaultkit-conflict]",
    "\\[!vaultkit-conflict]",
    "> quoted xylophone",
    "# Yacht",
    "=======",
    "---",
    "...",
    "",
    "",
    "   ",
    "    deep",
)
WORDS = ("quick", "violet", "Jörg", "明日", "会議", "の", "コーヒー", "。", "**", "[[Other]]", "7", "|", "is", "`", "(x)", "  ")
VALUES = ("one", '"two"', "3", "2024-01-31", "'it''s'", "今日", "[a, b]", "[]", "null", "", "{a: 1}", "|\n  block\n  text")
ITEMS = ("alpha", "beta", "'gamma'", "読書", "#delta", "Alpha")
KEYS = ("title", "tags", "aliases", "rating", "date", "state", "related", "著者")


@st.composite
def entries(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Properties: each key with the lines of its entry."""
    out = []
    for key in draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=5)):
        out.append((key, draw(entry(key))))
    return out


@st.composite
def entry(draw: st.DrawFn, key: str) -> str:
    """One property as text."""
    shape = draw(st.integers(0, 5))
    if key in ("tags", "aliases", "related") or shape == 0:
        items = draw(st.lists(st.sampled_from(ITEMS), unique=True, max_size=4))
        if draw(st.booleans()):
            items = [item if item[0] != "#" else f'"{item}"' for item in items]
            return f"{key}: [{', '.join(items)}]\n"
        pad = draw(st.sampled_from(("", "  ")))
        return f"{key}:\n" + "".join(f'{pad}- {item if item[0] != "#" else repr(item)}\n' for item in items)
    comment = draw(st.sampled_from(("", "", "", " # why")))
    value = draw(st.sampled_from(VALUES))
    return f"{key}: {value}{comment if chr(10) not in value else ''}\n"


@st.composite
def notes(draw: st.DrawFn) -> tuple[list[tuple[str, str]], list[str]]:
    """A note: its properties, and the lines of its body."""
    lines: list[str] = []
    for block in draw(st.lists(st.sampled_from(BLOCKS), max_size=6)):
        lines += [*block.split("\n"), *[""] * draw(st.sampled_from((1, 1, 1, 0, 2)))]
    return draw(entries()), lines


@st.composite
def edited(
    draw: st.DrawFn, note: tuple[list[tuple[str, str]], list[str]]
) -> tuple[list[tuple[str, str]], list[str]]:
    """The note after up to four edits."""
    keys, lines = [*note[0]], [*note[1]]
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(st.integers(0, 9))
        at = draw(st.integers(0, max(0, len(lines) - 1)))
        if kind <= 2 and lines:
            words = lines[at].split(" ") if " " in lines[at] else [lines[at][:4], lines[at][4:]]
            place = draw(st.integers(0, len(words) - 1))
            words[place] = draw(st.sampled_from(WORDS))
            lines[at] = (" " if " " in lines[at] else "").join(words)
        elif kind == 3:
            lines.insert(at, draw(st.sampled_from(LINES)))
        elif kind == 4 and lines:
            del lines[at : at + draw(st.integers(1, 3))]
        elif kind == 5:
            lines[at:at] = [*draw(st.sampled_from(BLOCKS)).split("\n"), ""]
        elif kind == 6:
            lines += ["", *draw(st.sampled_from(BLOCKS)).split("\n")]
        elif kind == 7 and keys:
            place = draw(st.integers(0, len(keys) - 1))
            keys[place] = (keys[place][0], draw(entry(keys[place][0])))
        elif kind == 8 and keys:
            del keys[draw(st.integers(0, len(keys) - 1))]
        elif kind == 9:
            new = draw(st.sampled_from(KEYS))
            if new not in dict(keys):
                keys.insert(draw(st.integers(0, len(keys))), (new, draw(entry(new))))
    return keys, lines


def written(note: tuple[list[tuple[str, str]], list[str]], id_: str = "x/1") -> bytes:
    """The bytes of a note; without properties and id it has no front matter."""
    keys, lines = note
    head = "".join(text for _, text in keys)
    if id_:
        head = f"vaultkit-id: {id_}\n{head}"
    return ((f"---\n{head}---\n" if head else "") + "".join(f"{line}\n" for line in lines)).encode()


@st.composite
def in_another_hand(draw: st.DrawFn, data: bytes) -> bytes:
    """The same text with other line ends, a byte order mark, or without its last line end."""
    kind = draw(st.sampled_from(("as it is",) * 6 + ("crlf", "bom", "no last end")))
    if kind == "crlf":
        return data.replace(b"\n", b"\r\n")
    if kind == "bom":
        return b"\xef\xbb\xbf" + data
    return data.removesuffix(b"\n") if kind == "no last end" else data


@st.composite
def versions(draw: st.DrawFn) -> tuple[bytes, bytes, bytes]:
    """Base, mine and theirs."""
    note = draw(notes())
    id_ = draw(st.sampled_from(("x/1", "x/1", "")))
    mine, theirs = written(draw(edited(note)), id_), written(draw(edited(note)), id_)
    return written(note, id_), draw(in_another_hand(mine)), draw(in_another_hand(theirs))
