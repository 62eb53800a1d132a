"""Somebody new among the people: what their file says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from oncall_cli.errors import Refused
from oncall_cli.model.person import Person
from oncall_cli.model.zone import Zone
from oncall_cli.practice.edits import RecordEdit


class NewPerson(NamedTuple):
    """What there is to know of somebody who comes; by the e-mail git will know them."""

    id: str
    name: str
    timezone: Zone | None
    email: str | None
    phone: str | None
    chat: str | None
    account: str | None = None


def person_edit(new: NewPerson, people: Mapping[str, Person]) -> RecordEdit:
    """Return what adding somebody writes; refuse an id or a git e-mail that is another's."""
    if new.id in people:
        raise Refused(
            f"there is a person '{new.id}' already: {people[new.id].name}",
            hint="choose another id, such as the first name with a letter of the last",
            place=people[new.id].place(),
        )
    for other in people.values():
        if new.email and new.email.lower() in (email.lower() for email in other.git_emails):
            raise Refused(
                f"the e-mail '{new.email}' is that of '{other.id}' already, and tells git who acts",
                hint="give another one",
                place=other.place("git_emails"),
            )
    return RecordEdit(
        f"rotations/people/{new.id}.yaml",
        new={
            "name": new.name,
            "timezone": str(new.timezone or ""),
            "git_emails": [new.email or ""],
            "account": new.account or "",
            "contact": {"phone": new.phone or "", "email": new.email or "", "chat": new.chat or ""},
        },
    )
