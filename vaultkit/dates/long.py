"""A long date as a device shows it in its own language: `dimanche 3 novembre 2024`, `domingo, 3 de noviembre de 2024`.

Knows the names of months in languages that diaries' headings (`heading`) are not looked through for. The order of the
parts and the name of the weekday do not matter, so this is only for a text that is known to be a date.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from vaultkit.dates.calendar import calendar_date
from vaultkit.dates.forms import Day
from vaultkit.dates.heading import parse_heading
from vaultkit.dates.words import MONTHS

_MONTHS = (
    "janvier enero gennaio janeiro januari januar ocak stycznia января leden ledna",
    "février fevrier febrero febbraio fevereiro februari februar şubat lutego февраля únor února",
    "mars marzo março maart marts mart marca марта březen března",
    "avril abril aprile april nisan kwietnia апреля duben dubna",
    "mai mayo maggio maio mei maj mayıs maja мая květen května",
    "juin junio giugno junho juni haziran czerwca июня červen června",
    "juillet julio luglio julho juli temmuz lipca июля červenec července",
    "août aout agosto augustus augusti ağustos sierpnia августа srpen srpna",
    "septembre septiembre setiembre settembre setembro september eylül września сентября září",
    "octobre octubre ottobre outubro oktober ekim października октября říjen října",
    "novembre noviembre novembro november kasım listopada ноября listopad listopadu",
    "décembre decembre diciembre dicembre dezembro december desember aralık grudnia декабря prosinec prosince",
)
_BY_NAME = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split()} | MONTHS
_PART = re.compile(r"\d+|[^\W\d_]+")
_LONGEST = 100


def parse_long_date(text: str) -> dt.date | None:
    """The day that `text` names; None when it names none, or may name several."""
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        return None
    found = parse_heading(text)
    if found and isinstance(found.when, Day):
        return found.when.date
    parts = _PART.findall(unicodedata.normalize("NFKC", text).casefold())
    years = [part for part in parts if part.isdecimal() and len(part) == 4]
    days = [part for part in parts if part.isdecimal() and len(part) < 3]
    months = {_BY_NAME[part] for part in parts if part in _BY_NAME}
    if len(years) == len(days) == len(months) == 1:
        return calendar_date(int(years[0]), months.pop(), int(days[0]))
    return None
