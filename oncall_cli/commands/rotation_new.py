"""``oncall rotation new``: a rotation begins."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import typer

from oncall_cli.commands.options import ActAs, AsJson, DryRun
from oncall_cli.commands.plan import make_planned_change
from oncall_cli.commands.questions import Questions
from oncall_cli.commands.roster import open_session
from oncall_cli.commands.session import Session
from oncall_cli.errors import Refused, WrongUsage
from oncall_cli.model.scalar import parse_text
from oncall_cli.model.time import DAY, HandoffTime, Instant, Period, format_instant
from oncall_cli.model.zone import Zone
from oncall_cli.practice.beginning import parse_rotation_id
from oncall_cli.practice.new_rotation import (
    NewRotation,
    beginning,
    handoff_of,
    parse_all_hours,
    parse_members,
    usual_time,
)
from oncall_cli.practice.roster_refusals import refuse_inactive
from oncall_cli.render.people import names_of
from oncall_cli.schedule.walls import WallClock

Identity = Annotated[str, typer.Argument(metavar="ID", help="Its id, which names its folder: 'platform'.")]
Name = Annotated[str | None, typer.Option("--name", help="Its name.", show_default=False)]
ZoneName = Annotated[
    str | None, typer.Option("--timezone", metavar="ZONE", help="Such as 'Europe/Berlin'; default: the team's.")
]
Every = Annotated[str | None, typer.Option("--every", metavar="PERIOD", help="How often it hands off: '1 week'.")]
HandsOff = Annotated[
    str | None, typer.Option("--at", metavar="TIME", help="When: 'tuesday 09:00', '09:00', '1 09:00' of a month.")
]
Member = Annotated[
    list[str] | None,
    typer.Option("--member", metavar="PERSON", help="A member, in the order of turns; again for each."),
]
Restriction = Annotated[
    list[str] | None, typer.Option("--hours", metavar="HOURS", help="Only then: 'monday-friday 09:00-17:00'; again.")
]
Secondary = Annotated[
    bool | None,
    typer.Option("--secondary/--no-secondary", help="Whoever is next is the secondary.", show_default=False),
]
Since = Annotated[
    str | None, typer.Option("--from", metavar="WHEN", help="The first turn begins then or after; default: now.")
]


def new_rotation(
    ctx: typer.Context,
    identity: Identity,
    name: Name = None,
    timezone: ZoneName = None,
    every: Every = None,
    at: HandsOff = None,
    member: Member = None,
    hours: Restriction = None,
    secondary: Secondary = None,
    since: Since = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Begin a new rotation."""
    session = open_session(ctx, acting)
    _refuse_taken(session, identity)
    said = _Said(name, timezone, every, at, " ".join(member or ()) or None, "; ".join(hours or ()) or None, secondary)
    new = _asked(session, identity, said)
    zone = new.timezone or session.repository.team().timezone
    begun = beginning(new, zone, _earliest(session, since, zone))
    start = f"{session.times.at(begun.start, zone)}, {session.times.distance(begun.start)}"
    first = names_of(new.members[0], session.repository.people())
    return make_planned_change(
        session,
        [begun.edit],
        f"Begin the rotation {identity}",
        dry_run=dry_run,
        as_json=as_json,
        answer={
            "rotation": identity,
            "start": format_instant(begun.start),
            "members": [list(each) for each in new.members],
        },
        text=f"The rotation {identity} begins with {first}: {start}.",
    )


class _Said(NamedTuple):
    """What the options say."""

    name: str | None
    timezone: str | None
    every: str | None
    at: str | None
    members: str | None
    hours: str | None
    secondary: bool | None


def _asked(session: Session, identity: str, said: _Said) -> NewRotation:
    """Put together what was given, what is answered, and what can be told."""
    ask = Questions(session.given.asks, "oncall rotation new")
    usual = session.repository.team().timezone
    name = ask("Its name", "--name", said.name, identity.replace("-", " ").capitalize(), parse_text)
    zone = ask("Its time zone", "--timezone", said.timezone, str(usual), Zone.parse)
    every = ask("How often it hands off", "--every", said.every, "1 week", Period.parse)
    rule = ask("When", "--at", said.at, usual_time(every), lambda text: handoff_of(every, HandoffTime.parse(text)))
    members = ask("Who takes turns, in order", "--member", said.members, "", parse_members)
    hours = ask("Only during (empty: always)", "--hours", said.hours, "", parse_all_hours, needed=False)
    for person in (one for each in members for one in each):
        refuse_inactive(session.person(person))
    secondary = said.secondary
    if secondary is None and session.given.asks and len(members) > 1:
        secondary = typer.confirm("Is whoever is next the secondary", default=True, err=True)
    return NewRotation(identity, name, None if zone == usual else zone, rule, hours, members, bool(secondary))


def _refuse_taken(session: Session, identity: str) -> None:
    """Refuse an id that cannot name a rotation, or does already."""
    try:
        parse_rotation_id(identity)
    except ValueError as wrong:
        raise WrongUsage(f"ID: {wrong}") from None
    if identity in session.repository.rotation_ids():
        raise Refused(
            f"there is a rotation '{identity}' already",
            hint=f"choose another id, or see 'oncall rotation show {identity}'",
        )


def _earliest(session: Session, since: str | None, zone: Zone) -> Instant:
    """Return the instant from which the first turn may begin; a day without a time is one of the rotation's."""
    if since is None:
        return Instant(session.now + 1)
    moment = session.when(since, session.now)
    wall = session.times.clock.wall(moment)
    return moment if wall % DAY else WallClock(zone).instant(wall)
