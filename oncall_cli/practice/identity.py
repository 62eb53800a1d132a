"""Who is acting: the person to whom an e-mail of git's belongs."""

from __future__ import annotations

from collections.abc import Mapping

from oncall_cli.errors import Refused
from oncall_cli.model.person import Person

_SAY_WHO = "or say who you are with --as PERSON or ONCALL_PERSON"


def person_of_email(email: str | None, people: Mapping[str, Person]) -> str:
    """Return the id of the person to whom ``email`` belongs; raise ``Refused`` unless it is exactly one."""
    if not email:
        raise Refused(
            "nobody knows who you are: git has no user.email",
            hint=f"git config user.email you@example.com, {_SAY_WHO}",
        )
    found = [id_ for id_, person in people.items() if _has_email(person, email)]
    if not found:
        raise Refused(
            f"nobody here has the e-mail '{email}' that git names",
            hint=f"add it to 'git_emails' in rotations/people/<you>.yaml, {_SAY_WHO}",
        )
    if len(found) > 1:
        raise Refused(
            f"{' and '.join(sorted(found))} have the same e-mail '{email}'",
            hint=f"leave it in one of their files in rotations/people/, {_SAY_WHO}",
        )
    return found[0]


def known_person(email: str, people: Mapping[str, Person]) -> str | None:
    """Return the id of the one person to whom ``email`` belongs, None where it is nobody or not one alone."""
    found = [id_ for id_, person in people.items() if _has_email(person, email)]
    return found[0] if len(found) == 1 else None


def must_be_active(person: Person) -> None:
    """Raise ``Refused`` for somebody who has left the team."""
    if not person.active:
        raise Refused(
            f"{person.name} has left: '{person.id}' is not active",
            hint=f"remove 'active: false' from {person.path} if that is wrong, {_SAY_WHO}",
        )


def _has_email(person: Person, email: str) -> bool:
    return email.casefold() in (known.casefold() for known in person.git_emails)
