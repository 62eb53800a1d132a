"""``oncall holidays``: the days on which duties rest and a shift counts as one on a holiday."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from oncall_cli.commands.acting import likely_reader
from oncall_cli.commands.options import AsJson, DryRun, InRotation, MaybeRotation
from oncall_cli.commands.plan import make_planned_change
from oncall_cli.commands.session import Session
from oncall_cli.errors import NothingFound, Refused, Unreadable
from oncall_cli.model.rotation import Rotation
from oncall_cli.model.suggest import suggestion
from oncall_cli.practice.holidays import holidays_edit, new_days
from oncall_cli.render.holidays import holidays_data, holidays_text, imported_text

Calendar = Annotated[
    str, typer.Argument(metavar="CALENDAR", help="A country, or a part of one: 'GB', 'US-NY', 'DE-BE'.")
]
Year = Annotated[
    list[int],
    typer.Option("--year", metavar="YYYY", min=1900, max=2200, help="Which year; may be given several times."),
]


def list_holidays(ctx: typer.Context, rotation: MaybeRotation = None, as_json: AsJson = False) -> int:
    """List the holidays."""
    session = Session(ctx.obj)
    rotations = _rotations(session, rotation)
    if as_json:
        session.answer(holidays_data(rotations))
    else:
        session.show(holidays_text(rotations, session.given.width))
    return session.close()


def import_holidays(
    ctx: typer.Context,
    calendar: Calendar,
    year: Year,
    rotation: InRotation = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Freeze the public holidays of a country into the rotations.

    The dates are written into the files, so that a review sees them and nothing else is needed to answer. Without
    --rotation every rotation gets them.
    """
    session = Session(ctx.obj)
    likely_reader(session)
    names = public_holidays(calendar, year)
    rotations = _rotations(session, rotation)
    if session.repository.problems:
        raise Unreadable.of(session.repository.problems[0])
    new = {each.id: days for each in rotations if (days := new_days(each, names))}
    years = " and ".join(str(each) for each in sorted(set(year)))
    if not new:
        raise Refused(f"the holidays of {calendar.upper()} in {years} are there already", hint="oncall holidays list")
    edits = [holidays_edit(each, names) for each in rotations if each.id in new]
    return make_planned_change(
        session,
        edits,
        f"Import the holidays of {calendar.upper()} in {years} into {', '.join(new)}",
        dry_run=dry_run,
        as_json=as_json,
        answer={"holidays": {name: [day.isoformat() for day in days] for name, days in new.items()}},
        text=imported_text(new, names),
    )


def _rotations(session: Session, wanted: str | None) -> list[Rotation]:
    read = [session.repository.rotation(name) for name in session.rotations(wanted)]
    return [rotation for rotation in read if rotation is not None]


def public_holidays(calendar: str, years: list[int]) -> dict[date, str]:
    """Return the days of a calendar and their names, from the library that is asked for only here."""
    try:
        import holidays
    except ImportError:
        missing = "the package 'holidays' is not installed: it knows the calendars"
        raise Refused(missing, hint="pip install 'oncall-cli[holidays]'") from None
    country, _, part = calendar.upper().partition("-")
    known = holidays.list_supported_countries(include_aliases=False)
    if country not in known:
        raise NothingFound(f"there is no calendar '{calendar}'", hint=suggestion(country, list(known), "country"))
    if part and part not in known[country]:
        hint = suggestion(part, known[country], "part") if known[country] else f"write '{country}' alone"
        raise NothingFound(f"'{country}' has no part '{part}'", hint=hint)
    found = dict(holidays.country_holidays(country, subdiv=part or None, years=set(years)))
    if not found:
        raise NothingFound(f"the calendar '{calendar}' has no day in {', '.join(map(str, years))}")
    return found
