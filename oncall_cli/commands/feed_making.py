"""What the feeds of a team are made of, read from its repository."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.errors import Refused, Unreadable
from oncall_cli.model.time import Instant
from oncall_cli.practice.feeds import (
    Feed,
    FeedKind,
    RotationEntries,
    duties_of,
    entries_of,
    gaps_of,
    whole_set,
)
from oncall_cli.practice.private_feeds import LEAST_LENGTH, private_set
from oncall_cli.render.ics import FeedContext
from oncall_cli.repository.last_change import last_changes

if TYPE_CHECKING:
    from oncall_cli.commands.session import Session

SECRET = "ONCALL_FEED_SECRET"


class FeedWishes(NamedTuple):
    """What feeds are to hold besides shifts, and how they are to look."""

    gaps: bool = False
    duties: bool = False
    all_day: bool = False
    alarms: tuple[int, ...] = ()


SHIFTS_ALONE = FeedWishes()


def rotation_entries(
    session: Session, wanted: str | None, window: tuple[Instant, Instant], wishes: FeedWishes = SHIFTS_ALONE
) -> list[RotationEntries]:
    """Return what the window holds of the rotations; whole, so that the window decides only which there are."""
    return [
        entries_of(schedule, *window)._replace(
            gaps=gaps_of(schedule, *window) if wishes.gaps else (),
            duties=duties_of(record, schedule, *window) if wishes.duties else (),
        )
        for record, schedule in session.schedules(wanted)
    ]


def feed_context(
    session: Session, rotations: Sequence[RotationEntries], wishes: FeedWishes = SHIFTS_ALONE
) -> FeedContext:
    """Return what all feeds share."""
    repository = session.repository
    changed = last_changes(repository, [each.rotation for each in rotations])
    zones = {name: record.timezone for name, record in repository.rotations().items() if record.timezone}
    people = repository.people()
    return FeedContext(repository.team().name, people, changed, zones, wishes.all_day, wishes.alarms)


def team_feeds(
    session: Session, rotations: list[RotationEntries], wishes: FeedWishes = SHIFTS_ALONE, *, private: bool = False
) -> list[Feed]:
    """Return the whole set of the team's feeds, on request under their private paths."""
    names = {person: record.name for person, record in session.repository.people().items()}
    extras = [kind for kind, wished in ((FeedKind.GAPS, wishes.gaps), (FeedKind.DUTIES, wishes.duties)) if wished]
    team = session.repository.team().name
    feeds = whole_set(team, rotations, names, extras)
    return private_set(feeds, feed_secret(session)) if private else feeds


def feed_secret(session: Session) -> str:
    """Return the secret that private paths are made of; it is printed nowhere."""
    secret = session.given.environment.get(SECRET, "")
    if not secret:
        hint = "make one with 'openssl rand -hex 32', and keep it where your passwords are"
        raise Refused(f"private feeds need a secret, and the environment variable {SECRET} is not set", hint)
    if len(secret) < LEAST_LENGTH:
        message = f"the secret in {SECRET} is shorter than {LEAST_LENGTH} characters, and could be guessed"
        raise Refused(message, "make a new one with 'openssl rand -hex 32'")
    return secret


def refuse_half(session: Session) -> None:
    """Refuse to publish from files that cannot be read: the shifts in them would vanish from calendars."""
    for problem in session.repository.problems:
        message = f"nothing was written, because an invalid file would leave shifts out: {problem.message}"
        raise Unreadable(message, problem.hint, problem.place)
