"""``oncall start``: report for duty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from oncall_cli.commands.acting import acting_person, of_rotation, past_moment, states, the_only, years_around
from oncall_cli.commands.action import what_to_do
from oncall_cli.commands.change import make_change
from oncall_cli.commands.options import ActAs, AsJson, DryRun, MaybeRotation, NoPost, PastMoment
from oncall_cli.commands.posting import post
from oncall_cli.commands.request import queued
from oncall_cli.commands.session import Session
from oncall_cli.errors import Refused
from oncall_cli.model.person import Person
from oncall_cli.model.team import Event
from oncall_cli.model.time import Instant
from oncall_cli.practice.assigned import RotationState
from oncall_cli.practice.briefing import briefing, news, seen_until, shares
from oncall_cli.practice.changed import Changed, by_others, paths_to_watch
from oncall_cli.practice.requests import in_order
from oncall_cli.practice.shift_edits import begin_edits
from oncall_cli.practice.shifts import left_open
from oncall_cli.practice.standing import Open, open_or_since
from oncall_cli.practice.start import Begin, begins, decide
from oncall_cli.render.post import start_post
from oncall_cli.render.refusal import no_start
from oncall_cli.render.start import StartScreen, start_data, start_subject, start_text
from oncall_cli.repository.changes import changes_between
from oncall_cli.repository.git import Git

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
    acts = acting_person(session)
    person = acts.id
    moment = past_moment(session, at)
    known = {state.id: state for state in states(session)}
    asked = of_rotation(session, list(known.values()), rotation)
    if cover:
        asked = [the_only(asked, person, "oncall start ROTATION --cover")]
    begun = _begun(session, asked, person, moment, cover=cover)
    edits = [edit for begin in begun for edit in begin_edits(begin, known[begin.shift.rotation], session.now)]
    screen = _screen(session, begun, known, acts)
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


def _screen(
    session: Session, begun: Sequence[Begin], known: Mapping[str, RotationState], person: Person
) -> StartScreen:
    """Return what the start screen tells, from the files as they were before."""
    own = [state for state in known.values() if shares(state, person.id)]
    read = {state.id: state for state in (*(known[begin.shift.rotation] for begin in begun), *own)}
    seen = seen_until(list(read.values()), person.id, session.now)
    return StartScreen(
        [briefing(begin, known[begin.shift.rotation]) for begin in begun],
        news(list(read.values()), seen),
        _open(session, list(read.values()), seen),
        _changed(session, person, seen),
        session.repository.people(),
        what_to_do(session, person.id, read),
    )


def _open(session: Session, read: Sequence[RotationState], seen: Mapping[str, Instant]) -> Open:
    """Return what is open, or came since: the requests that need somebody first at the top."""
    years = years_around(session.now)
    incidents = {name: session.repository.incidents(name, years) for name in seen}
    found = [open_or_since(incidents[name], queued(session, name, years), since) for name, since in seen.items()]
    return Open(
        [shift for state in read for shift in state.shifts if left_open(shift, state.schedule, session.now)],
        [one for each in found for one in each.incidents],
        in_order((one for each in found for one in each.requests), session.now),
    )


def _changed(session: Session, person: Person, seen: Mapping[str, Instant]) -> list[Changed]:
    """Return what others changed in runbooks, templates and the rotations since the person was last on call."""
    git, paths = Git(session.repository.root), paths_to_watch(seen)
    return by_others(changes_between(git, min(seen.values()), session.now, paths), person)
