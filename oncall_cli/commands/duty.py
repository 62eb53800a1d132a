"""``oncall duty``: tasks that come again, and the record of each answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from oncall_cli.commands.acting import acting_person, of_rotation, past_moment, states
from oncall_cli.commands.change import make_change
from oncall_cli.commands.options import ActAs, AsJson, DryRun, From, InRotation, MaybeRotation, PastMoment, To
from oncall_cli.commands.session import Session, one_of
from oncall_cli.errors import Refused, WrongUsage
from oncall_cli.model.rotation import Duty
from oncall_cli.model.shift import EntryKind
from oncall_cli.model.time import DAY, Instant, wall_of
from oncall_cli.practice.assigned import RotationState
from oncall_cli.practice.duty_log import occurrences
from oncall_cli.practice.log_target import log_target
from oncall_cli.practice.shift_edits import Line, log_edit
from oncall_cli.render.duty import duties_data, duties_text, instructions_text

Name = Annotated[str, typer.Argument(metavar="ID", help="Which duty.")]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="What came of it.")]
Missed = Annotated[bool, typer.Option("--missed", help="Only those that were missed; by default of the last week.")]


def list_duty(
    ctx: typer.Context,
    rotation: MaybeRotation = None,
    begin: From = None,
    end: To = None,
    missed: Missed = False,
    as_json: AsJson = False,
) -> int:
    """List the duties that fall due, with what the log says of them.

    The default is today.
    """
    session = Session(ctx.obj)
    found = []
    for state in of_rotation(session, states(session), rotation):
        start, until = _window(session, state, begin, end, missed)
        of_state = occurrences(state, start, until)
        found += [one for one in of_state if one.is_missed(session.now)] if missed else of_state
    found.sort(key=lambda one: (one.due, one.rotation, one.duty.id))
    if as_json:
        session.answer(duties_data(found, session.times))
    else:
        people = session.repository.people()
        session.show(duties_text(found, people, session.times, session.given.width, session.given.colour))
    return session.close()


def done_duty(
    ctx: typer.Context,
    duty: Name,
    note: Note = None,
    rotation: InRotation = None,
    at: PastMoment = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Say that a duty is done."""
    session = Session(ctx.obj, acting)
    person, moment = acting_person(session).id, past_moment(session, at)
    state, meant = _duty(of_rotation(session, states(session), rotation), duty)
    line = Line(moment, person, EntryKind.DUTY, note or meant.title, meant.id)
    target = log_target([state], person, session.now, moment)
    day = wall_of(state.day(moment))
    clock = state.schedule.clock
    for one in occurrences(state, clock.instant(day), Instant(clock.instant(day) + 2 * DAY)):
        if one.duty.id == meant.id and one.day == state.day(moment) and one.done:
            raise Refused(
                f"'{meant.id}' was done on that day already, by '{one.done.by}'", hint="see 'oncall duty list'"
            )
    subject = f"{person} has done {meant.id} on {state.id}"
    made = make_change(session, [log_edit(target, line)], subject, dry_run=dry_run, as_json=as_json)
    made.show({"rotation": state.id, "id": meant.id, "by": person}, f"Done: {meant.title}")
    if not dry_run and not as_json and (more := instructions_text(meant, session.given.width)):
        session.tell(more)
    return 0


def _window(
    session: Session, state: RotationState, begin: str | None, end: str | None, missed: bool
) -> tuple[Instant, Instant]:
    """Return from when until when; without a word, the day of the rotation's wall, or for what was missed a week."""
    clock = state.schedule.clock
    midnight = clock.instant(wall_of(state.day(session.now)))
    start = session.when(begin, Instant(session.now - 7 * DAY) if missed else midnight)
    until = session.when(end, session.now if missed else Instant(midnight + DAY + 1))
    if until <= start:
        raise WrongUsage("the window ends before it begins", hint="give a later --to")
    return start, until


def _duty(known: Sequence[RotationState], wanted: str) -> tuple[RotationState, Duty]:
    """Return the duty of that id, and its rotation; raise where there is none, or two rotations have one."""
    found = [(state, duty) for state in known for duty in state.rotation.duties if duty.id == wanted]
    if len(found) > 1:
        names = ", ".join(state.id for state, _ in found)
        raise WrongUsage(f"'{wanted}' is a duty of several rotations: {names}", hint="say which with -r ROTATION")
    if not found:
        one_of(wanted, sorted({duty.id for state in known for duty in state.rotation.duties}), "duty")
    return found[0]
