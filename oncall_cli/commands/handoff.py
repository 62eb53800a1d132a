"""``oncall handoff``: what a shift hands over."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

from oncall_cli.commands.acting import of_rotation, states, worked_on, years_around
from oncall_cli.commands.options import AsJson, MaybeRotation
from oncall_cli.commands.posting import post
from oncall_cli.commands.records import pick, record_data
from oncall_cli.commands.session import Session
from oncall_cli.errors import NothingFound
from oncall_cli.model.suggest import suggestion
from oncall_cli.model.team import Event
from oncall_cli.practice.assigned import RotationState
from oncall_cli.practice.handoff import Handoff, handoff_of, shift_to_hand_over
from oncall_cli.practice.new_issue import new_issue_url
from oncall_cli.practice.requests import is_open
from oncall_cli.practice.worked import open_incidents
from oncall_cli.render.handoff import handoff_markdown, handoff_text, handoff_title, handoffs_markdown
from oncall_cli.render.handoff_names import Known, handoff_names
from oncall_cli.render.message import Message, message_of, names_of_record
from oncall_cli.render.page import markdown_page
from oncall_cli.render.post import handoff_post

FOLDER = "handoff"


class Format(StrEnum):
    """How a handoff is written."""

    MD = "md"
    TEXT = "text"
    HTML = "html"
    ISSUE = "issue"


ShiftId = Annotated[
    str | None, typer.Option("--shift", metavar="SHIFT", help="A shift by its id, such as 2026-11-17-dan-primary.")
]
Form = Annotated[
    Format,
    typer.Option("--format", help="Markdown, text for a chat, a page, or the address that makes an issue of it."),
]
Template = Annotated[
    str | None, typer.Option("--template", metavar="NAME", help=f"Fill in the template templates/{FOLDER}/NAME.md.")
]
ToPost = Annotated[bool, typer.Option("--post", help="Post it to the team's destinations as well.")]


def handoff(
    ctx: typer.Context,
    rotation: MaybeRotation = None,
    shift: ShiftId = None,
    form: Form = Format.MD,
    template: Template = None,
    to_post: ToPost = False,
    as_json: AsJson = False,
) -> int:
    """Print what a shift hands over, as Markdown: the last that ended, or the running one, of each rotation."""
    session = Session(ctx.obj)
    known = of_rotation(session, states(session, all_years=shift is not None), rotation)
    found = _handoffs(known, shift)
    chosen = {state.id: state for state in known}
    people = session.repository.people()
    messages = [_message(session, chosen[each.rotation_id], each, template) for each in found] if template else None
    if as_json and form is not Format.ISSUE:
        session.answer([record_data(session, each.shift) for each in found])
    else:
        _show(session, found, messages, form, as_json=as_json)
    for each in found if to_post else ():
        said = handoff_post("Handoff", each, people)
        post(session, session.repository.rotation(each.rotation_id), Event.HANDOFF, said)
    return session.close()


def _show(
    session: Session, found: Sequence[Handoff], messages: list[Message] | None, form: Format, *, as_json: bool
) -> None:
    people = session.repository.people()
    filled = messages or [Message(handoff_title(each, people), handoff_markdown(each, people)) for each in found]
    if form is Format.ISSUE:
        home = session.repository.team().repository
        urls = [new_issue_url(home, each.subject, each.text) for each in filled]
        if as_json:
            session.answer([{"id": each.shift.id, "url": url} for each, url in zip(found, urls, strict=True)])
        else:
            session.show("\n".join(urls))
            session.tell("Look for what must not be public before you save the issue.")
    elif form is Format.HTML:
        session.show(markdown_page(filled[0].subject, [each.text for each in filled]).rstrip("\n"))
    elif messages:
        session.show("\n\n".join(each.text for each in messages))
    elif form is Format.TEXT:
        session.show("\n\n".join(handoff_text(each, people) for each in found))
    else:
        session.show(handoffs_markdown(found, people))


def _message(session: Session, state: RotationState, found: Handoff, template: str) -> Message:
    """Return the team's template filled in with a shift, and with what is open and was worked on."""
    pages = {
        name.removeprefix(f"{FOLDER}/"): page
        for name, page in session.repository.templates().items()
        if name.startswith(f"{FOLDER}/")
    }
    page = pick(pages, template.removeprefix(f"{FOLDER}/"), "handoff template")
    read, years = session.repository, years_around(session.now)
    work = worked_on(session, state, found.since, found.shift.ended or session.now)
    known = Known(
        open_incidents(read.incidents(state.id, years)),
        [each for each in read.requests(state.id, years) if is_open(each)],
        work,
    )
    team = read.team()
    names = handoff_names(found, known, read.people(), lambda record: names_of_record(read.raw(record.path), record))
    names["team"] = {"name": team.name, "repository": team.repository or ""}
    return message_of(page.head, page.body, names, found.zone)


def _handoffs(known: Sequence[RotationState], shift: str | None) -> list[Handoff]:
    """Return the handoffs asked for; raise ``NothingFound`` when there is none."""
    chosen = [(state, shift_to_hand_over(state, shift)) for state in known]
    found = [handoff_of(state, record) for state, record in chosen if record]
    if found:
        return found
    if shift is None:
        raise NothingFound("no shift has been recorded yet", hint="begin one with 'oncall start'")
    ids = [record.id for state in known for record in state.shifts]
    raise NothingFound(f"there is no shift '{shift}'", hint=suggestion(shift, ids, "shift"))
