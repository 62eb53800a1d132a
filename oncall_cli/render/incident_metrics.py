"""Numbers of incidents as text, JSON, CSV and pictures; each with what it means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from oncall_cli.lasting import span
from oncall_cli.model.time import format_instant
from oncall_cli.practice.incident_metrics import MEASURES, By
from oncall_cli.practice.metrics import DEFINITIONS
from oncall_cli.render.bars import Bar, Chart, bar_lines
from oncall_cli.render.csv import csv_text
from oncall_cli.render.svg import bar_chart
from oncall_cli.render.text import BOLD, columns, one_line, styled, wrapped
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.model.time import Instant
    from oncall_cli.practice.incident_metrics import Group, Metrics

# The columns of the table: new ones are only ever added at the end.
COLUMNS = ("by", "group", "measure", "count", "median_seconds", "p90_seconds", "kept")
_MEANING = {
    **DEFINITIONS,
    "in time": "acknowledged within what the severity allows, counted from detection, of those of which it can be told",
    "hour": "the hour at which it was noticed, on the wall of its rotation",
    "shift": "incidents noticed while a primary's shift lasted, as its record says, or as scheduled where it does not",
}
_SERVICES = "an incident of several services counts for each of them"


def metrics_text(found: Metrics, start: Instant, end: Instant, times: Times, width: int, colour: bool) -> str:
    """Return the numbers for a person."""
    head = f"{_counted(found.total.count)} noticed {times.until(start, end)}"
    if not found.total.count:
        return f"No incident was noticed {times.until(start, end)}."
    groups = [found.total, *(found.groups if len(found.groups) > 1 or found.by is not By.SEVERITY else [])]
    blocks = [[styled(head, BOLD, colour)], *(_group_lines(group, found.by, colour, width) for group in groups)]
    blocks.append(["By hour of the day", *bar_lines(_hours(found).bars, width, plain=not colour)])
    if found.per_shift:
        each = found.per_shift
        blocks.append([f"Per shift: {each.count} shifts, median {each.median}, p90 {each.p90} incidents"])
    meaning = [
        line for name, text in _meaning(found.by).items() for line in wrapped(f"{name}: {text}", width, "    ", "  ")
    ]
    blocks += [["What the numbers mean", *meaning], [times.note()]]
    return "\n\n".join("\n".join(block) for block in blocks)


def metrics_data(found: Metrics, start: Instant, end: Instant) -> dict[str, Any]:
    """Return the same for a script."""
    return {
        "from": format_instant(start),
        "to": format_instant(end),
        "by": str(found.by),
        "total": _group_data(found.total),
        "groups": [_group_data(group) for group in found.groups],
        "hours": found.hours,
        "shifts": [load._asdict() for load in found.shifts],
        "per_shift": asdict(found.per_shift) if found.per_shift else None,
        "definitions": _meaning(found.by),
    }


def metrics_csv(found: Metrics) -> str:
    """Return the same as a table: a row for each group and measure, hour and shift."""
    return csv_text(COLUMNS, _rows(found))


def metrics_svg(found: Metrics) -> str:
    """Return the pictures one below the other: incidents by group and by hour, and the median of each time."""
    charts = [
        Chart("count", "Incidents", tuple(Bar(group.name, group.count, str(group.count)) for group in found.groups)),
        _hours(found),
        *(_medians(found, measure) for measure in MEASURES),
    ]
    parts, top = [], 0
    for chart in charts:
        if chart.bars:
            heading = f'<text x="8" y="{top + 18}" font-family="sans-serif" font-size="14" fill="#767676">'
            parts.append(f"{heading}{chart.title}</text>")
            parts.append(f'<g transform="translate(0 {top + 26})">\n{bar_chart(chart)}\n</g>')
            top += 20 * len(chart.bars) + 8 + 40
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="640" height="{top}" viewBox="0 0 640 {top}" role="group" '
        f'aria-labelledby="metrics-title">\n<title id="metrics-title">Incidents in numbers</title>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _medians(found: Metrics, measure: str) -> Chart:
    bars = [
        Bar(group.name, known.median, f"{span(known.median)} (p90 {span(known.p90)}, of {known.count})")
        for group in found.groups
        if (known := group.measures[measure])
    ]
    return Chart(measure, f"Median time to {measure}", tuple(bars))


def _hours(found: Metrics) -> Chart:
    bars = (Bar(f"{hour:02d}:00", count, str(count)) for hour, count in enumerate(found.hours))
    return Chart("hours", "Incidents by hour of the day", tuple(bar for bar in bars if bar.value))


def _group_lines(group: Group, by: By, colour: bool, width: int) -> list[str]:
    what = "all" if group.name == "all" else f"{by} {one_line(group.name)}"
    rows = [
        [f"  to {measure}", f"{known.count} of {group.count}", f"median {span(known.median)}", f"p90 {span(known.p90)}"]
        for measure, known in group.measures.items()
        if known
    ]
    lines = [styled(f"{what}: {_counted(group.count)}", BOLD, colour), *columns(rows, width)]
    kept = f"  responded in time: {group.in_time} of {group.answered}"
    return [*lines, kept] if group.answered else lines


def _counted(count: int) -> str:
    return f"{count} incident{'' if count == 1 else 's'}"


def _meaning(by: By) -> dict[str, str]:
    return {**_MEANING, "service": _SERVICES} if by is By.SERVICE else _MEANING


def _group_data(group: Group) -> dict[str, Any]:
    measures = {name: asdict(known) if known else None for name, known in group.measures.items()}
    return {
        "name": group.name,
        "count": group.count,
        **measures,
        "in_time": {"kept": group.in_time, "of": group.answered},
    }


def _rows(found: Metrics) -> Iterator[tuple[object, ...]]:
    for by, group in (("all", found.total), *((str(found.by), group) for group in found.groups)):
        yield by, group.name, "incidents", group.count, None, None, None
        for measure, known in group.measures.items():
            if known:
                yield by, group.name, measure, known.count, known.median, known.p90, None
        yield by, group.name, "in time", group.answered, None, None, group.in_time
    for hour, count in enumerate(found.hours):
        yield "hour", f"{hour:02d}", "incidents", count, None, None, None
    for load in found.shifts:
        yield "shift", f"{load.rotation}/{load.shift}", "incidents", load.incidents, None, None, None
