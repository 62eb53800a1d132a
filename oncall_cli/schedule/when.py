"""WHEN of the command line: ``now``, ``14:30``, ``mon 9am``, ``+2h30m``, ``2026-11-24 09:00 Europe/Berlin``."""

from __future__ import annotations

import re
from datetime import date
from typing import Protocol

from oncall_cli.model.patterns import WEEKDAYS
from oncall_cli.model.time import (
    DAY,
    HOUR,
    MINUTE,
    WEEK,
    Instant,
    Wall,
    parse_date,
    parse_weekday,
    wall_of,
)
from oncall_cli.model.zone import Zone
from oncall_cli.schedule.handoffs import FIRST_MONDAY
from oncall_cli.schedule.walls import WallClock

_FORMS = (
    "write 'now', '14:30', 'tomorrow 9am', 'mon 09:00', '+2h30m', 'in 2h', '20m ago' "
    "or a date such as '2026-11-24 09:00'"
)
# What can be shown as a date in every zone.
_EARLIEST, _LATEST = wall_of(date(1, 1, 2)), wall_of(date(9999, 12, 30))

_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_WEEKDAY_WORDS = {word for name in WEEKDAYS for word in (name, name[:3])}

_SECONDS = {"s": 1, "m": MINUTE, "h": HOUR, "d": DAY, "w": WEEK}
_UNIT = r"(?:s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:eeks?)?)"
_LENGTH = rf"\d{{1,6}} ?{_UNIT}(?: ?\d{{1,6}} ?{_UNIT})*"
_FROM_NOW = re.compile(rf"([+-]) ?({_LENGTH})|in ({_LENGTH})|({_LENGTH}) ago", re.ASCII)
_COUNTED = re.compile(r"(\d+) ?([smhdw])", re.ASCII)

_WITH_OFFSET = re.compile(r"(.*\d(?:[ap]m)?) ?(?:(z)|([+-])([01]\d|2[0-3]):([0-5]\d))", re.ASCII | re.I)
_WITH_ZONE = re.compile(r"(.*?) ?([A-Za-z_]+(?:/[\w+-]+)+|UTC|GMT)", re.ASCII)
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[t ](.+))?", re.ASCII)
_TIME = re.compile(r"(\d{1,2})(?::(\d\d)(?::(\d\d))?)? ?(am|pm)?", re.ASCII)


class _Clock(Protocol):
    """What tells wall times from instants, and back."""

    def wall(self, instant: Instant) -> Wall: ...

    def instant(self, wall: Wall) -> Instant: ...


class _FixedClock:
    """A clock that is always the same seconds ahead of UTC."""

    def __init__(self, ahead: int) -> None:
        self._ahead = ahead

    def wall(self, instant: Instant) -> Wall:
        return Wall(instant + self._ahead)

    def instant(self, wall: Wall) -> Instant:
        return Instant(wall - self._ahead)


def parse_when(text: str, now: Instant, zone: Zone, *, past: bool = False) -> Instant:
    """Return the instant, in UTC seconds, that ``text`` means to somebody in ``zone`` at ``now``.

    A day without a time is its midnight, a time without a day is today's. A weekday is the first one at or
    after ``now``, or with ``past`` the last at or before it. A length is elapsed time: ``+1d`` is 24 hours.
    A wall time that comes twice is the first; one that is skipped is the jump of the clock. Raise
    ``ValueError`` with a sentence for anything else.
    """
    said = " ".join(text.split())
    if said.lower() == "now":
        return now
    if length := _FROM_NOW.fullmatch(said.lower()):
        return _near(text, now + _from_now(length))
    wall, clock = _clock_of(said, zone)
    return _near(text, _on_the_wall(text, wall.lower(), now, clock, past=past))


def _near(text: str, instant: int) -> Instant:
    if not _EARLIEST <= instant <= _LATEST:
        raise ValueError(f"'{text}' is too far away: the years are 1 to 9999")
    return Instant(instant)


def _from_now(length: re.Match[str]) -> int:
    """Return the seconds of ``+2h30m``, ``in 2h`` or ``2h ago``."""
    sign, signed, ahead, ago = length.groups()
    seconds = sum(int(count) * _SECONDS[unit] for count, unit in _COUNTED.findall(signed or ahead or ago))
    return -seconds if ago or sign == "-" else seconds


def _clock_of(said: str, zone: Zone) -> tuple[str, _Clock]:
    """Split what was said into the wall time and the clock that is to show it."""
    if found := _WITH_OFFSET.fullmatch(said):
        wall, utc, sign, hours, minutes = found.groups()
        ahead = 0 if utc else int(hours) * HOUR + int(minutes) * MINUTE
        return wall, _FixedClock(-ahead if sign == "-" else ahead)
    if found := _WITH_ZONE.fullmatch(said):
        return found[1], WallClock(Zone.parse(found[2]))
    return said, WallClock(zone)


def _on_the_wall(text: str, wall: str, now: Instant, clock: _Clock, *, past: bool) -> Instant:
    """Return when the clock shows the wall time that is said relative to ``now``, or as a date."""
    midnight = clock.wall(now)
    midnight = Wall(midnight - midnight % DAY)
    if dated := _DATE.fullmatch(wall):
        return clock.instant(Wall(wall_of(parse_date(dated[1])) + _time(text, dated[2])))
    word, _, time = wall.partition(" ")
    if word in _DAYS:
        return clock.instant(Wall(midnight + _DAYS[word] * DAY + _time(text, time)))
    if word in _WEEKDAY_WORDS:
        ahead = FIRST_MONDAY + parse_weekday(word) * DAY - midnight
        first = midnight + ahead % WEEK - 2 * WEEK + _time(text, time)
        return _nearest([clock.instant(Wall(first + week * WEEK)) for week in range(5)], now, past=past)
    return clock.instant(Wall(midnight + _time(text, wall or "nothing")))


def _nearest(instants: list[Instant], now: Instant, *, past: bool) -> Instant:
    """Return the last of the ascending instants up to ``now``, or the first from it on."""
    if past:
        return max(instant for instant in instants if instant <= now)
    return min(instant for instant in instants if instant >= now)


def _time(text: str, said: str | None) -> int:
    """Return the seconds since midnight of ``09:00``, ``09:00:30``, ``9am`` or ``9:30 pm``; 0 of nothing."""
    if not said:
        return 0
    found = _TIME.fullmatch(said)
    if not found or not (found[2] or found[4]):
        raise ValueError(f"'{text}' is not a time that can be understood: {_FORMS}")
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if (found[4] and not 1 <= hour <= 12) or hour > 23 or minute > 59 or second > 59:
        raise ValueError(f"'{text}' says a time of day that no clock shows: the last is 23:59")
    if found[4]:
        hour = hour % 12 + (12 if found[4] == "pm" else 0)
    return hour * HOUR + minute * MINUTE + second
