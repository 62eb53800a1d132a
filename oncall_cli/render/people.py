"""People as a reader sees them: names, and the ways to reach them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from oncall_cli.render.text import one_line

if TYPE_CHECKING:
    from oncall_cli.model.person import Contact, Person


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
