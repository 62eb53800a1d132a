"""``oncall incident list`` and ``show``: the incidents of the team, those that are open first of all."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from oncall_cli.commands.incident_choice import Choice, choose, open_choices
from oncall_cli.commands.options import AsJson, MaybeRotation
from oncall_cli.commands.records import record_data, show_rows
from oncall_cli.commands.session import Session
from oncall_cli.practice.stages import stages
from oncall_cli.practice.standing import began
from oncall_cli.render.incident import list_row
from oncall_cli.render.incident_pages import show_data, show_html, show_markdown
from oncall_cli.render.incident_show import Shown, show_text

Which = Annotated[
    str | None,
    typer.Argument(metavar="[ID]", help="A part of its id; default: the only open one.", show_default=False),
]
All = Annotated[bool, typer.Option("--all", help="The resolved ones as well.")]


class Format(StrEnum):
    """How an incident is shown."""

    TEXT = "text"
    MARKDOWN = "md"
    HTML = "html"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="For a terminal, a page, a browser, a script.")]


def list_incident(
    ctx: typer.Context, rotation: MaybeRotation = None, whole: All = False, as_json: AsJson = False
) -> int:
    """List the incidents that are open, the newest first."""
    session = Session(ctx.obj)
    read = session.repository
    found = (
        [record for name in session.rotations(rotation) for record in read.incidents(name)]
        if whole
        else [each.incident for each in open_choices(session, rotation).values()]
    )
    found.sort(key=lambda each: (began(each) or 0, each.id), reverse=True)
    people = session.people({person for each in found for person in each.responders.values()})
    rows = [list_row(each, people, session.times) for each in found]
    return show_rows(session, found, rows, as_json, "incidents" if whole else "open incidents")


def show_incident(
    ctx: typer.Context, incident: Which = None, form: FormatOption = Format.TEXT, as_json: AsJson = False
) -> int:
    """Show one incident with its timeline."""
    session = Session(ctx.obj)
    choice = choose(session, incident)
    if as_json or form is Format.JSON:
        session.answer(show_data(record_data(session, choice.incident), choice.incident))
        return session.close()
    shown = _shown(session, choice)
    if form is Format.TEXT:
        session.show(show_text(shown, session.given.width, session.given.colour))
    else:
        session.show(show_markdown(shown) if form is Format.MARKDOWN else show_html(shown))
    return session.close()


def _shown(session: Session, choice: Choice) -> Shown:
    incident = choice.incident
    level = session.repository.team().severities.get(incident.severity)
    people = session.people({*incident.responders.values(), *(entry.by for entry in incident.timeline)})
    told = stages(incident, session.repository.templates())
    return Shown(incident, level.title if level else None, people, told, session.times)
