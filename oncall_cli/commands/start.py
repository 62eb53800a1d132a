"""``oncall start``: report for duty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from oncall_cli.commands.acting import acting_person, of_rotation, past_moment, states, the_only
from oncall_cli.commands.change import make_change
from oncall_cli.commands.options import ActAs, AsJson, DryRun, MaybeRotation, NoPost, PastMoment
from oncall_cli.commands.posting import post
from oncall_cli.commands.request import queued
from oncall_cli.commands.session import Session
from oncall_cli.errors import Refused
from oncall_cli.model.team import Event
from oncall_cli.model.time import Instant
from oncall_cli.practice.assigned import RotationState
from oncall_cli.practice.briefing import briefing, news, seen_until, shares
from oncall_cli.practice.shift_edits import begin_edits
from oncall_cli.practice.standing import Open, open_or_since
from oncall_cli.practice.start import Begin, begins, decide
from oncall_cli.render.post import start_post
from oncall_cli.render.refusal import no_start
from oncall_cli.render.start import StartScreen, start_data, start_subject, start_text

Cover = Annotated[bool, typer.Option("--cover", help="Stand in for whoever is on call, and say so in the schedule.")]


def start(
    ctx: typer.Context,
    rotation: MaybeRotation = None,
    cover: Cover = False,
    at: PastMoment = None,
    acting: ActAs = None,
    no_post: NoPost = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Report for duty: begin your shift and see what you need to know."""
    session = Session(ctx.obj, acting)
    person = acting_person(session).id
    moment = past_moment(session, at)
    known = {state.id: state for state in states(session)}
    asked = of_rotation(session, list(known.values()), rotation)
    if cover:
        asked = [the_only(asked, person, "oncall start ROTATION --cover")]
    begun = _begun(session, asked, person, moment, cover=cover)
    edits = [edit for begin in begun for edit in begin_edits(begin, known[begin.shift.rotation], session.now)]
    screen = _screen(session, begun, known, person)
    text = start_text(screen, session.times, session.given.width, session.given.colour)
    made = make_change(session, edits, start_subject(begun), dry_run=dry_run, as_json=as_json)
    made.show(start_data(screen), text)
    for begin in begun if not (dry_run or no_post) else ():
        state = known[begin.shift.rotation]
        said = start_post(begin, state.rotation.name, screen.people, state.zone)
        post(session, state.rotation, Event.START, said)
    return 0


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
        _happened(session, seen_until(list(read.values()), person, session.now)),
        session.repository.people(),
    )


def _happened(session: Session, seen: Mapping[str, Instant]) -> Open:
    """Return the incidents and requests that are open, or came since the person was last on call."""
    found = [
        open_or_since(session.repository.incidents(rotation), queued(session, rotation), since)
        for rotation, since in seen.items()
    ]
    return Open([], [one for each in found for one in each.incidents], [one for each in found for one in each.requests])
