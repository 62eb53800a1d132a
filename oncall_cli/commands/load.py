"""``oncall load``: who bears how much."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated

import typer

from oncall_cli.commands.options import AsJson, MaybeRotation, Role
from oncall_cli.commands.plan import team_state
from oncall_cli.commands.session import Session, one_of
from oncall_cli.errors import WrongUsage
from oncall_cli.model.time import DAY, Instant, utc
from oncall_cli.practice.load import KINDS, LoadReport, Question, load_report, parts
from oncall_cli.practice.pages import pages_answered
from oncall_cli.practice.team_state import TeamState
from oncall_cli.render.load import load_csv, load_data, load_text


class Format(StrEnum):
    """How the answer is written when it is no JSON."""

    TEXT = "text"
    CSV = "csv"


Begin = Annotated[
    str | None, typer.Option("--from", metavar="WHEN", help="Where the period begins; default: 90 days before its end.")
]
End = Annotated[str | None, typer.Option("--to", metavar="WHEN", help="Where the period ends; default: now.")]
Together = Annotated[bool, typer.Option("--together", help="All rotations as one; two places at once count once.")]
As = Annotated[Format, typer.Option("--format", help="A table, or CSV for a spreadsheet.")]
Rate = Annotated[
    list[str] | None,
    typer.Option(
        "--rate",
        metavar="KIND=AMOUNT",
        help=f"What an hour is worth, on top of the other kinds: {', '.join(KINDS)}. May be given several times.",
        show_default=False,
    ),
]


def load(
    ctx: typer.Context,
    rotation: MaybeRotation = None,
    role: Role = None,
    begin: Begin = None,
    end: End = None,
    together: Together = False,
    rate: Rate = None,
    form: As = Format.TEXT,
    as_json: AsJson = False,
) -> int:
    """Say how the load is shared: hours, nights, weekends, holidays and pages of each person.

    Every role counts but those that people hold by name, such as shadows. A night is 22:00 to 06:00 on the
    person's own clock; holidays are the rotation's. Pages are the incidents acknowledged in the period in which
    they respond, and the log lines of kind 'incident' that are about no incident on record.
    """
    session = Session(ctx.obj)
    question = Question(*_period(session, begin, end), role, dict(map(_rate, rate or ())))
    state = team_state(session.repository, only=session.rotations(rotation))
    if role is not None:
        one_of(role, {each for files in state.rotations.values() for each in files.schedule.roles}, "role")
    reports = _reports(session, state, question, together and rotation is None)
    if as_json:
        data = [load_data(report) for report in reports]
        session.answer(data[0] if data and (rotation or together) else data)
    elif form is Format.CSV:
        session.show(load_csv(reports, state.people))
    else:
        session.show(load_text(reports, state.people, session.times, session.given.width, session.given.colour))
    return session.close()


def _reports(session: Session, state: TeamState, question: Question, together: bool) -> list[LoadReport]:
    pages = {name: pages_of(session, name, question) for name in state.rotations}
    if together:
        return [load_report(None, state, question, sum(pages.values(), Counter()))]
    return [load_report(name, part, question, pages[name]) for name, part in parts(state).items()]


def _period(session: Session, begin: str | None, end: str | None) -> tuple[Instant, Instant]:
    until = session.when(end, session.now, past=True)
    start = session.when(begin, Instant(until - 90 * DAY), past=True)
    if until <= start:
        said = f"the period ends ({session.times.at(until)}) before it begins ({session.times.at(start)})"
        raise WrongUsage(said, hint="give a later --to")
    return start, until


def _rate(said: str) -> tuple[str, Decimal]:
    """Return the kind of hour and its amount that ``KIND=AMOUNT`` says."""
    kind, _, number = said.partition("=")
    if kind not in KINDS:
        raise WrongUsage(f"there is no kind of hour '{kind}'", hint=f"there are: {', '.join(KINDS)}")
    try:
        worth = Decimal(number)
    except InvalidOperation:
        worth = Decimal("NaN")
    if not (worth.is_finite() and worth >= 0):
        raise WrongUsage(f"'{number}' is no amount", hint=f"write a number, such as --rate {kind}=12.50")
    return kind, worth


def pages_of(session: Session, rotation: str, question: Question) -> Counter[str]:
    """Return the pages of a rotation; a record stands in the year in which it began."""
    start, end = question[:2]
    years = range(utc(start).year - 1, utc(end).year + 2)
    incidents = session.repository.incidents(rotation, years)
    return pages_answered(incidents, session.repository.shifts(rotation, years), start, end)
