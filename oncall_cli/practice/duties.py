"""Which of a rotation's recurring tasks fall due on a day, and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.rotation import Duty, Rotation
from oncall_cli.model.time import ClockTime, Wall, day_of, wall_of

if TYPE_CHECKING:
    from dateutil.rrule import rrule, rruleset

_IN_DAYS = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS")
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")


class DueDuty(NamedTuple):
    """A duty of today: the wall time by which it is due, if it has one, or what is wrong with its rule."""

    duty: Duty
    due: Wall | None = None
    wrong: str = ""


def duties_on(day: date, rotation: Rotation, roles: Sequence[str]) -> list[DueDuty]:
    """Return the duties of the roles for a day of the rotation's wall, in the file's order of priority.

    A duty without a rule stands for the whole shift. On holidays nothing falls due.
    """
    since = _first_day(rotation)
    due = [_on(day, duty, since, rotation.holidays) for duty in rotation.duties if duty.role in roles]
    return [one for one in due if one is not None]


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
    return rrulestr(said, dtstart=datetime.combine(since, datetime.min.time()), ignoretz=True)


def _first_day(rotation: Rotation) -> date:
    """Return the day from which rules count their intervals: the rotation's first."""
    return min(day_of(version.from_.wall) for layer in rotation.all_layers() for version in layer.roster)


def _on(day: date, duty: Duty, since: date, holidays: Iterable[date]) -> DueDuty | None:
    if duty.rrule is None:
        return DueDuty(duty)
    midnight = datetime.combine(day, datetime.min.time())
    try:
        falls = bool(read_rule(duty.rrule, since).between(midnight, midnight, inc=True))
    except ValueError as wrong:
        return DueDuty(duty, wrong=f"its rrule cannot be read: {wrong}")
    if not falls or day in holidays:
        return None
    return DueDuty(duty, due=_due(day, duty.at))


def _due(day: date, at: ClockTime | None) -> Wall | None:
    return wall_of(day, at.minutes) if at else None
