"""``oncall end``: end the watch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from oncall_cli.commands.acting import (
    acting_person,
    not_before,
    of_rotation,
    past_moment,
    states,
    with_running,
    worked_on,
)
from oncall_cli.commands.change import Outcome, make_change
from oncall_cli.commands.options import ActAs, AsJson, DryRun, MaybeRotation, NoPost, PastMoment
from oncall_cli.commands.posting import post
from oncall_cli.commands.session import Session
from oncall_cli.errors import OncallError, Overtaken, Refused
from oncall_cli.model.team import Event
from oncall_cli.model.time import HOUR, Instant
from oncall_cli.practice.checklist import left_of, phases_of
from oncall_cli.practice.end import Ended, Ending, drafted, ended, endings
from oncall_cli.practice.shift_edits import END_OF_WATCH
from oncall_cli.render.handoff import end_subject, ended_data, handoffs_markdown, summary_note
from oncall_cli.render.post import handoff_post
from oncall_cli.render.text import one_line
from oncall_cli.repository.editor import discard, draft_file, edited, kept_draft

_TRIES = 5

Summary = Annotated[
    str | None,
    typer.Option("-m", "--summary", metavar="SUMMARY", help="What the next person must know. [default: drafted]"),
]
Edit = Annotated[
    bool, typer.Option("--edit/--no-edit", help="Open the draft in your editor, where there is a terminal.")
]
Ongoing = Annotated[
    list[str] | None, typer.Option("--ongoing", metavar="TEXT", help="What goes on; may be given several times.")
]


def end(
    ctx: typer.Context,
    rotation: MaybeRotation = None,
    summary: Summary = None,
    ongoing: Ongoing = None,
    edit: Edit = True,
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
    edits = edit and session.given.edits and summary is None and not (dry_run or as_json)
    done: list[Ended] = []
    drafts: list[Path] = []
    known = with_running(session, of_rotation(session, states(session), rotation), person)
    for found in endings(known, person, named, moment):
        not_before(session, moment, found.record.started)
        ending = found._replace(work=worked_on(session, found.state, found.work.start, moment))
        going_on = (*_kept(session, ending), *named)
        _tell_left(session, ending)
        said = _edited(session, ending, moment, drafts) if edits else summary
        done.append(ended(ending, moment, said, going_on))
    text = handoffs_markdown([each.handoff for each in done], session.repository.people())
    edits_made, subject = [each.edit for each in done], end_subject(done)
    make = partial(make_change, session, edits_made, subject, dry_run=dry_run, as_json=as_json)
    with keeping(session, drafts):
        made = _insisting(make) if drafts else make()
    made.show(ended_data(done), text)
    _tell_early(session, done, moment)
    if not (dry_run or no_post):
        _post(session, done)
    return 0


def _insisting(make: Callable[[], Outcome]) -> Outcome:
    """Make the change on what the files say now: who was overtaken while writing is not sent to the editor again.

    Otherwise the editor would stand open while others wait for their turn.
    """
    for _ in range(_TRIES - 1):
        with suppress(Overtaken):
            return make()
    try:
        return make()
    except Overtaken as overtaken:
        raise Refused(overtaken.message, overtaken.hint, overtaken.place) from None


@contextmanager
def keeping(session: Session, drafts: list[Path]) -> Iterator[None]:
    """Say where the summaries are that were written when the change fails; forget them when it is made."""
    try:
        yield
    except OncallError:
        for path in drafts:
            session.tell(f"what you wrote is in '{path}', and 'oncall end' goes on with it")
        raise
    discard(drafts)


def _edited(session: Session, ending: Ending, moment: Instant, drafts: list[Path]) -> str:
    """Return the summary as the user left it in their editor; refuse one that is empty."""
    record, state = ending.record, ending.state
    path = draft_file(session.repository.root, f"summary-{state.id}-{record.id}")
    kept = kept_draft(path)
    if kept:
        session.tell(f"going on with what you wrote before, in '{path}'")
    note = summary_note(record, state.rotation.name, going_on=bool(kept))
    said = edited(session.repository.root, path, kept or drafted(ending, moment), note)
    if not said:
        discard([path])
        raise Refused("the summary is empty, so the watch goes on", hint="'oncall end -m SUMMARY' needs no editor")
    drafts.append(path)
    return said


def _tell_left(session: Session, ending: Ending) -> None:
    for item in left_of(phases_of(ending.state.rotation, ending.record), "start", "end"):
        session.tell(f"still open on the checklist: {one_line(item.text)}")


def _post(session: Session, done: list[Ended]) -> None:
    for each in done:
        said = handoff_post(END_OF_WATCH, each.handoff, session.repository.people())
        post(session, session.repository.rotation(each.handoff.rotation_id), Event.END, said)


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
