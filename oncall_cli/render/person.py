"""A person for a reader: one line in a list, or contact, time off and the shifts ahead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from oncall_cli.render.people import ways_of
from oncall_cli.render.schedule import Listing
from oncall_cli.render.text import columns, one_line
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.model.person import Person


def person_row(person: Person) -> list[str]:
    """Return the cells of a person in a list: id, name, zone, and how to reach them."""
    left = "" if person.active else " (left)"
    return [person.id, f"{one_line(person.name)}{left}", str(person.timezone or ""), ways_of(person.contact)]


def person_text(person: Person, listings: Iterable[Listing], times: Times) -> str:
    """Return everything about a person, and their shifts in their own zone."""
    lines = [f"{person.id}  {one_line(person.name)}  ({person.path})"]
    lines += [f"  {kind}: {one_line(way)}" for kind, way in person.contact.ways().items()]
    lines += [f"  away {off.from_} to {off.until}{_because(off.note)}" for off in person.time_off]
    shifts = [(shift, listing.rotation.id) for listing in listings for shift in listing.shifts]
    rows = [
        [f"  {times.until(shift.start, shift.end)}", f"{rotation} {shift.role}"]
        for shift, rotation in sorted(shifts, key=lambda each: (each[0].start, each[1]))
    ]
    return "\n".join([*lines, "", *(columns(rows) or ["  no shift in the next eight weeks"]), "", times.note()])


def _because(note: str | None) -> str:
    return f", {one_line(note)}" if note else ""
