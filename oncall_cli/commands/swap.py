"""``oncall swap``: two people exchange two shifts."""

from __future__ import annotations

from typing import Annotated

import typer

from oncall_cli.commands.acting import acting_person
from oncall_cli.commands.options import ActAs, AsJson, DryRun, InRotation
from oncall_cli.commands.plan import make_planned_change
from oncall_cli.commands.session import Session
from oncall_cli.commands.setting import InRole, Reason, asked_of, named_of, search_of, setting_of
from oncall_cli.practice.new_override import override_edit
from oncall_cli.practice.removal import removal
from oncall_cli.practice.swap import earlier_swap, pair
from oncall_cli.practice.swap import swap as swapped
from oncall_cli.render.overriding import override_data, override_text, removal_subject, swap_subject

One = Annotated[str, typer.Argument(metavar="A", help="Whose shift is exchanged.")]
Other = Annotated[str, typer.Argument(metavar="B", help="With whom.")]
First = Annotated[str, typer.Option("--shift", metavar="next|DATE", help="Which shift of A.")]
Second = Annotated[str, typer.Option("--with", metavar="next|DATE", help="Which shift of B.")]


def swap(
    ctx: typer.Context,
    one: One,
    other: Other,
    first: First = "next",
    second: Second = "next",
    role: InRole = None,
    rotation: InRotation = None,
    reason: Reason = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Exchange two shifts of two people.

    For that time they change places in the whole rotation. To swap the same shifts again takes it back.
    """
    session = Session(ctx.obj, acting)
    by = acting_person(session)
    people = session.repository.people()
    both = (session.person(one).id, session.person(other).id)
    setting = setting_of(session)
    named = (named_of(first, "--shift"), named_of(second, "--with"))
    shifts = pair(setting, both, named, search_of(session, setting, rotation, role))
    schedule = setting.files(shifts.one.rotation).schedule
    if earlier := earlier_swap(setting, shifts):
        taken_back = removal(setting, earlier, schedule.zone)
        edit, made, text = taken_back.edit, earlier, f"The swap {earlier.id} is taken back."
        subject = removal_subject(earlier, shifts.one.rotation, begun=taken_back.begun)
    else:
        made = swapped(setting, asked_of(by, reason), shifts)
        edit, text = override_edit(made, schedule.zone), override_text(made, people, session.times, schedule.zone)
        subject = swap_subject(shifts, schedule.clock)
    answer = override_data(made, shifts.one.rotation)
    return make_planned_change(session, [edit], subject, dry_run=dry_run, as_json=as_json, answer=answer, text=text)
