"""How often a duty comes, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oncall_cli.render.text import one_line

if TYPE_CHECKING:
    from oncall_cli.model.rotation import Duty

_DAYS = {"MO": "Mon", "TU": "Tue", "WE": "Wed", "TH": "Thu", "FR": "Fri", "SA": "Sat", "SU": "Sun"}
_UNITS = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
_PLACES = {"1": "1st", "2": "2nd", "3": "3rd", "4": "4th", "5": "5th", "-1": "last"}
_WORKDAYS = "MO,TU,WE,TH,FR"
_KNOWN = {"FREQ", "INTERVAL", "BYDAY"}


def often(duty: Duty) -> str:
    """Return ``every week, Mon and Wed, at 10:00``; a rule that needs more words is given as it is written."""
    if duty.rrule is None:
        return "the whole shift"
    at = f", at {duty.at}" if duty.at else ""
    return f"{_rule(one_line(duty.rrule))}{at}"


def _rule(written: str) -> str:
    parts = dict(part.partition("=")[::2] for part in written.upper().removeprefix("RRULE:").split(";") if part)
    unit = _UNITS.get(parts.get("FREQ", ""))
    days = [_day(said) for said in parts.get("BYDAY", "").split(",") if said]
    if unit is None or None in days or parts.keys() - _KNOWN:
        return written
    count = parts.get("INTERVAL", "1")
    every = f"every {unit}" if count == "1" else f"every {count} {unit}s"
    if unit == "week" and count == "1" and parts.get("BYDAY") == _WORKDAYS:
        return "every weekday"
    return ", ".join([every, *([" and ".join(filter(None, days))] if days else [])])


def _day(said: str) -> str | None:
    """Return ``Mon``, or ``1st Thu`` for one of a month; None for what is neither."""
    day, place = _DAYS.get(said[-2:]), said[:-2].removeprefix("+")
    if day is None or not place:
        return day
    return f"{_PLACES[place]} {day}" if place in _PLACES else None
