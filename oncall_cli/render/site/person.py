"""The pages about people: all of them, and one for each with their shifts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.time import WEEK, Instant
from oncall_cli.render.text import one_line

if TYPE_CHECKING:
    from oncall_cli.model.rotation import Rotation
    from oncall_cli.model.zone import Zone
    from oncall_cli.practice.feeds import Feed
    from oncall_cli.render.site.frame import Frame
    from oncall_cli.schedule.shift import Shift

COMING = 13 * WEEK
"""How far ahead the shifts of a person are listed; their calendar has a year."""


class Stood(NamedTuple):
    """A shift of somebody, and the rotation that it is of."""

    shift: Shift
    rotation: Rotation


class Somebody(NamedTuple):
    """A person with the shifts to come."""

    id: str
    zone: Zone
    shifts: list[Stood]
    rotations: list[Rotation]


def people_pages(frame: Frame) -> dict[str, bytes]:
    """Return the list of everybody, and the page of each."""
    everybody = _everybody(frame)
    found = frame.page("people/index.html", "people.html", {"title": "People", "everybody": everybody})
    for each in everybody:
        record = frame.facts.state.people[each.id]
        values = {"title": one_line(record.name), "record": record, "who": each, "calendars": _feeds(frame, each.id)}
        found.update(frame.page(f"people/{each.id}.html", "person.html", values))
    return found


def _feeds(frame: Frame, person: str) -> list[Feed]:
    return [feed for feed in frame.facts.feeds if feed.person == person]


def _everybody(frame: Frame) -> list[Somebody]:
    state, day = frame.facts.state, frame.facts.day
    shifts: dict[str, list[Stood]] = {person: [] for person in state.people}
    for files in state.rotations.values():
        for shift in files.schedule.shifts(day, Instant(day + COMING), cut=False):
            for person in shift.people:
                shifts.setdefault(person, []).append(Stood(shift, files.record))
    return [
        Somebody(
            person,
            state.zone_of(person),
            sorted(shifts[person], key=lambda one: (one.shift.start, one.rotation.id, one.shift.role)),
            list({one.rotation.id: one.rotation for one in shifts[person]}.values()),
        )
        for person in sorted(state.people, key=lambda each: one_line(state.people[each].name).casefold())
    ]
