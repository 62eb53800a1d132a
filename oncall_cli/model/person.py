"""``rotations/people/<person>.yaml``: somebody who can be on call, and how to reach them."""

import re
from typing import Annotated, Self

from pydantic import Field, model_validator

from oncall_cli.model.hours import Hours
from oncall_cli.model.patterns import Written
from oncall_cli.model.record import Flag, Part, Record, Text
from oncall_cli.model.scalar import TEXT, TextParser
from oncall_cli.model.time import LocalMoment
from oncall_cli.model.zone import Zone

_ACCOUNT = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,253}[A-Za-z0-9_])?")

_WRITTEN: Written = {**TEXT, "pattern": f"^{_ACCOUNT.pattern.replace('?:', '')}$", "minimum": 0}


def parse_account(text: str) -> str:
    """Return ``text`` if it may be the name of an account on a git host, such as GitHub or GitLab."""
    if not _ACCOUNT.fullmatch(text):
        raise ValueError(f"'{text}' is not an account's name: write it without '@', such as 'alice-w'")
    return text


Account = Annotated[str, TextParser(parse_account, "the name of an account", "alice-w", _WRITTEN)]


class Contact(Part):
    """The ways to reach somebody."""

    phone: Text | None = None
    """A telephone number, with its country."""
    email: Text | None = None
    """An e-mail address."""
    chat: Text | None = None
    """A name in the chat."""

    def ways(self) -> dict[str, str]:
        """Return the ways that are known, by kind, the fastest first."""
        known = {"phone": self.phone, "chat": self.chat, "email": self.email}
        return {kind: way for kind, way in known.items() if way}


class TimeOff(Part):
    """Days, or part of one, on which a person is away; ``until`` is exclusive, in the person's zone."""

    from_: LocalMoment = Field(alias="from")
    """The first day away, or the time on it."""
    until: LocalMoment
    """The first day back."""
    note: Text | None = None
    """Why, if it may be said."""

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.until.wall <= self.from_.wall:
            raise ValueError(f"'until: {self.until}' is not after 'from: {self.from_}': it is the first day back")
        return self


class Person(Record):
    """Somebody who can be on call."""

    name: Text
    """The full name."""
    timezone: Zone | None = None
    """Where they live; without it, the team's."""
    git_emails: tuple[Text, ...] = ()
    """The e-mails of their commits, by which the program knows them."""
    account: Account | None = None
    """The name of their account on the git host."""
    contact: Contact = Contact()
    """The ways to reach them."""
    time_off: tuple[TimeOff, ...] = ()
    """When they are away."""
    availability: tuple[Hours, ...] = ()
    """The hours of the week in which they can be on call."""
    active: Flag = True
    """'false' for somebody who has left."""
