"""Where and how something was written: places, weather and music as one line each, for properties. Pure."""

from __future__ import annotations

import math

_EXACT = 5
"""Digits of a coordinate: a metre. Apps write fifteen, of which ten are noise."""


def location(*parts: str) -> str:
    """`Dundas Castle, Edinburgh, Scotland`: the parts from the nearest to the widest; blank ones and those said already
    are left out."""
    said: dict[str, None] = {}
    for part in parts:
        for text in part.split(","):
            said.setdefault(" ".join(text.split()))
    return ", ".join(filter(None, said))


def coordinates(latitude: object, longitude: object) -> str:
    """`53.42761, -6.23917`, as Obsidian's maps read them; "" when the two name no place on earth.

    Programs write 0, 0 or 1.79e308 for "unknown".
    """
    here = [_degrees(latitude, 90), _degrees(longitude, 180)]
    return f"{here[0]}, {here[1]}" if None not in here and any(here) else ""


def weather(description: str, celsius: object) -> str:
    """`Mostly Cloudy, 11 °C`; "" when neither is known."""
    degrees = _number(celsius)
    temperature = "" if degrees is None or not -100 < degrees < 100 else f"{round(degrees, 1):g} °C"
    return ", ".join(filter(None, (" ".join(description.split()), temperature)))


def music(artist: str, track: str, album: str = "") -> str:
    """`Artist – Track (Album)`; "" when none is known."""
    song = " – ".join(filter(None, (" ".join(artist.split()), " ".join(track.split()))))
    album = " ".join(album.split())
    return f"{song} ({album})" if song and album else song or album


def _degrees(value: object, most: int) -> float | None:
    number = _number(value)
    return None if number is None or abs(number) > most else round(number, _EXACT)


def _number(value: object) -> float | None:
    """A finite number, also one written as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
