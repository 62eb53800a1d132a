"""Where things stand for one person: on call now, the next shift, and what is open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.time import DAY, Instant
from oncall_cli.practice.requests import Queued, is_open
from oncall_cli.practice.shifts import is_running

if TYPE_CHECKING:
    from oncall_cli.model.incident import Incident
    from oncall_cli.model.shift import ShiftRecord
    from oncall_cli.schedule.schedule import Schedule
    from oncall_cli.schedule.shift import Shift

_FARTHEST = 400 * DAY


class MyShift(NamedTuple):
    """A shift of mine, and the rotation that it is of."""

    rotation: str
    shift: Shift


class Open(NamedTuple):
    """What is not finished: shifts under way, incidents not resolved, requests not closed."""

    shifts: list[ShiftRecord]
    incidents: list[Incident]
    requests: list[Queued]


def my_shift(schedules: Iterable[Schedule], person: str, now: Instant) -> MyShift | None:
    """Return the shift that the person stands now, or the next one within about a year; None without one."""
    schedules = list(schedules)
    length = 8 * DAY
    while length <= _FARTHEST:
        mine = [
            MyShift(schedule.rotation, shift)
            for schedule in schedules
            for shift in schedule.shifts(now, Instant(now + length), cut=False)
            if person in shift.people
        ]
        if mine:
            return min(mine, key=lambda each: (each.shift.start, each.rotation))
        length *= 7
    return None


def open_or_since(incidents: Iterable[Incident], requests: Iterable[Queued], seen: Instant) -> Open:
    """Return what is not finished, and what came after an instant, finished or not."""
    return Open(
        [],
        [each for each in incidents if each.status != "resolved" or (began(each) or seen) > seen],
        [each for each in requests if is_open(each.request) or each.request.received > seen],
    )


def began(incident: Incident) -> Instant | None:
    """Return when an incident began to hurt, or was noticed, as far as its record tells."""
    known = (incident.impact.started, incident.detected, incident.created)
    return next((moment for moment in known if moment is not None), None)


def still_open(shifts: Iterable[ShiftRecord], incidents: Iterable[Incident], requests: Iterable[Queued]) -> Open:
    """Return what is not finished."""
    return Open(
        [shift for shift in shifts if is_running(shift)],
        [incident for incident in incidents if incident.status != "resolved"],
        [each for each in requests if is_open(each.request)],
    )
