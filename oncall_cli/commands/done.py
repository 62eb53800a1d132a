"""``oncall done``: the checklists of the running shift."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from oncall_cli.commands.acting import acting_person, of_rotation, past_moment, states, with_running
from oncall_cli.commands.change import make_change
from oncall_cli.commands.options import ActAs, AsJson, DryRun, InRotation, PastMoment
from oncall_cli.commands.session import Session
from oncall_cli.errors import Refused, WrongUsage
from oncall_cli.model.shift import ShiftRecord
from oncall_cli.practice.assigned import RotationState
from oncall_cli.practice.checklist import chosen, phases_of
from oncall_cli.practice.edits import RecordEdit
from oncall_cli.practice.shifts import running_of
from oncall_cli.practice.stamps import stamp
from oncall_cli.render.duty import checklist_data, checklist_text
from oncall_cli.render.people import name_of
from oncall_cli.render.text import one_line

Words = Annotated[list[str] | None, typer.Argument(metavar="[ITEM...]", help="Its number, or words that only it has.")]


def done(
    ctx: typer.Context,
    words: Words = None,
    rotation: InRotation = None,
    at: PastMoment = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Tick off an item of the shift's checklists, or see what is left of them."""
    session = Session(ctx.obj, acting)
    person = acting_person(session).id
    state, shift = _running(with_running(session, of_rotation(session, states(session), rotation), person), person)
    phases = phases_of(state.rotation, shift)
    if not words:
        if as_json:
            session.answer(checklist_data(phases))
        else:
            people = session.repository.people()
            names = {"person": name_of(shift.person, people), "rotation": state.rotation.name, "role": shift.role}
            session.show(checklist_text(phases, names, people, session.times))
        return session.close()
    item = chosen(phases, " ".join(words))
    tick = {"text": item.text, "done": stamp(past_moment(session, at), state.zone), "by": person}
    edit = RecordEdit(shift.path, appends=((("checklist",), tick),))
    subject = f"{person} ticks off: {one_line(item.text)}"
    made = make_change(session, [edit], subject, dry_run=dry_run, as_json=as_json)
    made.show({"shift": shift.id, "item": item.text}, f"[x] {one_line(item.text)}")
    return 0


def _running(known: Sequence[RotationState], person: str) -> tuple[RotationState, ShiftRecord]:
    """Return the person's running shift; raise where they have none, or several."""
    found = [(state, shift) for state in known for shift in running_of(state.shifts, person)[:1]]
    if not found:
        raise Refused("you have no shift running, and the checklists are those of a shift", hint="oncall start")
    if len(found) > 1:
        names = ", ".join(state.id for state, _ in found)
        raise WrongUsage(f"you are on duty in several rotations: {names}", hint="say which with -r ROTATION")
    return found[0]
