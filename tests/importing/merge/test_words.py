"""Words of two people in one passage: joined where they are words apart, never woven into one word."""

from __future__ import annotations

import pytest

from vaultkit.importing.merge.words import merge_words, tokens

JOINED = {
    "words apart": ("a big red house", "a small red house", "a big red garden", "a small red garden"),
    "sentences": ("One. Two.", "One. New. Two.", "One. Two. Three.", "One. New. Two. Three."),
    "done and reworded": ("- [ ] buy milk", "- [x] buy milk", "- [ ] buy oat milk", "- [x] buy oat milk"),
    "both alike": ("the old word here", "the new word here", "the new word there", "the new word there"),
    "japanese, clauses apart": (
        "先週から原稿を書いている。明日は休みたい。",
        "今週から原稿を書いている。明日は休みたい。",
        "先週から原稿を書いている。明日は働きたい。",
        "今週から原稿を書いている。明日は働きたい。",
    ),
    "japanese, a sentence more": (
        "雨が降っていた。バスで帰った。",
        "雨が降っていた。寒かった。バスで帰った。",
        "雨が降っていた。電車で帰った。",
        "雨が降っていた。寒かった。電車で帰った。",
    ),
    "a line end parts": ("one\ntwo\n", "one more\ntwo\n", "one\ntwo\nthree\n", "one more\ntwo\nthree\n"),
    "a block more, behind a word that changed": (
        "It held.\nA long cable.\n",
        "It held, barely.\nA long cable.\n\nWhat a storm.\n",
        "It held.\nA long wire.\n",
        "It held, barely.\nA long wire.\n\nWhat a storm.\n",
    ),
    "a word written otherwise, and a line put in behind it": (
        "one two three.\n",
        "one two three.\nMine.\n",
        "one two 3.\nTheirs.\n",
        None,  # lines are put together by line, see `test_merge`
    ),
    "sentences behind one": (
        "We left. It was late.",
        "We left. It rained. It was late.",
        "We left. Ada came. It was late.",
        "We left. Ada came. It rained. It was late.",
    ),
    "sentences at the end": (
        "We left.\n",
        "We left. It rained.\n",
        "We left. (Late.)\n",
        "We left. (Late.) It rained.\n",
    ),
    "sentences with remarks": ("A b.", "A b. C d. (1)", "A b. E f! (2)", "A b. E f! (2) C d. (1)"),
    "sentences that begin alike": (
        "We left. Ada stayed.",
        "We left. Ada slept. Ada stayed.",
        "We left. Bob slept. Ada stayed.",
        "We left. Bob slept. Ada slept. Ada stayed.",
    ),
    "japanese sentences": (
        "雨だった。帰った。",
        "雨だった。寒かった。帰った。",
        "雨だった。「もう行く。」帰った。",
        "雨だった。「もう行く。」寒かった。帰った。",
    ),
    "japanese, a line without a stop": (
        "- 手紙を書く\n- 寝る\n",
        "- 手紙を書く 雨が降り出した。\n- 寝る\n",
        "- 手紙を書く この続きは来週。\n- 寝る\n",
        "- 手紙を書く この続きは来週。 雨が降り出した。\n- 寝る\n",
    ),
    "a sentence before a word written otherwise": (
        "We left. Late trains are slow.",
        "We left. It rained. Late trains are slow.",
        "We left. Early trains are slow.",
        "We left. It rained. Early trains are slow.",
    ),
    "japanese, a sentence behind a word written otherwise": (
        "ノウハウがまとめられたリポジトリ\n",
        "ノウハウがまとめられたリポジトリ 来週読む。\n",
        "ノウハウがまとめられた記事\n",
        "ノウハウがまとめられた記事 来週読む。\n",
    ),
    "words put in, one more": (
        "We met at noon",
        "We met at noon sharp",
        "We met at noon sharp, or later",
        "We met at noon sharp, or later",
    ),
    "a particle parts": ("時間の原稿", "期間の原稿", "時間の論文", "期間の論文"),
    "a japanese word parts": ("原稿を提供した人", "原稿が提供した人", "原稿を提供する人", "原稿が提供する人"),
    "particle and noun": ("多段階の推論を", "多段階での推論を", "多段階の学習を", "多段階での学習を"),
    "noun and particle": (
        "ここは過去の記録だ",
        "ここは現在の記録だ",
        "ここは過去からの記録だ",
        "ここは現在からの記録だ",
    ),
    "noun and form of suru": ("論文を公開した。", "論文を発表した。", "論文を公開している。", "論文を発表している。"),
    "one kanji and shite, between two nouns": (
        "未知の人に対して性能が",
        "未知の人に対して精度が",
        "既知の人に対して性能が",
        "既知の人に対して精度が",
    ),
    "ni taishite, written otherwise": (
        "質問に対して性能が低い",
        "質問に対して精度が低い",
        "質問に関して性能が低い",
        "質問に関して精度が低い",
    ),
    "an adjective and its noun": (
        "ここで統一的な式を",
        "ここで明示的な式を",
        "ここで統一的な解を",
        "ここで明示的な解を",
    ),
    "an address is one word, however long": (
        "our page: https://example.org/a/long/address/of/a/page",
        "our page: https://example.com/elsewhere",
        "our site: https://example.org/a/long/address/of/a/page",
        "our site: https://example.com/elsewhere",
    ),
    "bold, and the next word": (
        "at the first bad line",
        "at the **first** bad line",
        "at the first poor line",
        "at the **first** poor line",
    ),
    "bold, and its last word": (
        "at the first bad line",
        "at the **first bad** line",
        "at the first poor line",
        "at the **first poor** line",
    ),
    "bold, and its first word": (
        "at the first bad line",
        "at the first **bad line**",
        "at the first poor line",
        "at the first **poor line**",
    ),
    "highlighted, and the word before": (
        "at the first bad line",
        "at the first ==bad== line",
        "at the next bad line",
        "at the next ==bad== line",
    ),
    "a link, and the next word": (
        "the importer stops at it",
        "the [[importer]] stops at it",
        "the importer stopped at it",
        "the [[importer]] stopped at it",
    ),
    "a link, and the word before": (
        "see the old importer stop",
        "see the old [[importer]] stop",
        "see the new importer stop",
        "see the new [[importer]] stop",
    ),
    "a link of two words, and those around": (
        "see the old importer stop here",
        "see the [[old importer]] stop here",
        "watch that old importer halt here",
        "watch that [[old importer]] halt here",
    ),
    "japanese, bold with a particle": (
        "図書館で論文を読んだ。",
        "図書館で**論文を**読んだ。",
        "図書館で論文を書いた。",
        "図書館で**論文を**書いた。",
    ),
    "line ends of the user": ("a b c\nd e f\n", "a b X\r\nd e f\r\n", "a b c\nd e Y\n", "a b X\r\nd e Y\r\n"),
}
CLASHES = {
    "one word": ("at noon", "at two", "at one"),
    "neighbours": ("a red house", "a blue house", "a red garden"),
    "one japanese word": ("先週の会議", "今週の会議", "先月の会議"),
    "verb and ending": ("よく考えている。", "よく調べている。", "よく考えていた。"),
    "one date": ("on 2024-01-31 at home", "on 2025-01-31 at home", "on 2024-01-30 at home"),
    "one link": ("see [[Old note|it]] there", "see [[New note|it]] there", "see [[Old note|that]] there"),
    "one address": ("at https://a.org/x?y=1 now", "at https://b.org/x?y=1 now", "at https://a.org/x?y=2 now"),
    "written anew": ("we met at the park", "see the dog at night", "we met at the big park"),
    "same place": ("a b", "a x b", "a y b"),
    "ends of a sentence": ("We met.", "We met Ada.", "We met Bob."),
    "what a sentence may go on with": ("We met", "We met Ada and went home.", "We met Bob."),
    "a marked word": ("at the bad line", "at the ==bad== line", "at the poor line"),
    "a linked word": ("at the bad line", "at the [[bad]] line", "at the poor line"),
    "a part of a link": ("at the bad line there", "at the [[bad line]] there", "at the poor line there"),
    "a link with another text": ("at the bad line", "at the [[x|bad]] line", "at the bad place"),
    "marked and written otherwise": ("at the bad line", "at the **worst** line", "at the bad place"),
    "half a sentence": ("We met. Then.", "We met. and left. Then.", "We met. Ada came. Then."),
    "a sentence beside what was deleted": (
        "A b. C d. E f g h i.",
        "A b. C d. It rained. E f g h i.",
        "A b. E f g h i.",
    ),
    "a value that is waited for": ("元ポスト:\n", "元ポスト: これだ。\n", "元ポスト: あれだ。\n"),
    "a japanese clause": ("手紙を書く", "手紙を書くので帰った。", "手紙を書く人がいた。"),
    "numbers and units": ("in 5 km there", "in 8 km there", "in 5 miles there"),
    "half of a japanese word": ("解釈の", "解答の", "理釈の"),
    "the end of a japanese word": ("優れた性能", "劣れた性能", "優った性能"),
    "okurigana that looks like a particle": ("最も高い", "割も高い", "最も低い"),
    "words that would run together": ("多段階の推論を", "多段階友人推論を", "多段階の昨日を"),
    "one kanji and suru": ("結果を示した。", "結果を残した。", "結果を示す。"),
}


@pytest.mark.parametrize("name", JOINED)
def test_joined(name: str) -> None:
    base, mine, theirs, expected = JOINED[name]
    assert merge_words(*(text.encode() for text in (base, mine, theirs))) == (expected and expected.encode())


@pytest.mark.parametrize("name", CLASHES)
def test_clashes(name: str) -> None:
    base, mine, theirs = (text.encode() for text in CLASHES[name])
    assert merge_words(base, mine, theirs) is None
    assert merge_words(base, theirs, mine) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("先週から起きている時間", "先週|から|起|きている|時間"),
        ("研究発表会議室", "研|究|発|表|会|議|室"),
        ("コーヒーを飲む", "コーヒー|を|飲|む"),
        ("don't at 12:30, foo_bar.py", "don't| |at| |12:30|,| |foo_bar.py"),
        ("[[A b|c]]**x**`y z`", "[[A b|c]]|**|x|**|`y z`"),
        ("[a](b.md) <br>\r\n", "[|a|](b.md)| |<br>|\r\n"),
    ],
)
def test_tokens(text: str, expected: str) -> None:
    assert "|".join(tokens(text)) == expected
