"""``oncall message``: what is written to customers, from the team's templates."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from oncall_cli.commands.acting import acting_person, past_moment, states
from oncall_cli.commands.change import make_change
from oncall_cli.commands.options import ActAs, AsJson, DryRun, PastMoment
from oncall_cli.commands.records import pick, show_rows
from oncall_cli.commands.session import Session
from oncall_cli.errors import WrongUsage
from oncall_cli.model.incident import Incident
from oncall_cli.model.request import Request
from oncall_cli.model.shift import EntryKind
from oncall_cli.practice.log_target import LogTarget, running_in
from oncall_cli.practice.sent import sent_edit
from oncall_cli.practice.shift_edits import Line, log_edit
from oncall_cli.render.message import (
    REMINDER,
    Message,
    mail_link,
    message_mail,
    message_of,
    message_text,
    names_of_record,
    template_row,
)
from oncall_cli.render.text import in_sentence
from oncall_cli.repository.clipboard import copy
from oncall_cli.repository.publish import publish_file

Name = Annotated[str, typer.Argument(metavar="TEMPLATE", help="Which template: its name, or a part that only it has.")]
OfIncident = Annotated[str | None, typer.Option("--incident", metavar="ID", help="The incident that it is about.")]
OfRequest = Annotated[str | None, typer.Option("--request", metavar="ID", help="The support request that it answers.")]
To = Annotated[str | None, typer.Option("--to", metavar="WHO", help="Whom it goes to. [default: who asked]")]
Eml = Annotated[Path | None, typer.Option("--eml", metavar="FILE", help="Write it as a mail that is not sent yet.")]
Link = Annotated[bool, typer.Option("--mailto", help="Print a link that begins a mail with it.")]
Copy = Annotated[bool, typer.Option("--copy", help="Put it on the clipboard.")]
Sent = Annotated[bool, typer.Option("--sent", help="It goes out: write that down on the record, and in the log.")]

Found = tuple[str, Incident | Request]


def list_message(ctx: typer.Context, as_json: AsJson = False) -> int:
    """List the templates."""
    session = Session(ctx.obj)
    heads = [page.head for page in session.repository.templates().values()]
    return show_rows(session, heads, [template_row(head) for head in heads], as_json, "templates")


def render_message(
    ctx: typer.Context,
    template: Name,
    incident: OfIncident = None,
    request: OfRequest = None,
    to: To = None,
    eml: Eml = None,
    mailto: Link = False,
    on_clipboard: Copy = False,
    sent: Sent = False,
    at: PastMoment = None,
    acting: ActAs = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Fill in a template with an incident or a support request, and write down that it was sent."""
    session = Session(ctx.obj, acting)
    found = _record(session, incident, request)
    name, message = _filled(session, template, found)
    address = to or (found[1].requester if found and isinstance(found[1], Request) else None)
    _show(session, message, address, link=mailto, as_json=as_json and not sent)
    session.tell(REMINDER)
    if eml and not dry_run:
        publish_file(eml, message_mail(message, address))
        session.tell(f"Wrote the mail to {in_sentence(str(eml))}.")
    if on_clipboard and not dry_run:
        copy(message_text(message))
        session.tell("It is on the clipboard.")
    if not sent:
        return session.close()
    return _write_down(session, name, found, address, at, dry_run=dry_run, as_json=as_json)


def _record(session: Session, incident: str | None, request: str | None) -> Found | None:
    """Return the record that the message is about, and its rotation."""
    if incident and request:
        raise WrongUsage("a message is about an incident or a request, not both", hint="leave one of them out")
    read = session.repository
    if incident:
        incidents = {each.id: (name, each) for name in session.rotations() for each in read.incidents(name)}
        return pick(incidents, incident, "incident")
    if request:
        requests = {each.id: (name, each) for name in session.rotations() for each in read.requests(name)}
        return pick(requests, request, "support request")
    return None


def _filled(session: Session, wanted: str, found: Found | None) -> tuple[str, Message]:
    page = pick(session.repository.templates(), wanted, "template")
    team = session.repository.team()
    names: dict[str, object] = {"team": {"name": team.name, "repository": team.repository or ""}}
    if found:
        kind = "incident" if isinstance(found[1], Incident) else "request"
        names[kind] = names_of_record(session.repository.raw(found[1].path), found[1])
    return page.head.id, message_of(page.head, page.body, names, team.timezone)


def _show(session: Session, message: Message, to: str | None, *, link: bool, as_json: bool) -> None:
    if as_json:
        session.answer({**message._asdict(), "to": to, "mailto": mail_link(message, to)})
    else:
        session.show(mail_link(message, to) if link else message_text(message))


def _write_down(
    session: Session,
    template: str,
    found: Found | None,
    to: str | None,
    at: str | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Make the commit that tells what was sent, to whom, and when."""
    if found is None:
        raise WrongUsage("there is no record to write it down on", hint="name one: --incident ID or --request ID")
    rotation, record = found
    person, moment = acting_person(session).id, past_moment(session, at)
    state = next(each for each in states(session) if each.id == rotation)
    edits = [sent_edit(record, template, to, moment, person, state.zone)]
    if shift := running_in(state, person):
        whom = f" to {to}" if to else ""
        line = Line(moment, person, EntryKind.MAIL, f"Sent '{template}'{whom}", record.id)
        edits.append(log_edit(LogTarget(state, shift, None), line))
    subject = f"Send {template} for {record.id}"
    made = make_change(session, edits, subject, dry_run=dry_run, as_json=as_json)
    made.show({"id": record.id, "template": template, "to": to}, "")
    return 0
