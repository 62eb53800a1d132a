"""``oncall timeoff``: when people are away, and who could cover for them."""

from __future__ import annotations

from typing import Annotated

import typer

from oncall_cli.commands.acting import acting_person
from oncall_cli.commands.options import ActAs, AsJson, DryRun
from oncall_cli.commands.plan import make_planned_change
from oncall_cli.commands.session import Session
from oncall_cli.commands.setting import setting_of
from oncall_cli.errors import WrongUsage
from oncall_cli.model.time import LocalMoment
from oncall_cli.practice.timeoff import adding, collisions, off_that_begins, removing, time_off, upcoming
from oncall_cli.render.text import columns
from oncall_cli.render.timeoff import CollisionText, away_subject, back_subject, time_off_data, time_off_row

Who = Annotated[str | None, typer.Argument(metavar="[PERSON]", help="Who is away; default: you.", show_default=False)]
Whose = Annotated[
    str | None, typer.Argument(metavar="[PERSON]", help="One person; default: everybody.", show_default=False)
]
First = Annotated[str, typer.Option("--from", metavar="DATE", help="The first day off, or a local time on it.")]
Until = Annotated[str, typer.Option("--until", metavar="DATE", help="The first day back; it is not off any more.")]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Why; everybody can read it.")]
Words = Annotated[list[str], typer.Argument(metavar="[PERSON] FROM", help="Whose (default: yours), and its first day.")]
All = Annotated[bool, typer.Option("--all", help="Also what is over.")]


def list_timeoff(ctx: typer.Context, person: Whose = None, everything: All = False, as_json: AsJson = False) -> int:
    """List the time off that is under way or to come."""
    session = Session(ctx.obj)
    people = session.repository.people()
    chosen = [session.person(person)] if person else list(people.values())
    setting = setting_of(session)
    found = [each for one in chosen for each in upcoming(setting, one, everything=everything)]
    if as_json:
        session.answer([time_off_data(people[who], off) for who, off in found])
    else:
        rows = [time_off_row(who, off, people) for who, off in found]
        session.show("\n".join(columns(rows, session.given.width)) if rows else "nobody is away")
    return session.close()


def add_timeoff(
    ctx: typer.Context,
    begin: First,
    until: Until,
    person: Who = None,
    note: Note = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Say that somebody is away, and see who could cover their shifts.

    --until is the first day back: for one day off it is the day after.
    """
    session = Session(ctx.obj, acting)
    by = acting_person(session)
    whose = session.person(person) if person else by
    off = time_off(_moment(begin, "--from"), _moment(until, "--until"), (note or "").strip() or None)
    edit = adding(whose, off)
    setting = setting_of(session)
    found = collisions(setting, whose.id, off)
    told = CollisionText(setting, session.times, session.given.width)
    text = told.of(whose.id, off, found)
    if dry_run and not as_json:
        session.show(f"{text}\n")
    return make_planned_change(
        session,
        [edit],
        away_subject(whose.id, off),
        dry_run=dry_run,
        as_json=as_json,
        answer={**time_off_data(whose, off), "collisions": told.data(found)},
        text=text,
    )


def remove_timeoff(
    ctx: typer.Context, words: Words, acting: ActAs = None, dry_run: DryRun = False, as_json: AsJson = False
) -> int:
    """Take time off back, by its first day."""
    session = Session(ctx.obj, acting)
    by = acting_person(session)
    if len(words) > 2:
        raise WrongUsage("this is more than a person and a day", hint="oncall timeoff remove [PERSON] FROM")
    whose = session.person(words[0]) if len(words) == 2 else by
    off = off_that_begins(whose, _moment(words[-1], "FROM"))
    return make_planned_change(
        session,
        [removing(whose, off)],
        back_subject(whose.id, off),
        dry_run=dry_run,
        as_json=as_json,
        answer=time_off_data(whose, off),
        text=f"{back_subject(whose.id, off)} any more.",
    )


def _moment(said: str, option: str) -> LocalMoment:
    try:
        return LocalMoment.parse(said.strip())
    except ValueError as wrong:
        raise WrongUsage(f"{option}: {wrong}") from None
