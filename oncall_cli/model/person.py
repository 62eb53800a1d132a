"""``rotations/people/<person>.yaml``: somebody who can be on call, and how to reach them."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from oncall_cli.model.hours import Hours
from oncall_cli.model.record import Flag, Part, Record, Text
from oncall_cli.model.time import LocalMoment
from oncall_cli.model.zone import Zone


class Contact(Part):
    """The ways to reach somebody."""

    phone: Text | None = None
    email: Text | None = None
    chat: Text | None = None

    def ways(self) -> dict[str, str]:
        """Return the ways that are known, by kind, the fastest first."""
        known = {"phone": self.phone, "chat": self.chat, "email": self.email}
        return {kind: way for kind, way in known.items() if way}


class TimeOff(Part):
    """Days, or part of one, on which a person is away; ``until`` is exclusive, in the person's zone."""

    from_: LocalMoment = Field(alias="from")
    until: LocalMoment
    note: Text | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.until.wall <= self.from_.wall:
            raise ValueError(f"'until: {self.until}' is not after 'from: {self.from_}': it is the first day back")
        return self


class Person(Record):
    """Somebody who can be on call."""

    name: Text
    timezone: Zone | None = None
    git_emails: tuple[Text, ...] = ()
    contact: Contact = Contact()
    time_off: tuple[TimeOff, ...] = ()
    availability: tuple[Hours, ...] = ()
    active: Flag = True
