"""``oncall incident metrics``: how long incidents take, how often, when, and whether somebody responds in time."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from oncall_cli.commands.options import AsJson, InRotation
from oncall_cli.commands.session import Session
from oncall_cli.errors import WrongUsage
from oncall_cli.model.roles import PRIMARY
from oncall_cli.model.time import DAY, Instant
from oncall_cli.practice.incident_metrics import By, Metrics, Period, measured, metrics
from oncall_cli.render.incident_metrics import metrics_csv, metrics_data, metrics_svg, metrics_text
from oncall_cli.repository.publish import publish_file

_PERIOD = 90 * DAY


class Format(StrEnum):
    """How the numbers are written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    SVG = "svg"


Grouped = Annotated[By, typer.Option("--by", help="What the incidents are grouped by.")]
Since = Annotated[
    str | None, typer.Option("--from", metavar="WHEN", help="Noticed from then on. [default: 90 days ago]")
]
Until = Annotated[str | None, typer.Option("--to", metavar="WHEN", help="Noticed before. [default: now]")]
FormatOption = Annotated[
    Format, typer.Option("--format", help="For a person, a script, a spreadsheet, or as a picture.")
]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Write it there; default: print it.", show_default=False)
]


def metrics_incident(
    ctx: typer.Context,
    rotation: InRotation = None,
    by: Grouped = By.SEVERITY,
    begin: Since = None,
    end: Until = None,
    form: FormatOption = Format.TEXT,
    out: Out = None,
    as_json: AsJson = False,
) -> int:
    """Measure incidents: time to detect, acknowledge, mitigate, resolve; medians and p90 with their counts."""
    session = Session(ctx.obj)
    until = session.when(end, session.now, past=True)
    since = session.when(begin, Instant(until - _PERIOD), past=True)
    if since >= until:
        raise WrongUsage(
            f"the period ends ({session.times.at(until)}) before it begins ({session.times.at(since)})",
            hint="give a later --to, or an earlier --from",
        )
    found = _metrics(session, rotation, by, since, until)
    if as_json or form is Format.JSON:
        session.answer(metrics_data(found, since, until))
        return session.close()
    if form is Format.TEXT:
        text = metrics_text(found, since, until, session.times, session.given.width, session.given.colour and not out)
        text = f"{text}\n"
    else:
        text = metrics_csv(found) if form is Format.CSV else metrics_svg(found)
    if out is None:
        session.put(text.encode())
    else:
        publish_file(out, text.encode())
        session.tell(f"Wrote {out}.")
    return session.close()


def _metrics(session: Session, rotation: str | None, by: By, since: Instant, until: Instant) -> Metrics:
    """Return the numbers of the rotations asked about, from their incidents and the shifts of their primaries."""
    team = session.repository.team()
    found, shifts = [], []
    period = Period(since, until, session.now)
    for record, schedule in session.schedules(rotation):
        incidents = session.repository.incidents(record.id)
        found += measured(record.id, incidents, schedule.clock, team, period)
        shifts += [
            (record.id, shift)
            for shift in session.repository.shifts(record.id)
            if shift.role == PRIMARY and shift.started is not None and since <= shift.started < until
        ]
    return metrics(found, shifts, by, team)
