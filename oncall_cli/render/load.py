"""How the load is shared: a table with bars for a person, CSV for those who pay for it, JSON."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING, Any

from oncall_cli.model.time import HOUR, format_instant
from oncall_cli.render.csv import cell
from oncall_cli.render.people import name_of
from oncall_cli.render.text import BOLD, columns, padded, styled, wrapped

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.practice.load import LoadReport, PersonLoad
    from oncall_cli.render.times import Times
    from oncall_cli.schedule.fairness import Load

_BAR = 10
_HEAD = ("rotation", "from", "to", "person", "name", "hours", "night", "weekend", "holiday", "pages", "amount")


def hours(seconds: int) -> str:
    """Return a length in hours, to the tenth where it is no whole number of them."""
    tenths = round(seconds * 10 / HOUR)
    return f"{tenths // 10}.{tenths % 10}h" if tenths % 10 else f"{tenths // 10}h"


def load_text(
    reports: Sequence[LoadReport],
    people: Mapping[str, Person],
    times: Times,
    width: int = 80,
    colour: bool = False,
) -> str:
    """Return a row for each person of each report, with a bar of their hours and how they compare to the mean."""
    blocks = []
    for report in reports:
        when = times.until(report.start, report.end)
        head = f"{styled(report.rotation or 'All rotations', BOLD, colour)}  {when}"
        blocks.append("\n".join([head, *(columns(_rows(report, people)) if report.rows else ["  nobody"])]))
    note = f"{times.note()} Nights (22:00 to 06:00) and weekends are those of each person's own clock."
    return "\n\n".join([*blocks, "\n".join(wrapped(note, width))])


def _rows(report: LoadReport, people: Mapping[str, Person]) -> list[list[str]]:
    most = max(row.load.seconds for row in report.rows)
    worth = "amount" if any(row.amount is not None for row in report.rows) else ""
    pages = f"{report.mean_pages:.1f}".removesuffix(".0")
    return [
        ["", "hours", "", "", "night", "weekend", "holiday", "pages", worth],
        *(_row(row, report.mean, most, people) for row in report.rows),
        ["  mean", hours(report.mean.seconds), "", "", *map(hours, report.mean[1:]), pages, ""],
    ]


def _row(row: PersonLoad, mean: Load, most: int, people: Mapping[str, Person]) -> list[str]:
    seconds = row.load.seconds
    bar = "█" * round(_BAR * seconds / most) if most else ""
    more = round(100 * (seconds - mean.seconds) / mean.seconds) if mean.seconds else 0
    cells = [f"  {name_of(row.person, people)}", hours(seconds), padded(bar, _BAR), f"{more:+d}%"]
    return [*cells, *map(hours, row.load[1:]), str(row.pages), "" if row.amount is None else str(row.amount)]


def load_csv(reports: Sequence[LoadReport], people: Mapping[str, Person]) -> str:
    """Return a line for each person; hours as decimals, and no cell that a spreadsheet would run."""
    out = StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(_HEAD)
    for report in reports:
        begin = [report.rotation or "", format_instant(report.start), format_instant(report.end)]
        for row in report.rows:
            parts = [f"{Decimal(seconds) / HOUR:.2f}" for seconds in row.load]
            worth = "" if row.amount is None else str(row.amount)
            lines.writerow([*begin, row.person, cell(name_of(row.person, people)), *parts, row.pages, worth])
    return out.getvalue().rstrip("\n")


def load_data(report: LoadReport) -> dict[str, Any]:
    """Return the report for a script, in seconds; an amount is text, so that no cent is lost."""
    return {
        "rotation": report.rotation,
        "from": format_instant(report.start),
        "to": format_instant(report.end),
        "people": [_person(row) for row in report.rows],
        "mean": {**report.mean._asdict(), "pages": report.mean_pages},
    }


def _person(row: PersonLoad) -> dict[str, Any]:
    worth = None if row.amount is None else str(row.amount)
    return {"person": row.person, **row.load._asdict(), "pages": row.pages, "amount": worth}
