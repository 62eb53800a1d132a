"""What a command that changes who is on call begins with: the files, and which time or shift is asked for."""

from __future__ import annotations

from typing import Annotated

import typer

from oncall_cli.commands.plan import team_state
from oncall_cli.commands.session import Session, one_of
from oncall_cli.errors import WrongUsage
from oncall_cli.model.person import Person
from oncall_cli.model.time import Instant, parse_date
from oncall_cli.practice.cover import Asked
from oncall_cli.practice.setting import Setting
from oncall_cli.practice.shift_asked import NEXT, Named, Search

InRole = Annotated[
    str | None, typer.Option("--role", metavar="ROLE", help="In which role. [default: primary, if they have it]")
]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why, for whoever reads it later.")]
Begin = Annotated[str | None, typer.Option("--from", metavar="WHEN", help="Where the time begins.")]
End = Annotated[str | None, typer.Option("--to", metavar="WHEN", help="Where the time ends.")]


def setting_of(session: Session) -> Setting:
    """Return what a change is decided on: all rotations and people that can be read."""
    return Setting(team_state(session.repository), session.now, session.times.clock)


def search_of(session: Session, setting: Setting, rotation: str | None, role: str | None) -> Search:
    """Return where to look for a shift; raise ``NothingFound`` for a rotation or a role that does not exist."""
    if rotation is not None:
        session.rotations(rotation)
        if rotation not in setting.team.rotations:
            raise session.invalid(f"rotations/{rotation}/")
    if role is not None:
        one_of(
            role, {known for name in setting.chosen(rotation) for known in setting.state(name).schedule.roles}, "role"
        )
    return Search(rotation, role)


def named_of(said: str, option: str) -> Named:
    """Return which shift is meant by ``next`` or a date."""
    if said.strip().lower() == NEXT:
        return None
    try:
        return parse_date(said.strip())
    except ValueError:
        raise WrongUsage(
            f"{option}: '{said}' names no shift", hint="write 'next' or a date such as '2026-12-22'"
        ) from None


def window_of(session: Session, begin: str | None, end: str | None) -> tuple[Instant, Instant]:
    """Return the time asked for, from now unless said otherwise; its end must be said."""
    if end is None:
        raise WrongUsage("it is not said until when", hint="say --from and --to, or --shift")
    return session.when(begin, session.now), session.when(end, session.now)


def asked_of(by: Person, reason: str | None) -> Asked:
    """Return who asks, and why."""
    return Asked(by.id, (reason or "").strip() or None)
