"""``oncall calendar``: a month as a grid, weeks as strips."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated

import typer

from oncall_cli.commands.options import AsJson, AsOf, From, MaybeRotation, Role, To
from oncall_cli.commands.pictures import Svg, put_picture
from oncall_cli.commands.session import Session
from oncall_cli.errors import WrongUsage
from oncall_cli.model.time import DAY, WEEK, Instant, day_of
from oncall_cli.render.calendar import calendar_text
from oncall_cli.render.calendar_data import calendar_data
from oncall_cli.render.days import bounds, days_of
from oncall_cli.render.legend import Screen, picture_title
from oncall_cli.render.marks import marks_of
from oncall_cli.render.schedule import Listing, idle_text
from oncall_cli.render.strips import strips_text
from oncall_cli.render.weeks import Looks, weeks_of
from oncall_cli.render.weeks_svg import weeks_svg

Month = Annotated[
    str | None,
    typer.Option("--month", metavar="YYYY-MM", help="Which month; default: this one.", show_default=False),
]
Weeks = Annotated[
    int | None,
    typer.Option("--weeks", min=1, max=53, help="That many weeks as strips, from this one, instead of a month."),
]


def calendar(
    ctx: typer.Context,
    rotation: MaybeRotation = None,
    month: Month = None,
    weeks: Weeks = None,
    begin: From = None,
    end: To = None,
    role: Role = None,
    svg: Svg = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> int:
    """Draw a month as a grid, or some weeks as strips.

    The default is the month of --from, or the whole weeks between --from and --to. Days and times are those of
    the reader's zone. A number before a name is the hour at which they begin.
    """
    if svg and as_json:
        raise WrongUsage("--svg and --json are two answers", hint="leave one out")
    session = Session(ctx.obj, as_of=as_of)
    days = _days(session, month, weeks, begin, end)
    start, until = bounds(days[0], session.times)[0], bounds(days[-1], session.times)[1]
    # A day more, so that whatever begins with the first day is known from what only goes on.
    listings = session.listings(rotation, Instant(start - DAY), until, role, cut=False)
    looks = _looks(session, listings)
    if svg:
        picture = weeks_of(listings, picture_title(listings, days, session.times), start, until)
        put_picture(session, weeks_svg(picture, looks), svg)
    elif as_json:
        session.answer([each for listing in listings for each in calendar_data(listing, days, session.times)])
    else:
        draw = strips_text if weeks else calendar_text
        screen = Screen(*looks, session.given.width, session.given.colour)
        grids = [
            draw(one.rotation, lanes, days, screen) if (lanes := one.lanes(start)) else idle_text(one, screen.colour)
            for one in listings
        ]
        session.show("\n\n".join([*grids, session.times.note()]))
    return session.close()


def _looks(session: Session, listings: list[Listing]) -> Looks:
    """Return how people are shown; the marks are those of the whole team, whoever is drawn."""
    shown = {person for listing in listings for shift in listing.shifts for person in shift.people}
    marks = marks_of([*session.repository.person_ids(), *shown])
    return Looks(session.times, marks, session.people(shown))


def _days(session: Session, month: str | None, weeks: int | None, begin: str | None, end: str | None) -> list[date]:
    """Return the days that are drawn, in whole weeks."""
    first, last = (day_of(session.times.clock.wall(each)) for each in session.window(begin, end, WEEK))
    said = [name for name, given in (("--month", month), ("--weeks", weeks), ("--to", end)) if given is not None]
    if len(said) > 1:
        raise WrongUsage(f"{' and '.join(said)} say different lengths of time", hint="leave all but one out")
    if weeks is not None:
        return days_of(first, first + timedelta(weeks=weeks - 1))
    return days_of(first, last) if end else _month(month, first)


def _month(month: str | None, today: date) -> list[date]:
    if month is not None and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise WrongUsage(f"'{month}' is not a month", hint="write it as '2026-12'")
    first = date.fromisoformat(f"{month}-01") if month else today.replace(day=1)
    return days_of(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
