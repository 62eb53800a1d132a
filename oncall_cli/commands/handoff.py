"""``oncall handoff``: what a shift hands over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from oncall_cli.commands.acting import of_rotation, states
from oncall_cli.commands.options import AsJson, MaybeRotation
from oncall_cli.commands.posting import post
from oncall_cli.commands.records import record_data
from oncall_cli.commands.session import Session
from oncall_cli.errors import NothingFound
from oncall_cli.model.suggest import suggestion
from oncall_cli.model.team import Event
from oncall_cli.practice.assigned import RotationState
from oncall_cli.practice.handoff import Handoff, handoff_of, shift_to_hand_over
from oncall_cli.render.handoff import handoffs_markdown
from oncall_cli.render.post import handoff_post

ShiftId = Annotated[
    str | None, typer.Option("--shift", metavar="SHIFT", help="A shift by its id, such as 2026-11-17-dan-primary.")
]

ToPost = Annotated[bool, typer.Option("--post", help="Post it to the team's destinations as well.")]


def handoff(
    ctx: typer.Context,
    rotation: MaybeRotation = None,
    shift: ShiftId = None,
    to_post: ToPost = False,
    as_json: AsJson = False,
) -> int:
    """Print what a shift hands over, as Markdown: the last that ended, or the running one, of each rotation."""
    session = Session(ctx.obj)
    known = of_rotation(session, states(session, all_years=shift is not None), rotation)
    found = _handoffs(known, shift)
    if as_json:
        session.answer([record_data(session, each.shift) for each in found])
    else:
        session.show(handoffs_markdown(found, session.repository.people()))
    for each in found if to_post else ():
        said = handoff_post("Handoff", each, session.repository.people())
        post(session, session.repository.rotation(each.rotation_id), Event.HANDOFF, said)
    return session.close()


def _handoffs(known: Sequence[RotationState], shift: str | None) -> list[Handoff]:
    """Return the handoffs asked for; raise ``NothingFound`` when there is none."""
    chosen = [(state, shift_to_hand_over(state, shift)) for state in known]
    found = [handoff_of(state, record) for state, record in chosen if record]
    if found:
        return found
    if shift is None:
        raise NothingFound("no shift has been recorded yet", hint="begin one with 'oncall start'")
    ids = [record.id for state in known for record in state.shifts]
    raise NothingFound(f"there is no shift '{shift}'", hint=suggestion(shift, ids, "shift"))
