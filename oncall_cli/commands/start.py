"""``oncall start``: report for duty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from oncall_cli.commands.acting import acting_person, of_rotation, past_moment, states
from oncall_cli.commands.change import make_change
from oncall_cli.commands.options import ActAs, AsJson, DryRun, MaybeRotation, PastMoment
from oncall_cli.commands.session import Session
from oncall_cli.errors import Refused, WrongUsage
from oncall_cli.model.time import Instant
from oncall_cli.practice.assigned import RotationState
from oncall_cli.practice.briefing import briefing, news, shares
from oncall_cli.practice.edits import begin_edits
from oncall_cli.practice.standing import Open, still_open
from oncall_cli.practice.start import Begin, begins, decide
from oncall_cli.render.refusal import no_start
from oncall_cli.render.start import StartScreen, start_data, start_subject, start_text

Cover = Annotated[bool, typer.Option("--cover", help="Stand in for whoever is on call, and say so in the schedule.")]


def start(
    ctx: typer.Context,
    rotation: MaybeRotation = None,
    cover: Cover = False,
    at: PastMoment = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Report for duty: begin your shift and see what you need to know."""
    session = Session(ctx.obj, acting)
    person = acting_person(session).id
    moment = past_moment(session, at)
    known = {state.id: state for state in states(session)}
    asked = _asked(of_rotation(session, list(known.values()), rotation), person, cover=cover)
    begun = _begun(session, asked, person, moment, cover=cover)
    edits = [edit for begin in begun for edit in begin_edits(begin, known[begin.shift.rotation], session.now)]
    screen = _screen(session, begun, known, person)
    text = start_text(screen, session.times, session.given.width, session.given.colour)
    made = make_change(session, edits, start_subject(begun), dry_run=dry_run, as_json=as_json)
    made.show(start_data(screen), text)
    return 0


def _asked(states: Sequence[RotationState], person: str, *, cover: bool) -> Sequence[RotationState]:
    """Return the rotations to begin in; who covers must mean one of them."""
    own = [state for state in states if shares(state, person)] or states
    if not cover:
        return states
    if len(own) > 1:
        raise WrongUsage(
            f"--cover does not say in which rotation: there are {', '.join(state.id for state in own)}",
            hint="name it: oncall start ROTATION --cover",
        )
    return own


def _begun(
    session: Session, asked: Sequence[RotationState], person: str, moment: Instant, *, cover: bool
) -> list[Begin]:
    """Return the shifts that begin; raise ``Refused`` with the reason when none may."""
    decisions = {state.id: decide(state, person, moment, cover=cover) for state in asked}
    if begun := begins(list(decisions.values())):
        return begun
    own = [decisions[state.id] for state in asked if shares(state, person)] or list(decisions.values())
    raise Refused(*no_start(own, session.repository.people(), session.times))


def _screen(session: Session, begun: Sequence[Begin], known: Mapping[str, RotationState], person: str) -> StartScreen:
    """Return what the start screen tells, from the files as they were before."""
    own = [state for state in known.values() if shares(state, person)]
    read = {state.id: state for state in (*(known[begin.shift.rotation] for begin in begun), *own)}
    return StartScreen(
        [briefing(begin, known[begin.shift.rotation]) for begin in begun],
        news(list(read.values()), person, session.now),
        _open(session, read),
        session.repository.people(),
    )


def _open(session: Session, rotations: Mapping[str, RotationState]) -> Open:
    incidents = [one for rotation in rotations for one in session.repository.incidents(rotation)]
    requests = [one for rotation in rotations for one in session.repository.requests(rotation)]
    return still_open((), incidents, requests)
