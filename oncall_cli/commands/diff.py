"""``oncall diff``: what a change does to the people, before it is merged."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from oncall_cli.checks.mentions import strangers
from oncall_cli.commands.options import AsJson
from oncall_cli.commands.pictures import STANDARD_OUTPUT, Svg, put_picture
from oncall_cli.commands.session import Session
from oncall_cli.commands.two_states import TwoStates, difference, two_states
from oncall_cli.errors import Unreadable
from oncall_cli.render.diff_blocks import DiffBlocks
from oncall_cli.render.diff_data import diff_data
from oncall_cli.render.diff_html import diff_html
from oncall_cli.render.diff_markdown import diff_markdown
from oncall_cli.render.diff_picture import diff_picture, empty_picture
from oncall_cli.render.diff_text import diff_text
from oncall_cli.render.plan import PlanText
from oncall_cli.render.times import Times
from oncall_cli.repository.sides import sides


class Format(StrEnum):
    """How the plan is written."""

    TEXT = "text"
    MD = "md"
    JSON = "json"
    HTML = "html"


Revisions = Annotated[
    str | None,
    typer.Argument(
        metavar="BASE[...HEAD]",
        help="What to compare, as git names it; default: where this branch began, with the files as they are.",
        show_default=False,
    ),
]
As = Annotated[
    Format, typer.Option("--format", help="For a terminal, a pull request's comment, a script, or as a page.")
]


def diff(
    ctx: typer.Context,
    revisions: Revisions = None,
    form: As = Format.TEXT,
    svg: Svg = None,
    as_json: AsJson = False,
) -> int:
    """Say what a change does to the people: shifts, gaps, load, conflicts, and why.

    BASE...HEAD compares HEAD with where it parted from BASE, BASE..HEAD the two as they are.
    BASE alone compares the files of the work tree. The checkout is not touched.
    It looks at the past, and 12 weeks or more ahead.
    """
    session = Session(ctx.obj)
    form = Format.JSON if as_json else form
    found = sides(session.repository.root, revisions)
    session.repository = found.head
    session.given = session.given._replace(for_script=form is Format.JSON)
    states = two_states(found)
    known = session.repository.person_ids()
    for files in states.after.rotations.values():
        session.strangers += strangers(files.record, files.overrides, known)
    told = difference(found, states, session.now)
    blocks = DiffBlocks(told, {**states.before.people, **states.after.people}, states.after.zone, session.now)
    if svg:
        put_picture(session, diff_picture(blocks) or empty_picture(blocks), svg)
    if svg != STANDARD_OUTPUT:
        _show(session, form, blocks, states)
    return session.close()


def _show(session: Session, form: Format, blocks: DiffBlocks, states: TwoStates) -> None:
    told, people = blocks.difference, blocks.people
    if form is Format.JSON:
        session.answer(diff_data(told, people, blocks.verdict))
    elif form is Format.MD:
        session.show(diff_markdown(blocks))
    elif form is Format.HTML:
        session.show(diff_html(blocks).rstrip("\n"))
    else:
        given = session.given
        text = PlanText(people, states.after.zone, _times(session, states), given.width, given.colour)
        session.show(diff_text(told, people, text))


def _times(session: Session, states: TwoStates) -> Times:
    """Return how the reader sees instants; the team's own file may be what is invalid."""
    try:
        return session.times
    except Unreadable:
        return Times(states.after.zone, session.now)
