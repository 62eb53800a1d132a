"""Which of a rotation's recurring tasks fall due on a day, when, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.rotation import Duty, OnHoliday, Rotation
from oncall_cli.model.time import ClockTime, Wall, day_of, wall_of

if TYPE_CHECKING:
    from dateutil.rrule import rrule, rruleset

_IN_DAYS = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS")
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_FRIDAY = 4
_DAY = timedelta(days=1)


class DueDuty(NamedTuple):
    """A duty of today: the wall time by which it is due, if it has one, or what is wrong with its rule."""

    duty: Duty
    due: Wall | None = None
    wrong: str = ""


def duties_on(day: date, rotation: Rotation, roles: Sequence[str], person: str | None = None) -> list[DueDuty]:
    """Return the duties of the roles, and a person's own, for a day of the rotation's wall, in the file's order.

    A duty without a rule stands for the whole shift.
    """
    due = [_on(day, duty, rotation, person) for duty in rotation.duties if duty.role in roles or duty.members]
    return [one for one in due if one is not None]


def days_of(duty: Duty, rotation: Rotation, first: date, last: date) -> list[tuple[date, int]]:
    """Return the days from ``first`` to ``last`` on which a duty falls due, each with how many came before it.

    Raise ``ValueError`` for a rule that is none; a duty without one falls due on no day.
    """
    if duty.rrule is None:
        return []
    since = first_day(rotation)
    until = datetime.combine(last, datetime.min.time())
    named = [each.date() for each in read_rule(duty.rrule, since).between(_midnight(since), until, inc=True)]
    holidays = set(rotation.holidays)
    if duty.on_holiday is OnHoliday.MOVE:
        days = [_next_business_day(day, holidays) if day in holidays else day for day in named]
    else:
        days = [day for day in named if day not in holidays]
    return [(day, number) for number, day in enumerate(days) if first <= day <= last]


def read_rule(text: str, since: date) -> rrule | rruleset:
    """Return the days that a rule names, counted from ``since``; raise ``ValueError`` if it is none."""
    from dateutil.rrule import rrulestr

    said = text.upper().removeprefix("RRULE:").strip()
    parts = dict(part.partition("=")[::2] for part in said.split(";") if part)
    if unknown := sorted(parts.keys() - {*_IN_DAYS}):
        raise ValueError(f"'{unknown[0]}' is no part of a rule in days: write FREQ, BYDAY, INTERVAL and 'at'")
    if parts.get("FREQ") not in _FREQUENCIES:
        raise ValueError(f"FREQ is none of {', '.join(_FREQUENCIES)}")
    # dateutil counts an interval of zero for ever.
    if not re.fullmatch(r"0*[1-9]\d*", parts.get("INTERVAL", "1"), re.ASCII):
        raise ValueError(f"INTERVAL={parts['INTERVAL']} is not a whole number from 1")
    return rrulestr(said, dtstart=_midnight(since), ignoretz=True)


def first_day(rotation: Rotation) -> date:
    """Return the day from which rules count their intervals: the rotation's first."""
    return min(day_of(version.from_.wall) for layer in rotation.all_layers() for version in layer.roster)


def _on(day: date, duty: Duty, rotation: Rotation, person: str | None) -> DueDuty | None:
    if duty.rrule is None:
        return DueDuty(duty) if not duty.members or person in duty.members else None
    try:
        found = days_of(duty, rotation, day, day)
    except ValueError as wrong:
        return DueDuty(duty, wrong=f"its rrule cannot be read: {wrong}")
    if not found or (duty.members and member_of(duty, found[0][1]) != person):
        return None
    return DueDuty(duty, due=_due(day, duty.at))


def member_of(duty: Duty, number: int) -> str:
    """Return whose turn it is at a duty that members take turns at."""
    return duty.members[number % len(duty.members)]


def _next_business_day(day: date, holidays: Collection[date]) -> date:
    while day in holidays or day.weekday() > _FRIDAY:
        day += _DAY
    return day


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time())


def _due(day: date, at: ClockTime | None) -> Wall | None:
    return wall_of(day, at.minutes) if at else None
