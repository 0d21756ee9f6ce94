import pytest

from tests.conftest import not_hanging
from vaultkit.importing.plain_text import fenced, may_be_title, other_format, tidy


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("", ""),
        ("\n \n\u00a0\n\u3000\ntext\n\u00a0\n", "text"),
        ("a\n\u00a0\n\n \nb", "a\n\nb"),
        ("a  \nb", "a  \nb"),
        ("  • a\n  • b", "- a\n- b"),
        ("•\u00a0a\n▪\tb\n‣ c\n◦　d", "- a\n- b\n- c\n- d"),
        ("•glued\n•「quoted」", "- glued\n- 「quoted」"),
        ("・中黒\n・ そのまま", "・中黒\n・ そのまま"),
        ("••• rule", "••• rule"),
        ("•", "•"),
        ("5 • 6", "5 • 6"),
        ("  • a\n    ◦ b\n      ▪ c\n    ◦ d\n  • e", "- a\n  - b\n    - c\n  - d\n- e"),
        ("\t• a\n\t\t• b", "- a\n  - b"),
        ("  • a\n    goes on\n  • b", "- a\n  goes on\n- b"),
        ("  • a\n\n    another paragraph\n\ntext\n    code", "- a\n\n  another paragraph\n\ntext\n    code"),
        ("  • a\n    - b", "- a\n  - b"),
        ("  • a\ntext\n    • b", "- a\ntext\n- b"),
        ("  1. a\n\n  2. b", "  1. a\n\n  2. b"),
        ("```\n  • a\n\n\n\u00a0\n```\n\n\nb", "```\n  • a\n\n\n\u00a0\n```\n\nb"),
        ("```\n  • a", "```\n- a"),
        ("    ◦ deep first\n  • then less", "- deep first\n- then less"),
    ],
)
def test_tidy(text, body):
    lines = text.split("\n")
    assert tidy(lines) == body
    assert tidy(body.split("\n")) == body


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("a\n```\nb\n```\nc", "01110"),
        ("```\nb", "00"),
        ("````\n```\n````", "111"),
        ("```\n~~~\n```", "111"),
        ("~~~ x `\na\n~~~", "111"),
        ("``` a`b\nc\n```", "000"),
        ("```py\na\n```py\n```", "1111"),
    ],
)
def test_fenced(text, inside):

    assert "".join(str(int(code)) for code in fenced(text.split("\n"))) == inside


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("計算に慣れる", True),
        ("A walk by the river", True),
        ("F1を見る", True),
        ("終わった。", False),
        ("「終わった。」", False),
        ("Really?", False),
        ("つづく…", False),
        ("次のとおり：", False),
        ("長" * 31, False),
        ("x" * 61, False),
        ("2024", False),
        ("* * *", False),
        ("- item", False),
        ("・項目", False),
        ("1. item", False),
        ("# heading", False),
        ("> quote", False),
        ("| a | b |", False),
        ("<br>", False),
        ("https://example.com", False),
        ("  indented", False),
        ("x = {1}", False),
    ],
)
def test_may_be_title(line, expected):
    assert may_be_title(line) is expected


@pytest.mark.parametrize(
    "text",
    [
        "Dear diary\n",
        "[2024-01-31 10:00] Up.\n",
        "{not json}\n",
        "---\n2024-01-31\n",
        "---\n\ntext\n---\n",
        "a, b\nc, d, e\nf\n",
        "< 3\n",
        "2024-01-31\nA.\n2024-01-30\nB.\n",
    ],
)
def test_plain_text_is_plain(text):
    assert other_format(text) == ""


@pytest.mark.parametrize("start", ["AUTHOR: a", "--------\nTITLE:", "STATUS: Draft", "CONVERT BREAKS: 1"])
def test_posts_are_no_plain_text_whatever_dates_they_hold(start):
    text = f"{start}\n-----\nBODY:\n\n2024-01-31\n\nwords\n"
    assert other_format(text) == "it is a Movable Type export"


@pytest.mark.parametrize(
    "text",
    [
        "```a\n" * 250_000,
        "".join("`" * n + "\n" for n in range(1400, 3, -1)),
        "".join(" " * n + "• a\n" for n in range(1400)),
    ],
    ids=["openings", "shrinking", "deeper"],
)
def test_hostile_text_takes_no_time(text):
    with not_hanging():
        tidy(text.split("\n"), infer_headings=True)
