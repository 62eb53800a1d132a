"""The looks of our scalars as regular expressions, in the words that JSON Schema and Python share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Written = Mapping[str, object]
"""The JSON Schema of the values that other readers of YAML make of the texts which a scalar accepts."""


def any_case(word: str) -> str:
    """Return the pattern of a word in capitals, small letters or a mix; JSON Schema knows no flags."""
    return "".join(f"[{letter.upper()}{letter}]" for letter in word)


def one_of(choices: Iterable[str]) -> str:
    """Return the pattern of one of several patterns."""
    return f"({'|'.join(choices)})"


def whole(pattern: str) -> dict[str, object]:
    """Return what accepts a text that the pattern matches as a whole."""
    return {"type": "string", "pattern": f"^{pattern}$"}


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

DATE = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]"
DAY = one_of(f"{any_case(day[:3])}({any_case(day[3:])})?" for day in WEEKDAYS)

_OFFSET = f"(Z|[+-]{CLOCK})"
INSTANT = f"{DATE}[T ]{CLOCK}(:[0-5][0-9])?{_OFFSET}"
LOCAL = f"{DATE}([T ]{CLOCK})?"
HANDOFF = rf"\s*(({DAY}|0?[1-9]|[12][0-9]|3[01])\s* )?{CLOCK}\s*"

_END = f"({CLOCK}|24:00)"
_DAYS = f"{DAY}(-{DAY})?"
_DAILY = rf"({any_case('daily')}|{_DAYS}(,{_DAYS})*)\s+{CLOCK}-{_END}"
_LONG = rf"{DAY}\s+{CLOCK}\s+-\s+{DAY}\s+{_END}"
HOURS = rf"\s*({any_case('always')}|{_DAILY}|{_LONG})\s*"


def counted(units: Iterable[str], least: int = 0) -> str:
    """Return the pattern of a number and one of the units, by its words or their short forms."""
    number = "[0-9]{1,6}" if least == 0 else "(?!0+[^0-9])[0-9]{1,6}"
    return rf"\s*{number}\s*{one_of(_UNITS[unit] for unit in units)}\s*"


_UNITS = {
    "minute": f"({any_case('m')}|{any_case('min')}|{any_case('minute')}[Ss]?)",
    "hour": f"({any_case('h')}|{any_case('hour')}[Ss]?)",
    "day": f"({any_case('d')}|{any_case('day')}[Ss]?)",
    "week": f"({any_case('w')}|{any_case('week')}[Ss]?)",
    "month": f"{any_case('month')}[Ss]?",
}
