"""``oncall request open``: a request that comes in, in one line, from a mail, or from standard input."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from oncall_cli.commands.acting import acting_person, past_moment, rotation_of_work
from oncall_cli.commands.change import make_change
from oncall_cli.commands.options import ActAs, AsJson, DryRun, InRotation, PastMoment
from oncall_cli.commands.session import Session
from oncall_cli.errors import Refused, WrongUsage
from oncall_cli.model.shift import EntryKind
from oncall_cli.practice.log_target import LogTarget, running_in
from oncall_cli.practice.new_request import Arrived, NewRequest, arrived, request_edit
from oncall_cli.practice.requests import acknowledge_by
from oncall_cli.practice.shift_edits import Line, log_edit
from oncall_cli.render.text import one_line

_MOST = 10 * 1024 * 1024

Title = Annotated[
    list[str] | None,
    typer.Argument(metavar="[TITLE...]", help="What is wanted; '-' reads a mail or a text from standard input."),
]
Channel = Annotated[str | None, typer.Option("--from", metavar="CHANNEL", help="Where it came from: '#support'.")]
Requester = Annotated[str | None, typer.Option("--by", metavar="WHO", help="Who asks.")]
Section = Annotated[str | None, typer.Option("--section", help="The section under which it is counted.")]
Kind = Annotated[str | None, typer.Option("--kind", help="What kind of request it is.")]
Link = Annotated[list[str] | None, typer.Option("--link", metavar="URL", help="A link; again for each.")]
Mail = Annotated[Path | None, typer.Option("--mail", metavar="FILE", help="A mail, saved as '.eml'.")]
Ack = Annotated[bool, typer.Option("--ack", help="Acknowledge it at once.")]


def open_request(
    ctx: typer.Context,
    title: Title = None,
    rotation: InRotation = None,
    channel: Channel = None,
    requester: Requester = None,
    section: Section = None,
    kind: Kind = None,
    link: Link = None,
    mail: Mail = None,
    ack: Ack = False,
    at: PastMoment = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Open a support request, from a line, a mail or standard input."""
    session = Session(ctx.obj, acting)
    person = acting_person(session).id
    came = _arrived(session, title or [], mail)
    state = rotation_of_work(session, rotation, person)
    received = past_moment(session, at) if at or came.sent is None else min(came.sent, session.now)
    new = NewRequest(
        " ".join(title) if title and title != ["-"] else came.title,
        received,
        requester or came.requester,
        channel or ("mail" if came.is_mail else None),
        section,
        kind,
        tuple(link or ()),
        came.text or None,
    )
    taken = [record.id for record in session.repository.requests(state.id)]
    name, edit = request_edit(new, state.id, state.zone, taken, session.now, person if ack else None)
    edits = [edit]
    if record := running_in(state, person):
        line = Line(session.now, person, EntryKind.REQUEST, f"Opened: {one_line(new.title)}", name)
        edits.append(log_edit(LogTarget(state, record, None), line))
    subject = f"Open the request {name}: {one_line(new.title)}"
    made = make_change(session, edits, subject, dry_run=dry_run, as_json=as_json)
    due = acknowledge_by(state.schedule, received, session.repository.team().policy.acknowledge_requests.seconds)
    until = "" if ack else f" Acknowledge it by {session.times.at(due)}: oncall request ack {name}"
    made.show({"id": name, "path": edit.path, "rotation": state.id}, f"Opened {name} in {state.id}.{until}")
    return 0


def _arrived(session: Session, title: list[str], mail: Path | None) -> Arrived:
    """Return what came: the file, standard input, or only the words."""
    if mail is None and title != ["-"]:
        if not " ".join(title).strip():
            raise WrongUsage("there is nothing to open: the title is empty", hint="oncall request open TITLE")
        return Arrived(" ".join(title), "")
    try:
        data = _read(mail) if mail else session.given.typed()
    except OSError as wrong:
        raise Refused(
            f"'{mail}' cannot be read: {wrong.strerror or wrong}", hint="name a mail saved as '.eml'"
        ) from None
    if len(data) > _MOST:
        raise Refused("the mail is larger than 10 MiB", hint="save it without its attachments")
    return arrived(data)


def _read(mail: Path) -> bytes:
    with mail.open("rb") as file:
        return file.read(_MOST + 1)
