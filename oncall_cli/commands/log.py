"""``oncall log``: a line for the log of the shift, and what the logs say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from oncall_cli.commands.acting import acting_person, not_before, of_rotation, past_moment, states, with_running
from oncall_cli.commands.change import make_change
from oncall_cli.commands.options import ActAs, AsJson, DryRun, InRotation, PastMoment
from oncall_cli.commands.session import Session
from oncall_cli.errors import WrongUsage
from oncall_cli.model.shift import EntryKind
from oncall_cli.model.time import WEEK, Instant
from oncall_cli.practice.assigned import RotationState
from oncall_cli.practice.log_target import log_target
from oncall_cli.practice.shift_edits import Line, log_edit
from oncall_cli.practice.shifts import entries_between
from oncall_cli.render.log import all_told_lines, logged_data, logged_subject, logged_text, told_data

_KINDS = [str(kind) for kind in EntryKind if kind not in (EntryKind.START, EntryKind.END)]

Words = Annotated[
    list[str] | None,
    typer.Argument(metavar="[TEXT...]", help="What happened; '-' reads standard input. Without it: show the logs."),
]
Kind = Annotated[
    str | None,
    typer.Option("--kind", metavar="KIND", help=f"What it tells of: {', '.join(_KINDS)}. [default: note]"),
]
Since = Annotated[
    str | None, typer.Option("--from", metavar="WHEN", help="Show what was logged since then. [default: a week ago]")
]
Until = Annotated[str | None, typer.Option("--to", metavar="WHEN", help="Show it until then. [default: now]")]
About = Annotated[
    str | None, typer.Option("--about", metavar="X", help="The incident, request, duty or page it is about.")
]


def log(
    ctx: typer.Context,
    words: Words = None,
    rotation: InRotation = None,
    kind: Kind = None,
    about: About = None,
    at: PastMoment = None,
    since: Since = None,
    until: Until = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Write a line into the log of the shift: your own, or that of whoever is on duty; without it, show the logs."""
    session = Session(ctx.obj, acting)
    known = of_rotation(session, states(session, all_years=since is not None), rotation)
    if not words:
        return _shown(session, known, (since, until), _kind(kind) if kind else None, as_json=as_json)
    if since or until:
        raise WrongUsage("--from and --to are for the logs that are shown", hint="say when it happened with --at")
    person = acting_person(session).id
    line = Line(past_moment(session, at), person, _kind(kind or "note"), _text(session.given.said(words)), about)
    target = log_target(with_running(session, known, person), person, session.now, line.at)
    not_before(session, line.at, target.begins)
    text = logged_text(target, line, session.repository.people(), session.times)
    edits, subject = [log_edit(target, line)], logged_subject(target, line)
    made = make_change(session, edits, subject, dry_run=dry_run, as_json=as_json)
    made.show(logged_data(target, line), text)
    return 0


def _shown(
    session: Session,
    known: Sequence[RotationState],
    window: tuple[str | None, str | None],
    kind: EntryKind | None,
    *,
    as_json: bool,
) -> int:
    """Show what the logs of the rotations say, the oldest first."""
    start = session.when(window[0], Instant(session.now - WEEK), past=True)
    end = session.when(window[1], session.now, past=True)
    logs = {state.id: state.shifts for state in known}
    told = [one for one in entries_between(logs, start, end) if kind in (None, one.entry.kind)]
    if as_json:
        session.answer([told_data(one) for one in told])
    else:
        named = [state.id for state in known] if len(known) == 1 else []
        lines = all_told_lines(told, session.times, session.given.width, named)
        session.show("\n".join(lines) or f"Nothing was logged since {session.times.at(start)}.")
    return session.close()


def _kind(said: str) -> EntryKind:
    if said not in _KINDS:
        raise WrongUsage(f"there is no kind of entry '{said}'", hint=f"there are: {', '.join(_KINDS)}")
    return EntryKind(said)


def _text(said: str) -> str:
    if not said:
        raise WrongUsage("there is nothing to log: the text is empty", hint="oncall log TEXT")
    return said
