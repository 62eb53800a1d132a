"""How somebody is called where a review is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oncall_cli.model.person import Person

_HOSTED = re.compile(r"(?:\d+\+)?([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))@users\.noreply\.github\.com", re.IGNORECASE)


class Code(str):
    """Text that is shown as it is written, letter by letter."""

    __slots__ = ()


class Calling(str):
    """The handle of an account at the git host, which is told of the review; letters, digits and hyphens."""

    __slots__ = ()


Cell = str | Code | Calling


def handle_of(person: Person | None) -> Cell:
    """Return the account at the git host that an e-mail of git tells, else the chat handle, else the e-mail."""
    if person is None:
        return ""
    hosted = next((found[1] for email in person.git_emails if (found := _HOSTED.fullmatch(email))), None)
    if hosted:
        return Calling(f"@{hosted}")
    return Code(person.contact.chat or person.contact.email or next(iter(person.git_emails), ""))
