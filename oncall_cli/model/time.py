"""Scalars of time: instants, wall times, dates, durations, and the wall pattern of a handoff.

An *instant* is a count of whole seconds since 1970-01-01T00:00:00Z. A *wall* time is what a clock on the
wall of some zone shows; as a number it is whole seconds since that wall showed 1970-01-01 00:00.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NewType, Self

from oncall_cli.model.patterns import CLOCK, HANDOFF, LOCAL, WEEKDAYS, Written, counted, whole
from oncall_cli.model.scalar import Scalar

Instant = NewType("Instant", int)
Wall = NewType("Wall", int)

MINUTE = 60
HOUR = 3600
DAY = 86400
WEEK = 7 * DAY

# 0001-01-01T00:00:00 and 9999-12-31T23:59:59
_CALENDAR_BEGINS, _CALENDAR_ENDS = -62_135_596_800, 253_402_300_799

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(Z|[+-]\d{2}:\d{2})", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LOCAL = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?", re.ASCII)
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)


def parse_instant(text: str) -> Instant:
    """Return the instant of an ISO 8601 date and time with its offset, such as ``2026-11-24T09:00:00-05:00``."""
    if not _INSTANT.fullmatch(text):
        raise ValueError(
            f"'{text}' is not an instant: write date, time and offset, such as '2026-11-24T09:00:00-05:00'"
        )
    try:
        return instant_of(datetime.fromisoformat(text))
    except (ValueError, OverflowError) as wrong:
        raise ValueError(f"'{text}' is not an instant: {wrong}") from None


def instant_of(moment: datetime) -> Instant:
    """Return the instant of an aware ``datetime``, without its fraction of a second."""
    if moment.tzinfo is None:
        raise ValueError("a time without an offset is not an instant")
    elapsed = moment - _EPOCH
    return Instant(elapsed.days * DAY + elapsed.seconds)


def utc(instant: Instant) -> datetime:
    """Return ``instant`` as an aware ``datetime`` in UTC; past an end of the calendar it is that end.

    The first and the last day of the calendar, in a zone that is ahead or behind, pass its ends by hours.
    """
    seconds = min(max(instant, _CALENDAR_BEGINS), _CALENDAR_ENDS)
    return _EPOCH + timedelta(seconds=seconds)


def format_instant(instant: Instant) -> str:
    """Spell ``instant`` in UTC, as JSON output does: ``2026-11-24T14:00:00Z``."""
    return f"{utc(instant).replace(tzinfo=None).isoformat()}Z"


def parse_date(text: str) -> date:
    """Return the day that ``text`` names as ``2026-11-24``."""
    if not _DATE.fullmatch(text):
        raise ValueError(f"'{text}' is not a date: write it as '2026-11-24'")
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise ValueError(f"'{text}' is not a date: {wrong}") from None


def wall_of(day: date, minutes: int = 0) -> Wall:
    """Return what the wall shows ``minutes`` after the midnight that begins ``day``."""
    return Wall((day.toordinal() - 719163) * DAY + minutes * MINUTE)


def day_of(wall: Wall) -> date:
    """Return the day that the wall shows; past an end of the calendar, its first or last."""
    return date.fromordinal(min(max(wall, _CALENDAR_BEGINS), _CALENDAR_ENDS) // DAY + 719163)


@dataclass(frozen=True, slots=True, order=True)
class ClockTime(Scalar):
    """A time of day on the wall, in minutes since midnight."""

    minutes: int
    describes = "a time of day"
    example = "09:00"

    @classmethod
    def written(cls) -> Written:
        return whole(CLOCK)

    @classmethod
    def parse(cls, text: str) -> Self:
        found = _CLOCK.fullmatch(text)
        if not found:
            raise ValueError(f"'{text}' is not a time of day: write it as '09:00' (00:00 to 23:59)")
        return cls(int(found[1]) * 60 + int(found[2]))

    def __str__(self) -> str:
        return f"{self.minutes // 60:02d}:{self.minutes % 60:02d}"


@dataclass(frozen=True, slots=True)
class LocalMoment(Scalar):
    """A date (its local midnight) or a local date and time, in the zone of the file it stands in."""

    wall: Wall
    is_date: bool
    describes = "a date, or a local date and time"
    example = "2026-11-24"

    @classmethod
    def written(cls) -> Written:
        return whole(LOCAL)

    @classmethod
    def parse(cls, text: str) -> Self:
        found = _LOCAL.fullmatch(text)
        if not found:
            raise ValueError(f"'{text}' is neither a date ('2026-11-24') nor a local time ('2026-11-24 09:00')")
        minutes = ClockTime.parse(found[2]).minutes if found[2] else 0
        return cls(wall_of(parse_date(found[1]), minutes), is_date=not found[2])

    def __str__(self) -> str:
        day = day_of(self.wall).isoformat()
        return day if self.is_date else f"{day} {ClockTime(self.wall % DAY // MINUTE)}"


class Unit(StrEnum):
    """What a duration counts."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


_SECONDS = {Unit.MINUTE: MINUTE, Unit.HOUR: HOUR, Unit.DAY: DAY, Unit.WEEK: WEEK}
# Two hundred years of each.
_MOST = {Unit.HOUR: 1_753_200, Unit.DAY: 73_050, Unit.WEEK: 10_435, Unit.MONTH: 2_400}
_SHORT = {"m": Unit.MINUTE, "min": Unit.MINUTE, "h": Unit.HOUR, "d": Unit.DAY, "w": Unit.WEEK}
_DURATION = re.compile(r"(\d{1,6})\s*([a-z]+)", re.ASCII)


@lru_cache(maxsize=4096)
def _counted(text: str) -> tuple[int, Unit] | None:
    """Split ``5 minutes`` or ``5m`` into its count and unit; None when it is not of that form."""
    found = _DURATION.fullmatch(text.strip().lower())
    if not found:
        return None
    word = found[2]
    unit = _SHORT.get(word) or next((unit for unit in Unit if word in (unit.value, f"{unit.value}s")), None)
    return (int(found[1]), unit) if unit else None


@dataclass(frozen=True, slots=True)
class Duration(Scalar):
    """A length of elapsed time with its unit: ``5 minutes``, ``3 days`` (of 24 hours), ``1 week``."""

    count: int
    unit: Unit
    describes = "a duration with its unit"
    example = "5 minutes"

    @classmethod
    def written(cls) -> Written:
        return whole(counted(("minute", "hour", "day", "week")))

    @classmethod
    def parse(cls, text: str) -> Self:
        counted = _counted(text)
        if counted is None or counted[1] not in _SECONDS:
            raise ValueError(
                f"'{text}' is not a duration: write a number and minutes, hours, days or weeks, such as '5 minutes'"
            )
        if counted[0] > _MOST.get(counted[1], counted[0]):
            raise ValueError(f"'{text}' is longer than anybody lives: write at most {_MOST[counted[1]]} {counted[1]}s")
        return cls(*counted)

    @property
    def seconds(self) -> int:
        """The length in seconds."""
        return self.count * _SECONDS[self.unit]

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Period(Scalar):
    """How often a handoff comes: ``1 week``, ``12 hours``, ``1 month``; counted on the wall."""

    count: int
    unit: Unit
    describes = "how often a handoff comes"
    example = "1 week"

    @classmethod
    def written(cls) -> Written:
        return whole(counted(("hour", "day", "week", "month"), least=1))

    @classmethod
    def parse(cls, text: str) -> Self:
        counted = _counted(text)
        if counted is None or counted[1] is Unit.MINUTE:
            raise ValueError(
                f"'{text}' does not say how often: write a number and hours, days, weeks or months, such as '1 week'"
            )
        if counted[0] == 0:
            raise ValueError(f"'{text}' is a handoff that never comes: write at least 1 {counted[1]}")
        if counted[0] > _MOST[counted[1]]:
            raise ValueError(f"'{text}' is a handoff that nobody lives to see: write at most {_MOST[counted[1]]}")
        return cls(*counted)

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class HandoffTime(Scalar):
    """When on the wall a handoff falls: ``09:00``, ``tuesday 09:00``, or ``1 09:00`` (day of the month)."""

    time: ClockTime
    weekday: int | None = None
    month_day: int | None = None
    describes = "the wall time of a handoff"
    example = "tuesday 09:00"

    @classmethod
    def written(cls) -> Written:
        return whole(HANDOFF)

    @classmethod
    def parse(cls, text: str) -> Self:
        before, _, clock = text.strip().lower().rpartition(" ")
        time = ClockTime.parse(clock)
        before = before.strip()
        if not before:
            return cls(time)
        if re.fullmatch(r"\d{1,2}", before, re.ASCII):
            if not 1 <= int(before) <= 31:
                raise ValueError(f"'{text}' is a handoff that never comes: no month has a day {before}")
            return cls(time, month_day=int(before))
        return cls(time, weekday=parse_weekday(before))

    def __str__(self) -> str:
        day = WEEKDAYS[self.weekday] if self.weekday is not None else self.month_day
        return str(self.time) if day is None else f"{day} {self.time}"


def parse_weekday(word: str) -> int:
    """Return the weekday (Monday is 0) that ``word`` names in full or by its first three letters."""
    for number, name in enumerate(WEEKDAYS):
        if word in (name, name[:3]):
            return number
    raise ValueError(f"'{word}' is not a weekday: write 'monday' or 'mon'")
