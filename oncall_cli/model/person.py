"""``rotations/people/<person>.yaml``: somebody who can be on call, and how to reach them."""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import Field, model_validator

from oncall_cli.model.hours import Hours
from oncall_cli.model.record import Flag, Part, Record, Text
from oncall_cli.model.scalar import TextParser
from oncall_cli.model.time import LocalMoment
from oncall_cli.model.zone import Zone

_ACCOUNT = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,253}[A-Za-z0-9_])?")


def parse_account(text: str) -> str:
    """Return ``text`` if it may be the name of an account on a git host, such as GitHub or GitLab."""
    if not _ACCOUNT.fullmatch(text):
        raise ValueError(f"'{text}' is not an account's name: write it without '@', such as 'alice-w'")
    return text


Account = Annotated[str, TextParser(parse_account, "the name of an account", "alice-w")]


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
    account: Account | None = None
    contact: Contact = Contact()
    time_off: tuple[TimeOff, ...] = ()
    availability: tuple[Hours, ...] = ()
    active: Flag = True
