"""``oncall override``: the overrides of the team."""

from __future__ import annotations

from typing import Annotated

import typer

from oncall_cli.commands.acting import acting_person
from oncall_cli.commands.options import ActAs, AsJson, DryRun, InRotation, MaybeRotation
from oncall_cli.commands.plan import make_planned_change
from oncall_cli.commands.records import pick, show_file, show_rows
from oncall_cli.commands.session import Session
from oncall_cli.commands.setting import InRole, asked_of, search_of, setting_of, window_of
from oncall_cli.errors import WrongUsage
from oncall_cli.model.override import Override
from oncall_cli.practice.cover import leave_open, post_asked
from oncall_cli.practice.new_override import override_edit
from oncall_cli.practice.removal import is_over, removal
from oncall_cli.render.overriding import gap_subject, override_data, override_text, removal_subject
from oncall_cli.render.records import override_rows

Name = Annotated[str, typer.Argument(metavar="ID", help="Which override: its file's name without the ending.")]
All = Annotated[bool, typer.Option("--all", help="Also those that are over.")]
Begin = Annotated[str, typer.Option("--from", metavar="WHEN", help="Where the gap begins.")]
End = Annotated[str, typer.Option("--to", metavar="WHEN", help="Where the gap ends.")]
Why = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why nobody is needed.")]


def list_override(
    ctx: typer.Context, rotation: MaybeRotation = None, everything: All = False, as_json: AsJson = False
) -> int:
    """List the overrides that are under way or to come."""
    session = Session(ctx.obj)
    known = [record for each in session.rotations(rotation) for record in session.repository.overrides(each)]
    found = [record for record in known if everything or not is_over(record, session.now)]
    rows = [row for record in found for row in override_rows(record, session.times)]
    return show_rows(session, found, rows, as_json, "overrides")


def show_override(ctx: typer.Context, override: Name, as_json: AsJson = False) -> int:
    """Show one override."""
    session = Session(ctx.obj)
    known = {record.id: record for each in session.rotations() for record in session.repository.overrides(each)}
    return show_file(session, pick(known, override, "override"), as_json)


def nobody_override(
    ctx: typer.Context,
    begin: Begin,
    end: End,
    reason: Why,
    role: InRole = None,
    rotation: InRotation = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Leave a role to nobody for a while, on purpose."""
    session = Session(ctx.obj, acting)
    by = acting_person(session)
    if not reason.strip():
        raise WrongUsage("--reason is empty", hint="say why nobody is needed")
    setting = setting_of(session)
    post = post_asked(setting, search_of(session, setting, rotation, role))
    made = leave_open(setting, asked_of(by, reason), post, *window_of(session, begin, end))
    schedule = setting.files(post.rotation).schedule
    return make_planned_change(
        session,
        [override_edit(made, schedule.zone)],
        gap_subject(post, made, schedule.clock),
        dry_run=dry_run,
        as_json=as_json,
        answer=override_data(made, post.rotation),
        text=override_text(made, session.repository.people(), session.times, schedule.zone),
    )


def remove_override(
    ctx: typer.Context,
    override: Name,
    rotation: InRotation = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Take an override back: one that has begun ends now.

    One that is still to come is deleted. One that is over is history, and stays.
    """
    session = Session(ctx.obj, acting)
    acting_person(session)
    name, record = _found(session, override, rotation)
    setting = setting_of(session)
    search_of(session, setting, name, None)
    taken_back = removal(setting, record, setting.files(name).schedule.zone)
    return make_planned_change(
        session,
        [taken_back.edit],
        removal_subject(record, name, begun=taken_back.begun),
        dry_run=dry_run,
        as_json=as_json,
        answer=override_data(record, name),
        text=f"{record.id} {'ends now' if taken_back.begun else 'is removed'}.",
    )


def _found(session: Session, wanted: str, rotation: str | None) -> tuple[str, Override]:
    """Return the override of that id and its rotation; two of them may have one of the same name."""
    read = {each: session.repository.overrides(each) for each in session.rotations(rotation)}
    pick({record.id: record for records in read.values() for record in records}, wanted, "override")
    found = [(each, record) for each, records in read.items() for record in records if record.id == wanted]
    if len(found) > 1:
        names = " and ".join(each for each, _ in found)
        raise WrongUsage(f"there is an override '{wanted}' in {names}", hint="say which one with --rotation")
    return found[0]
