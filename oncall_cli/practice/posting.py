"""Where a team posts what happens, and what is said there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple, Self

from oncall_cli.model.person import Person
from oncall_cli.model.rotation import Rotation
from oncall_cli.model.team import Event, Team

# In the address of a personal destination one of these stands for whoever is told.
PLACEHOLDERS = ("{email}", "{phone}", "{chat}", "{account}", "{id}")


class Post(NamedTuple):
    """What is posted; ``title`` is a line, ``body`` may be several."""

    title: str
    body: str


class Waiting(NamedTuple):
    """A post that did not arrive: the variables of the destinations that have not got it, by name."""

    variables: Mapping[str, str]
    title: str
    body: str

    @property
    def post(self) -> Post:
        """What is to be posted."""
        return Post(self.title, self.body)

    @classmethod
    def read(cls, kept: Any) -> Self | None:
        """Return what was kept; None for what cannot be understood."""
        if not isinstance(kept, list) or [type(one) for one in kept] != [dict, str, str]:
            return None
        return cls(*kept)


def variables(team: Team, rotation: Rotation | None, event: Event) -> dict[str, str]:
    """Return the variable of each destination for an event, by its name.

    A rotation adds destinations to the team's, or replaces them; without a word in ``posts`` all of them are told.
    """
    known = {**team.destinations, **(rotation.destinations if rotation else {})}
    said = rotation.posts if rotation and event in rotation.posts else team.posts
    wanted = said.get(event)
    return known if wanted is None else {name: known[name] for name in wanted if name in known}


def is_personal(address: str) -> bool:
    """Whether an address leads to one person, who is to be filled in."""
    return any(placeholder in address for placeholder in PLACEHOLDERS)


def ways_to(person: Person) -> dict[str, str]:
    """Return what fills the placeholders of a personal address, as far as the person's file says it."""
    contact = person.contact
    known = {
        "email": contact.email or next(iter(person.git_emails), None),
        "phone": contact.phone,
        "chat": contact.chat.lstrip("@") if contact.chat else None,
        "account": person.account,
        "id": person.id,
    }
    return {way: said for way, said in known.items() if said}


def fits(address: str, ways: Collection[str]) -> bool:
    """Whether somebody of whom these ways are known can be reached at a personal address."""
    needed = [placeholder.strip("{}") for placeholder in PLACEHOLDERS if placeholder in address]
    return all(way in ways for way in needed)
