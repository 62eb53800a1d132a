"""People as a reader sees them: names, and the ways to reach them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from oncall_cli.render.text import columns, one_line

if TYPE_CHECKING:
    from oncall_cli.model.person import Contact, Person
    from oncall_cli.render.schedule import Listing
    from oncall_cli.render.times import Times


def name_of(person: str, people: Mapping[str, Person]) -> str:
    """Return the name of the person with that id, or the id where no file tells the name."""
    known = people.get(person)
    return one_line(known.name) if known else person


def names_of(ids: Iterable[str], people: Mapping[str, Person]) -> str:
    """Return the names, joined as in a sentence; ``nobody`` when there are none."""
    names = [name_of(person, people) for person in ids]
    if len(names) < 2:
        return names[0] if names else "nobody"
    return f"{', '.join(names[:-1])} and {names[-1]}"


def ways_of(contact: Contact | None) -> str:
    """Return the ways to reach somebody on one line, the fastest first."""
    return ", ".join(one_line(way) for way in contact.ways().values()) if contact else ""


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
