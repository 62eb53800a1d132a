"""How somebody is called where a review is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oncall_cli.model.person import Person


class Code(str):
    """Text that is shown as it is written, letter by letter."""

    __slots__ = ()


class Calling(str):
    """The handle of an account at the git host, whose owner is to be told of the review."""

    __slots__ = ()


Cell = str | Code | Calling


def handle_of(person: Person | None) -> Cell:
    """Return the account at the git host, else the chat handle, else an e-mail; empty where there is none."""
    if person is None:
        return ""
    if person.account:
        return Calling(f"@{person.account}")
    return Code(person.contact.chat or person.contact.email or next(iter(person.git_emails), ""))
