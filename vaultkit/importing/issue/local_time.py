"""The times of CSV, which trackers write in the language of the exporting person: `09/Jan/24 3:54 PM`,
`9/1月/24 3:54 午後`, `09/Mär/24 3:54 PM`.

Makes English of them, and finds out from a file whether `1/9/24` has the day or the month first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from vaultkit.errors import ExportError
from vaultkit.importing.moment_text import Order

_MONTHS = {
    name: english
    for english, names in {
        "Jan": "jan januar jän janv janvier ene enero",
        "Feb": "feb februar févr fév février febrero",
        "Mar": "mar mär mrz märz mars marzo",
        "Apr": "apr april avr avril abr abril",
        "May": "may mai mayo",
        "Jun": "jun juni juin junio",
        "Jul": "jul juli juil juillet julio",
        "Aug": "aug august août aoû ago agosto",
        "Sep": "sep sept september septembre septiembre",
        "Oct": "oct okt oktober octobre octubre",
        "Nov": "nov november novembre noviembre",
        "Dec": "dec dez dezember déc décembre dic diciembre",
    }.items()
    for name in names.split()
} | {
    f"{number}月": english
    for number, english in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1)
}
_NAMED = re.compile(r"(\d{1,2})([/. -])\s?(\d{0,2}[^\W\d_]{1,12})\.?[/. -]\s?(\d{4}|\d{2})(?=\D|\Z)")
_HALVES = (("午前", "AM"), ("午後", "PM"), ("vorm.", "AM"), ("nachm.", "PM"), ("a. m.", "AM"), ("p. m.", "PM"))
_BEFORE = re.compile(r"\b(AM|PM) ?(\d{1,2}:\d{2}(?::\d{2})?)")
_NUMBERS = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(?:\d{4}|\d{2})(?=\D|\Z)")


def in_english(text: str) -> str:
    """`text` with the names of months and halves of the day in English; unchanged where they are, or are unknown."""
    text = " ".join(text.split())
    for word, english in _HALVES:
        text = text.replace(word, english)
    text = _BEFORE.sub(r"\2 \1", text)
    found = _NAMED.match(text)
    month = _MONTHS.get(found[3].casefold()) if found else None
    return f"{found[1]}/{month}/{found[4]}{text[found.end() :]}" if found and month else text


def order_of(texts: Iterable[str], name: str) -> Order:
    """Which of the two numbers in `1/9/24` is the day, by the others in the file; "" when no time is written so.

    Raises ExportError when nothing in the file decides, or two times contradict each other.
    """
    first = second = open_one = ""
    for text in texts:
        if found := _NUMBERS.match(text.strip()):
            first = first or (text if int(found[1]) > 12 else "")
            second = second or (text if int(found[3]) > 12 else "")
            open_one = open_one or (text if found[1] != found[3] else "")
    if first and second:
        raise ExportError(f"{name}: `{first}` has the day first and `{second}` the month; the file was edited by two?")
    if open_one and not (first or second):
        raise ExportError(f"{name}: `{open_one}` does not say which is the month; say --date-order dmy or mdy")
    return "dmy" if first else "mdy" if second else ""
