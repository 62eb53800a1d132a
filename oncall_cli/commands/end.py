"""``oncall end``: end the watch."""

from __future__ import annotations

from typing import Annotated

import typer

from oncall_cli.commands.acting import acting_person, not_before, of_rotation, past_moment, states
from oncall_cli.commands.change import make_change
from oncall_cli.commands.options import ActAs, AsJson, DryRun, MaybeRotation, NoPost, PastMoment
from oncall_cli.commands.posting import post
from oncall_cli.commands.session import Session
from oncall_cli.model.team import Event
from oncall_cli.model.time import HOUR, Instant
from oncall_cli.practice.checklist import left_of, phases_of
from oncall_cli.practice.end import Ended, Ending, ended, endings
from oncall_cli.practice.shift_edits import END_OF_WATCH
from oncall_cli.render.handoff import end_subject, ended_data, handoffs_markdown
from oncall_cli.render.post import handoff_post
from oncall_cli.render.text import one_line

Summary = Annotated[
    str | None,
    typer.Option("-m", "--summary", metavar="SUMMARY", help="What the next person must know. [default: the log's]"),
]
Ongoing = Annotated[
    list[str] | None, typer.Option("--ongoing", metavar="TEXT", help="What goes on; may be given several times.")
]


def end(
    ctx: typer.Context,
    rotation: MaybeRotation = None,
    summary: Summary = None,
    ongoing: Ongoing = None,
    at: PastMoment = None,
    acting: ActAs = None,
    no_post: NoPost = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """End your watch: close the shift with a summary drafted from its log."""
    session = Session(ctx.obj, acting)
    person = acting_person(session).id
    moment = past_moment(session, at)
    named = tuple(ongoing or ())
    done: list[Ended] = []
    for ending in endings(of_rotation(session, states(session), rotation), person, named, moment):
        not_before(session, moment, ending.record.started)
        done.append(ended(ending, moment, summary, (*_kept(session, ending), *named)))
        for item in left_of(phases_of(ending.state.rotation, ending.record), "start", "end"):
            session.tell(f"still open on the checklist: {one_line(item.text)}")
    text = handoffs_markdown([each.handoff for each in done], session.repository.people())
    made = make_change(session, [each.edit for each in done], end_subject(done), dry_run=dry_run, as_json=as_json)
    made.show(ended_data(done), text)
    _tell_early(session, done, moment)
    for each in done if not (dry_run or no_post) else ():
        said = handoff_post(END_OF_WATCH, each.handoff, session.repository.people())
        post(session, session.repository.rotation(each.handoff.rotation_id), Event.END, said)
    return 0


def _tell_early(session: Session, done: list[Ended], moment: Instant) -> None:
    """Say that a shift which ends before its time can go on."""
    for each in done:
        scheduled = each.handoff.shift.scheduled
        if scheduled and moment + HOUR < scheduled.end:
            until = session.times.at(scheduled.end)
            session.tell(f"{each.handoff.shift.id} is scheduled until {until}: 'oncall start' goes on with it")


def _kept(session: Session, ending: Ending) -> list[str]:
    """Ask which of the things handed over still go on; where nobody can be asked, say what is left out."""
    if session.given.asks:
        return [
            item
            for item in ending.proposed
            if typer.confirm(f"Does this go on? {one_line(item)}", default=True, err=True)
        ]
    for item in ending.proposed:
        session.tell(f"not handed on, because nobody said that it goes on: {one_line(item)}")
    return []
