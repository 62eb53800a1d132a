"""``oncall action``: what the team decided to do, after incidents and before them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Annotated

import typer

from oncall_cli.commands.acting import acting_person, of_rotation, past_moment, states
from oncall_cli.commands.change import make_change
from oncall_cli.commands.incident_choice import choose
from oncall_cli.commands.options import ActAs, AsJson, DryRun, InRotation, MaybeRotation, PastMoment
from oncall_cli.commands.records import pick
from oncall_cli.commands.session import Session
from oncall_cli.errors import WrongUsage
from oncall_cli.model.incident import ActionKind, Priority
from oncall_cli.model.shift import EntryKind
from oncall_cli.model.time import Instant, day_of, parse_date
from oncall_cli.practice.actions import (
    Item,
    NewAction,
    ToDo,
    add_alone,
    add_to_incident,
    done_edit,
    in_order,
    items,
    to_do,
)
from oncall_cli.practice.assigned import RotationState
from oncall_cli.practice.briefing import shares
from oncall_cli.practice.log_target import LogTarget, running_in
from oncall_cli.practice.shift_edits import Line, log_edit
from oncall_cli.practice.stamps import stamp
from oncall_cli.render.action import action_row, actions_data
from oncall_cli.render.text import columns, one_line
from oncall_cli.schedule.walls import WallClock

Name = Annotated[str, typer.Argument(metavar="ID", help="Which action item: its id, or a part that only it has.")]
Title = Annotated[list[str], typer.Argument(metavar="TITLE...", help="What is to be done.")]
All = Annotated[bool, typer.Option("--all", help="Those that are done as well.")]
Whose = Annotated[str | None, typer.Option("--owner", metavar="PERSON", help="Only this person's.")]
Owner = Annotated[str | None, typer.Option("--owner", metavar="PERSON", help="Who sees to it. [default: who adds it]")]
OfIncident = Annotated[str | None, typer.Option("--incident", metavar="ID", help="The incident that asks for it.")]
KindOption = Annotated[
    ActionKind | None,
    typer.Option("--kind", help="What it is. [default: fix with --incident, else improvement]", show_default=False),
]
Due = Annotated[str | None, typer.Option("--due", metavar="DATE", help="Until when: '2026-12-04', 'friday', 'in 14d'.")]
PriorityOption = Annotated[Priority, typer.Option("--priority", help="How soon it should be done.")]
LinkOption = Annotated[str | None, typer.Option("--link", metavar="URL", help="The issue where the work is.")]


def list_action(
    ctx: typer.Context,
    rotation: MaybeRotation = None,
    whole: All = False,
    owner: Whose = None,
    as_json: AsJson = False,
) -> int:
    """List the action items that are open, overdue and oldest first."""
    session = Session(ctx.obj)
    person = session.person(owner).id if owner else None
    day = today(session)
    found = [
        item
        for item in in_order(all_items(session, rotation), day)
        if (whole or item.is_open) and person in (None, item.action.owner)
    ]
    if as_json:
        session.answer(actions_data(found, day))
    else:
        rows = [action_row(item, day) for item in found]
        none = f"there are no {'' if whole else 'open '}action items"
        session.show("\n".join(columns(rows, session.given.width)) if rows else none)
    return session.close()


def add_action(
    ctx: typer.Context,
    title: Title,
    incident: OfIncident = None,
    rotation: InRotation = None,
    kind: KindOption = None,
    owner: Owner = None,
    due: Due = None,
    priority: PriorityOption = Priority.NORMAL,
    link: LinkOption = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Add an action item: to an incident, or one of its own such as an improvement."""
    session = Session(ctx.obj, acting)
    person = acting_person(session).id
    words = " ".join(title).strip()
    if not words:
        raise WrongUsage("there is nothing to add: the title is empty", hint="oncall action add TITLE")
    usual = ActionKind.FIX if incident else ActionKind.IMPROVEMENT
    keeper = session.person(owner).id if owner else person
    new = NewAction(words, str(kind or usual), keeper, due_day(session, due), str(priority), link)
    if incident:
        name, edit = add_to_incident(choose(session, incident).incident, new)
    else:
        state = _rotation(session, rotation, person)
        day = day_of(WallClock(state.zone).wall(session.now))
        taken = [record.id for record in session.repository.actions(state.id)]
        name, edit = add_alone(state.id, new, day, stamp(session.now, state.zone), taken)
    subject = f"Add the action {name}: {one_line(words)}"
    made = make_change(session, [edit], subject, dry_run=dry_run, as_json=as_json)
    until = f", due {new.due}" if new.due else ""
    made.show(
        {"id": name, "path": edit.path}, f"Added {name} for {keeper}{until}. When it is done: oncall action done {name}"
    )
    return 0


def done_action(
    ctx: typer.Context,
    action: Name,
    at: PastMoment = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Say that an action item is done."""
    session = Session(ctx.obj, acting)
    person, moment = acting_person(session).id, past_moment(session, at)
    item = pick({each.name: each for each in all_items(session)}, action, "action item")
    state = next((each for each in states(session) if each.id == item.rotation), None)
    if state is None:
        raise session.invalid(f"rotations/{item.rotation}/")
    edits = [done_edit(item, day_of(WallClock(state.zone).wall(moment)))]
    if shift := running_in(state, person):
        line = Line(moment, person, EntryKind.TASK, f"Done: {one_line(item.action.title)}", item.name)
        edits.append(log_edit(LogTarget(state, shift, None), line))
    subject = f"{person} has done {item.name}"
    made = make_change(session, edits, subject, dry_run=dry_run, as_json=as_json)
    left = sum(each.is_open for each in all_items(session)) - 1
    made.show({"id": item.name, "path": item.path}, f"Done: {one_line(item.action.title)}. {left} left.")
    return 0


def all_items(session: Session, rotation: str | None = None) -> list[Item]:
    """Return the action items of one rotation, or of all."""
    read = session.repository
    return [
        item for name in session.rotations(rotation) for item in items(name, read.incidents(name), read.actions(name))
    ]


def open_items(session: Session, rotations: Collection[str]) -> list[Item]:
    """Return the action items of rotations that are to be done; what is finished is not read."""
    of = session.unfinished
    found = [item for name in rotations for item in items(name, of("incidents", [name]), of("actions", [name]))]
    return [item for item in found if item.is_open]


def what_to_do(session: Session, person: str | None, rotations: Collection[str] | None = None) -> ToDo:
    """Return the reviews that are late or missing, and the action items that are overdue or the person's own.

    Of some rotations, or of all.
    """
    asked = session.rotations() if rotations is None else rotations
    incidents = session.unfinished("incidents", asked)
    return to_do(incidents, open_items(session, asked), session.repository.team(), person, today(session))


def today(session: Session) -> date:
    """Return the day on the team's wall."""
    return day_of(WallClock(session.repository.team().timezone).wall(session.now))


def due_day(session: Session, said: str | None) -> date | None:
    """Return the day that the words mean; it may have passed, for what is written down afterwards."""
    if said is None:
        return None
    try:
        return parse_date(said)
    except ValueError:
        moment: Instant = session.when(said, session.now)
        return day_of(WallClock(session.repository.team().timezone).wall(moment))


def _rotation(session: Session, wanted: str | None, person: str) -> RotationState:
    """Return where it belongs: the rotation named, or the only one that the person shares."""
    known = of_rotation(session, states(session), wanted)
    shared = [state for state in known if shares(state, person)]
    found = next((some for some in (shared, known) if len(some) == 1), None)
    if found is None:
        names = ", ".join(state.id for state in shared or known)
        raise WrongUsage(f"this does not say in which rotation: there are {names}", hint="say which with -r ROTATION")
    return found[0]
