"""What others changed in the team's files while somebody was away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from oncall_cli.model.person import Person
from oncall_cli.model.time import Instant


class Changed(NamedTuple):
    """A commit: its short name, its author, when, its first line, and the files of interest that it changed."""

    short: str
    author_name: str
    author_email: str
    at: Instant
    subject: str
    files: tuple[str, ...]


def paths_to_watch(rotations: Iterable[str]) -> list[str]:
    """Return what somebody who takes turns in these rotations wants to hear of; logs and records tell of themselves."""
    own = [f"rotations/{name}/{what}" for name in rotations for what in ("rotation.yaml", "overrides")]
    return ["oncall.yaml", "runbooks", "templates", *own]


def by_others(changes: Iterable[Changed], me: Person) -> list[Changed]:
    """Return the changes that somebody else made."""
    mine = {email.casefold() for email in me.git_emails}
    return [each for each in changes if each.author_email.casefold() not in mine]


def author_of(changed: Changed, people: Mapping[str, Person]) -> str:
    """Return the person who made a change, else the name that git knows."""
    email = changed.author_email.casefold()
    known = (person.name for person in people.values() if email in _folded(person.git_emails))
    return next(known, changed.author_name)


def _folded(emails: Collection[str]) -> set[str]:
    return {email.casefold() for email in emails}
