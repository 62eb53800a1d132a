"""A commit for a person: who made it, when, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from oncall_cli.model.time import MINUTE, Instant, format_instant
from oncall_cli.practice.identity import known_person
from oncall_cli.render.people import name_of
from oncall_cli.render.text import one_line, wrapped

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.render.times import Times
    from oncall_cli.repository.history import Commit

SHORT = 9


def author_of(commit: Commit, people: Mapping[str, Person]) -> str:
    """Return who made a commit: the person of the team with the author's e-mail, else the name that git has."""
    person = known_person(commit.author_email, people)
    return name_of(person, people) if person else one_line(commit.author_name) or one_line(commit.author_email)


def minute_of(moment: int) -> Instant:
    """Return the minute in which a commit was made; its seconds tell nobody anything."""
    return Instant(moment - moment % MINUTE)


def as_of_text(commit: Commit, people: Mapping[str, Person], times: Times, width: int = 80) -> str:
    """Return the sentence that says which commit answers."""
    who, when = author_of(commit, people), times.at(minute_of(commit.committed))
    said = f"As of commit {commit.sha[:SHORT]}, {when} by {who}: {one_line(commit.subject)}"
    return "\n".join(wrapped(said, width, indent="  "))


def commit_data(commit: Commit, people: Mapping[str, Person]) -> dict[str, Any]:
    """Return a commit for a script; the person is null for an author who is nobody of the team."""
    return {
        "commit": commit.sha,
        "author": {"name": commit.author_name, "email": commit.author_email},
        "person": known_person(commit.author_email, people),
        "committed": format_instant(Instant(commit.committed)),
        "subject": commit.subject,
    }
