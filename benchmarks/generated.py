"""Notes made up from a fixed seed, as pairs of path and text: the same call gives the same notes on every machine.

Knows what large vaults are made of (how long notes are, how many links, headings, tags they hold); knows nothing of the
disk, nor of vaultkit. Whoever and whatever is named here does not exist.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from urllib.parse import quote

Notes = Iterator[tuple[str, str]]

_SEED = 20010203
_LEAST = 10
"""Fewer notes than this do not make a community vault: it has a list of each kind."""

_COLORS = "amber ashen azure black brick bronze copper coral crimson dusky ebony green grey hazel ivory jade".split()
_THINGS = "anvil awl bellows bench brush chisel clamp compass drill easel file gauge hammer kiln ladder lathe".split()
_ENDINGS = "box cart case frame guide holder kit maker press rack roll stand".split()
_NAMES = "Ansa Bero Cilla Doro Enno Fenja Gesa Hauke Ilka Jorun Keno Levke Mattis Nele Oke Pelle Rieke Silke".split()
_FAMILIES = "Abbenrode Brunsholt Dykstede Eschwold Finkwarder Grotmoor Holmdiek Immenbek Krogland Lohsand".split()
_WORDS = (
    "after again along always among away before behind below between bring carry clean close cut dry every find first "
    "glue grain hold inside keep later leave light line long make mark most never often only over paint plain push "
    "rather rough sand shape sharp side small smooth some split straight then thin turn under until warm wood work"
).split()

_TOOLS = "02 - Tools and Patterns/02.05 All Tools and Patterns of the Workshop/Tools"
_PATTERNS = "02 - Tools and Patterns/02.05 All Tools and Patterns of the Workshop/Patterns"
_PEOPLE = "01 - Workshop/People"
_LETTERS = "01 - Workshop/Weekly Letter"
_PAGES = ("03 - Rooms", "04 - Guides and Courses/Guides", "05 - Ideas", "02 - Tools and Patterns/02.01 Tools by Use")


def hub(notes: int) -> Notes:
    """`notes` notes of the make-up of a large community vault; at least ten. Raises ValueError for fewer.

    For 6,571 notes: 15 MB, 39,000 wikilinks and 3,500 embeds, 49,000 web links, 32,000 headings, 38,000 pairs of `%%`,
    35,000 HTML comments, front matter nearly everywhere, tables hardly anywhere. Most notes are pages of two or three
    forms, some 2 kB long; a few hundred are written freely, up to 25 kB; a few lists link to thousands of notes.
    """
    if notes < _LEAST:
        raise ValueError(f"a community vault has at least {_LEAST} notes, not {notes}")
    chance = random.Random(_SEED)
    lists = 3
    people = [_person_name(i) for i in range(round(notes * 0.41))]
    patterns = [f"{_slug(i * 7)} pattern" for i in range(round(notes * 0.07))]
    letters, pages = round(notes * 0.016), round(notes * 0.057)
    tools = [_slug(i) for i in range(notes - len(people) - len(patterns) - letters - pages - lists)]
    for i, tool in enumerate(tools):
        yield f"{_TOOLS}/{tool}.md", _tool(chance, tool, people[i % len(people)])
    for person in people:
        yield f"{_PEOPLE}/{person}.md", _person(chance, person, chance.choice(tools))
    for pattern in patterns:
        yield f"{_PATTERNS}/{pattern}.md", _pattern(chance, pattern, chance.choice(people))
    for week in range(letters):
        date = datetime.date(2021, 1, 2) + datetime.timedelta(weeks=week)
        yield f"{_LETTERS}/{date} {_title(chance)}.md", _letter(chance, date, people, tools)
    for i in range(pages):
        title = f"{_title(chance)} {i}"
        yield f"{_PAGES[i % len(_PAGES)]}/{title}.md", _page(chance, title, people + tools)
    yield f"{_TOOLS}/All tools.md", _list("All tools", [f"-  [[{_TOOLS}/{one}|{one}]]" for one in tools])
    yield f"{_PEOPLE}/All people.md", _list("All people", [f"-  [[{_PEOPLE}/{one}|{one}]]" for one in people])
    loose = [f"- [[{one}|{one.title()}]]: {_sentence(chance)}" for one in tools[: len(tools) * 8 // 10]]
    yield f"{_PAGES[-1]}/Tools without a use.md", _list("Tools without a use", loose)


def diary(days: int) -> Notes:
    """`days` diary notes in Japanese, a day each from 1998 on: properties, a tag, tasks, a link to another day."""
    chance = random.Random(_SEED)
    first = datetime.date(1998, 1, 1)
    for number in range(days):
        day = first + datetime.timedelta(days=number)
        earlier = first + datetime.timedelta(days=chance.randrange(number)) if number else None
        yield f"日記/{day:%Y}/{day}.md", _day(chance, day, earlier)


def linked(notes: int, same_named: int = 1) -> Notes:
    """`notes` short notes, each with five links to bare names; all names are linked to equally often.

    `same_named` notes share a name, in as many folders; `notes` must be a multiple of it.
    """
    names = notes // same_named
    together = min(names, 500)
    for i in range(notes):
        links = "\n".join(f"- see [[Note {(i * 5 + k) % names}]] again" for k in range(5))
        text = f"---\nnumber: {i}\ntags:\n  - bench\n---\n# Note {i % names}\n\nWritten as the {i}th.\n\n{links}\n"
        yield f"{i // together:05}/Note {i % names}.md", text


def links_of_linked(notes: int) -> int:
    """How many links `linked(notes)` holds."""
    return notes * 5


def prose(chance: random.Random) -> str:
    """A paragraph of some 350 characters, without a line break."""
    return _paragraph(chance)


def _slug(number: int) -> str:
    number, ending = divmod(number, len(_ENDINGS))
    number, thing = divmod(number, len(_THINGS))
    number, color = divmod(number, len(_COLORS))
    return f"{_COLORS[color]}-{_THINGS[thing]}-{_ENDINGS[ending]}" + (f"-{number + 1}" if number else "")


def _person_name(number: int) -> str:
    number, name = divmod(number, len(_NAMES))
    number, family = divmod(number, len(_FAMILIES))
    return f"{_NAMES[name]} {_FAMILIES[family]}" + (f" {number + 1}" if number else "")


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(_WORDS, k=chance.randint(6, 18))).capitalize() + "."


def _title(chance: random.Random) -> str:
    return " ".join(chance.sample(_WORDS, 4)).capitalize()


def _paragraph(chance: random.Random) -> str:
    return " ".join(_sentence(chance) for _ in range(chance.randint(2, 6)))


def _front(*lines: str) -> str:
    return "\n".join(("---", *lines, "---", "", ""))


def _footer(path: str) -> str:
    web = f"https://forge.example/workshop/notes/{{}}/main/{quote(path)}.md"
    return (
        "\n%% What follows is made by a program and is the same everywhere %%\n\n# Where this note comes from\n\n"
        f'<span class="source">[Change it]({web.format("edit")} "source-edit") | '
        f'[Read it raw]({web.format("raw")} "source-raw") | '
        f'[Take all]({web.format("archive")} "source-all") </span>\n'
    )


def _badges(name: str, count: int) -> str:
    images = "\n".join(
        f"![{word}](https://badges.example/forge/{word}/workshop/{quote(name)}?color=573E7A&logo=forge&style=wide)"
        for word in ("downloads", "version", "questions", "stars")[:count]
    )
    return f"%% --- Badges --- %%\n\n{images}\n\n%% --- Badges --- %%\n\n%% --- Made by a program, from here --- %%\n\n"


def _credits(person: str) -> str:
    return (
        "\n%% --- Made by a program, up to here --- %% \n\n"
        "%% Can one give this maker something? Then say so in the maker's note and take this out: #missing/maker %%\n"
        f"%% ![[{person}#Give something]] %%\n"
    )


def _tool(chance: random.Random, name: str, maker: str) -> str:
    return (
        _front(f"tool-id: {name}", "aliases:", f"- {name.replace('-', ' ').title()}", "tags: ", "- ", "publish: true")
        + _badges(name, 4)
        + f"# {name.replace('-', ' ').title()}\n\nTool: `{name}`\n"
        f"Links: [drawings](https://forge.example/{quote(maker)}/{name}) or [<button>open</button>](app://tool?id={name})\n"
        f"Made by: [[{maker}]]\nFits a pocket: [[Pocket tools|{chance.choice(('Yes', 'No'))}]]\n\n{_sentence(chance)}\n"
        + _credits(maker)
        + _footer(f"{_TOOLS}/{name}")
    )


def _person(chance: random.Random, name: str, tool: str) -> str:
    handle = name.lower().replace(" ", "-")
    hidden = "".join(
        f"<!--\n## {heading}\n-->\n\n"
        + "".join(f"<!-- - [[{place}]]: <https://> ^{place.lower()}-->\n" for place in places)
        for heading, places in (
            ("Give something", ("Coffee jar", "Hat", "Post box", "Bank")),
            ("Follow this maker", ("Pictures", "Letters")),
        )
    )
    return (
        _front("aliases:", f"- {name}", "tags:", "- ", "publish: true")
        + f"# {name}\n\n- Forge: [{handle}](https://forge.example/{handle}) ^forge\n<!-- - Chat: `@` ^chat-->\n"
        f"- Page: [{handle}.example](https://{handle}.example/) ^page\n"
        "<!-- - [[Shown pages|Shown]]: <https://> ^shown-->\n\n"
        "%% A few words on the maker may stand below %%\n\n\n## Maker of\n\n%% Begin: what is out %%\n### Tools\n"
        f"- [[{tool}|{tool.title()}]]\n\n%% End: what is out %%\n\n"
        "%% Here is room for what the maker made and the list above does not hold %%\n\n"
        f"<!--\n### Not in the list\n-->\n\n<!--\n### Others\n-->\n\n{hidden}"
    ) + _footer(f"{_PEOPLE}/{name}")


def _pattern(chance: random.Random, name: str, maker: str) -> str:
    items = "".join(f"- {_sentence(chance)}\n" for _ in range(chance.choice((2, 3, 4, 30))))
    return (
        _front("aliases:", "- ", "tags: ", "- ", "publish: true")
        + _badges(name, 4)
        + f"# {name.capitalize()}\n\nDrawings: [forge](https://forge.example/{quote(name)})\nDrawn by: [[{maker}]]\n"
        f"Light: [[Dark patterns|dark]], [[Light patterns|light]]\n\n![seen](https://forge.example/{quote(name)}/seen.png)\n"
        + _credits(maker)
        + f"\n\n## What it holds\n\n{items}"
        + _footer(f"{_PATTERNS}/{name}")
    )


def _letter(chance: random.Random, date: datetime.date, people: list[str], tools: list[str]) -> str:
    parts = [f"# {date}: {_title(chance)}\n\n{_paragraph(chance)}\n"]
    for _ in range(chance.randint(8, 16)):
        parts.append(f"\n{chance.choice(('##', '###'))} {_title(chance)}\n\n")
        for _ in range(chance.randint(2, 5)):
            page = f"https://forge.example/{quote(chance.choice(people))}/{chance.choice(tools)}"
            parts.append(f"* [{_title(chance)}]({page}) by `@{chance.choice(_NAMES)}`  {_sentence(chance)}\n")
    parts += [f"- thanks to [[{one}]]\n" for one in chance.choices(people, k=5)]
    front = _front(f"link: https://letters.example/{date}/", "author: Gesa Holmdiek", f"published: {date}T08:30:00")
    return front + "".join(parts) + _footer(f"{_LETTERS}/{date}")


def _page(chance: random.Random, title: str, known: list[str]) -> str:
    parts = [f"# {title}\n\n{_paragraph(chance)} #{chance.choice(_WORDS)}\n"]
    for _ in range(min(60, int(chance.lognormvariate(1.6, 1.1)))):
        parts.append(f"\n## {_title(chance)}\n\n{_paragraph(chance)}\n\nSee [[{chance.choice(known)}]].\n\n")
        form = chance.random()
        if form < 0.08:
            parts.append("```python\n" + "\n".join(f"cut({n})  # [[not a link]]" for n in range(8)) + "\n```\n")
        elif form < 0.085:
            rows = "".join(f"| [[{one}\\|it]] | {_title(chance)} |\n" for one in chance.choices(known, k=5))
            parts.append(f"| what | why |\n| --- | --- |\n{rows}")
        elif form < 0.09:
            parts.append(f"> [!tip] {_title(chance)}\n> {_sentence(chance)}\n")
        else:
            parts += [f"- {_sentence(chance)}\n" for _ in range(chance.randint(1, 8))]
    return _front("aliases:", "- ", "tags: ", "- seedling ", "publish: true") + "".join(parts) + _footer(title)


def _list(title: str, lines: list[str]) -> str:
    front = _front("aliases:", f"- {title.lower()}", "tags: ", "- MOC")
    return front + f"# {title}\n\n## Notes\n\n%% Made by a program %%\n" + "\n".join(lines) + "\n\n%% Until here %%\n"


_DEEDS = (
    "朝から雨が降っていたので、家で古い本を読んだ。",
    "駅前の市場で大根と柿を買い、夜は鍋にした。",
    "研究会の発表がようやく終わった。質問は思ったより少なかった。",
    "川沿いを一時間ほど歩く。鴨が三羽いた。",
    "図書館に本を返しに行ったが、休館日だった。",
    "机の引き出しを片付けていたら、去年の切符が出てきた。",
    "昼過ぎに友人から電話があり、来週会うことになった。",
    "新しい万年筆のインクが乾きにくい。紙を変えてみる。",
    "帰りの電車で眠ってしまい、終点まで行った。",
    "夕焼けがきれいだった。写真は撮らなかった。",
    "論文の三章を書き直した。まだ図が足りない。",
    "味噌汁を作りすぎた。明日の朝もこれでよい。",
)
_CHORES = ("洗濯", "牛乳を買う", "手紙の返事", "自転車の空気", "原稿の見直し", "部屋の掃除")
_TAGS = ("散歩", "仕事", "読書", "料理", "旅/近所")


def _day(chance: random.Random, day: datetime.date, earlier: datetime.date | None) -> str:
    parts = [
        f"---\ndate: {day}\ntags:\n  - 日記\n---\n",
        f"# {day.month}月{day.day}日({'月火水木金土日'[day.weekday()]})\n",
    ]
    parts += ["\n" + "".join(chance.sample(_DEEDS, chance.randint(2, 5))) + "\n" for _ in range(chance.randint(1, 4))]
    parts.append(f"\n#{chance.choice(_TAGS)}\n")
    if chance.random() < 0.4:
        parts.append(
            "\n## 用事\n\n" + "".join(f"- [{chance.choice(' x')}] {one}\n" for one in chance.sample(_CHORES, 3))
        )
    if earlier is not None:
        parts.append(f"\n前に書いたこと:[[{earlier}|{earlier.year}年のこの頃]]\n")
    return "".join(parts)
