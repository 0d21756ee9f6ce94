"""Notes that people could have written, in English and Japanese, and what two sides do to them.

All choices are made by a `Random`: one of hypothesis', which shrinks what fails, or one with a seed, which is fast.
"""

from __future__ import annotations

from random import Random

PARAGRAPHS = (
    "We met at noon in front of the station and walked to the river.",
    "The draft is nearly done; only the last figure is missing. Tomorrow I will ask Ada about it.",
    "A line of a paragraph that goes on\nin the next line, with a [[Link|link]] and a #tag,\nand ends there. ^a1",
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
WORDS = (
    "quick",
    "violet",
    "Jörg",
    "明日",
    "会議",
    "の",
    "コーヒー",
    "。",
    "**",
    "[[Other]]",
    "7",
    "|",
    "is",
    "`",
    "(x)",
    "  ",
)
VALUES = (
    "one",
    '"two"',
    "3",
    "2024-01-31",
    "'quoted'",
    "今日",
    "[a, b]",
    "[]",
    "null",
    "",
    "{a: 1}",
    "|\n  blocks",
)
ITEMS = ("alpha", "beta", "'gamma'", "読書", "#delta", "Alpha")
KEYS = ("title", "tags", "aliases", "rating", "date", "state", "related", "著者")


Keys = list[tuple[str, str]]
"""Properties: each key with the lines of its entry."""


def entry(r: Random, key: str) -> str:
    """One property as text."""
    if key in ("tags", "aliases", "related") or not r.randrange(6):
        items = r.sample(ITEMS, r.randrange(5))
        if r.randrange(2):
            return f"{key}: [{', '.join(_quoted(item) for item in items)}]\n"
        pad = r.choice(("", "  "))
        return f"{key}:\n" + "".join(f"{pad}- {_quoted(item)}\n" for item in items)
    comment = r.choice(("", "", "", " # why"))
    value = r.choice(VALUES)
    return f"{key}: {value}{comment if chr(10) not in value else ''}\n"


def _quoted(item: str) -> str:
    return f'"{item}"' if item[0] == "#" else item


def note(r: Random) -> tuple[Keys, list[str]]:
    """A note: its properties, and the lines of its body."""
    lines: list[str] = []
    for _ in range(r.randrange(7)):
        lines += [*r.choice(BLOCKS).split("\n"), *[""] * r.choice((1, 1, 1, 0, 2))]
    return [(key, entry(r, key)) for key in r.sample(KEYS, r.randrange(6))], lines


def edited(r: Random, before: tuple[Keys, list[str]]) -> tuple[Keys, list[str]]:
    """The note after up to four edits."""
    keys, lines = [*before[0]], [*before[1]]
    for _ in range(r.randrange(5)):
        kind = r.randrange(10)
        at = r.randrange(max(1, len(lines)))
        if kind <= 2 and lines:
            words = lines[at].split(" ") if " " in lines[at] else [lines[at][:4], lines[at][4:]]
            words[r.randrange(len(words))] = r.choice(WORDS)
            lines[at] = (" " if " " in lines[at] else "").join(words)
        elif kind == 3:
            lines.insert(at, r.choice(LINES))
        elif kind == 4:
            del lines[at : at + r.randrange(1, 4)]
        elif kind == 5:
            lines[at:at] = [*r.choice(BLOCKS).split("\n"), ""]
        elif kind == 6:
            lines += ["", *r.choice(BLOCKS).split("\n")]
        elif kind == 7 and keys:
            place = r.randrange(len(keys))
            keys[place] = (keys[place][0], entry(r, keys[place][0]))
        elif kind == 8 and keys:
            del keys[r.randrange(len(keys))]
        elif kind == 9 and (new := r.choice(KEYS)) not in dict(keys):
            keys.insert(r.randrange(len(keys) + 1), (new, entry(r, new)))
    return keys, lines


def written(one: tuple[Keys, list[str]], id_: str) -> bytes:
    """The bytes of a note; without properties and id it has no front matter."""
    keys, lines = one
    head = (f"vaultkit-id: {id_}\n" if id_ else "") + "".join(text for _, text in keys)
    return ((f"---\n{head}---\n" if head else "") + "".join(f"{line}\n" for line in lines)).encode()


def in_another_hand(r: Random, data: bytes) -> bytes:
    """The same text, at times with other line ends, a byte order mark, or without its last line end."""
    kind = r.randrange(9)
    if kind == 8:
        return data.replace(b"\n", b"\r\n")
    if kind == 7:
        return b"\xef\xbb\xbf" + data
    return data.removesuffix(b"\n") if kind == 6 else data


def versions(r: Random) -> tuple[bytes, bytes, bytes]:
    """Base, mine and theirs."""
    base = note(r)
    id_ = r.choice(("x/1", "x/1", ""))
    mine, theirs = (in_another_hand(r, written(edited(r, base), id_)) for _ in range(2))
    return written(base, id_), mine, theirs
