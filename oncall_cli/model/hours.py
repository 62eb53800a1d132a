"""Restrictions on the week: ``monday-friday 09:00-17:00``, windows over several days, ``always``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple, Self

from oncall_cli.model.patterns import HOURS, WEEKDAYS, Written, whole
from oncall_cli.model.scalar import Scalar
from oncall_cli.model.time import ClockTime, parse_weekday

DAY_MINUTES = 24 * 60
WEEK_MINUTES = 7 * DAY_MINUTES

_DAILY = re.compile(r"(?P<days>[a-z,\-]+) (?P<start>\d\d:\d\d)-(?P<end>\d\d:\d\d)")
_LONG = re.compile(r"(?P<first>[a-z]+) (?P<start>\d\d:\d\d) - (?P<last>[a-z]+) (?P<end>\d\d:\d\d)")


class WeekWindow(NamedTuple):
    """One window of the week: the weekday it begins on (Monday is 0), and both ends in minutes.

    ``start`` and ``end`` count from that weekday's midnight; ``end`` is greater, past 1440 for another day.
    """

    weekday: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hours(Scalar):
    """One entry of ``hours``: the windows of every week that it opens, and how it was written."""

    windows: tuple[WeekWindow, ...]
    text: str
    describes = "days and hours of the week"
    example = "monday-friday 09:00-17:00"

    @classmethod
    def written(cls) -> Written:
        return whole(HOURS)

    @classmethod
    def parse(cls, text: str) -> Self:
        said = " ".join(text.lower().split())
        if said == "always":
            return cls(tuple(WeekWindow(day, 0, DAY_MINUTES) for day in range(7)), said)
        if found := _LONG.fullmatch(said):
            return cls((_long_window(found["first"], found["start"], found["last"], found["end"]),), said)
        if found := _DAILY.fullmatch(said):
            start, end = ClockTime.parse(found["start"]).minutes, _end_minutes(found["end"])
            length_end = end if end > start else end + DAY_MINUTES
            days = _days(found["days"])
            return cls(tuple(WeekWindow(day, start, length_end) for day in days), said)
        raise ValueError(
            f"'{text}' does not say hours of the week: write 'monday-friday 09:00-17:00', 'mon,wed 22:00-06:00', "
            "'friday 17:00 - monday 09:00' or 'always'"
        )

    def __str__(self) -> str:
        return self.text


def _end_minutes(clock: str) -> int:
    """Read the end of a window; 24:00 is the midnight that ends the day."""
    return DAY_MINUTES if clock == "24:00" else ClockTime.parse(clock).minutes


def _long_window(first: str, start: str, last: str, end: str) -> WeekWindow:
    """Build a window from a time on one weekday to a time on another, at most a week later."""
    from_day, from_minutes = parse_weekday(first), ClockTime.parse(start).minutes
    to_minutes = parse_weekday(last) * DAY_MINUTES + _end_minutes(end) - from_day * DAY_MINUTES
    while to_minutes <= from_minutes:
        to_minutes += WEEK_MINUTES
    return WeekWindow(from_day, from_minutes, to_minutes)


def _days(said: str) -> tuple[int, ...]:
    """Return the weekdays, in the week's order, of ``daily``, ``mon-fri``, ``mon,wed`` or a mix."""
    if said == "daily":
        return tuple(range(7))
    days: set[int] = set()
    for part in said.split(","):
        first, dash, last = part.partition("-")
        begin = parse_weekday(first)
        until = parse_weekday(last) if dash else begin
        days.update((begin + step) % 7 for step in range((until - begin) % len(WEEKDAYS) + 1))
    return tuple(sorted(days))
