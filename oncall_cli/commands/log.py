"""``oncall log``: a line for the log of the shift."""

from __future__ import annotations

from typing import Annotated

import typer

from oncall_cli.commands.acting import acting_person, not_before, of_rotation, past_moment, states
from oncall_cli.commands.change import make_change
from oncall_cli.commands.options import ActAs, AsJson, DryRun, InRotation, PastMoment
from oncall_cli.commands.session import Session
from oncall_cli.errors import WrongUsage
from oncall_cli.model.shift import EntryKind
from oncall_cli.practice.log_target import log_target
from oncall_cli.practice.shift_edits import Line, log_edit
from oncall_cli.render.log import logged_data, logged_subject, logged_text

_KINDS = [str(kind) for kind in EntryKind if kind not in (EntryKind.START, EntryKind.END)]

Words = Annotated[list[str], typer.Argument(metavar="TEXT...", help="What happened; '-' reads standard input.")]
Kind = Annotated[str, typer.Option("--kind", metavar="KIND", help=f"What it tells of: {', '.join(_KINDS)}.")]
About = Annotated[
    str | None, typer.Option("--about", metavar="X", help="The incident, request, duty or page it is about.")
]


def log(
    ctx: typer.Context,
    words: Words,
    rotation: InRotation = None,
    kind: Kind = "note",
    about: About = None,
    at: PastMoment = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Write a line into the log of the shift: your own, or that of whoever is on duty."""
    session = Session(ctx.obj, acting)
    person = acting_person(session).id
    line = Line(past_moment(session, at), person, _kind(kind), _text(session.given.said(words)), about)
    target = log_target(of_rotation(session, states(session), rotation), person, session.now)
    not_before(session, line.at, target.record.started if target.record else None)
    text = logged_text(target, line, session.repository.people(), session.times)
    edits, subject = [log_edit(target, line)], logged_subject(target, line)
    made = make_change(session, edits, subject, dry_run=dry_run, as_json=as_json)
    made.show(logged_data(target, line), text)
    return 0


def _kind(said: str) -> EntryKind:
    if said not in _KINDS:
        raise WrongUsage(f"there is no kind of entry '{said}'", hint=f"there are: {', '.join(_KINDS)}")
    return EntryKind(said)


def _text(said: str) -> str:
    if not said:
        raise WrongUsage("there is nothing to log: the text is empty", hint="oncall log TEXT")
    return said
