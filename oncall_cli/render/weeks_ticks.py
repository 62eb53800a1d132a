"""What is written along a picture of weeks: its days, and the times of its handoffs where there is room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from oncall_cli.model.time import Instant, day_of, wall_of
from oncall_cli.render.days import NAMES, short_time, unusual_length
from oncall_cli.render.svg_width import width
from oncall_cli.render.times import Times
from oncall_cli.render.weeks import MARGIN, PLOT, WIDTH, Band, Row

TICK_SIZE = 10


class Tick(NamedTuple):
    """Something written at a place of the axis, and whether its line is a strong one."""

    x: float
    text: str
    strong: bool


def day_ticks(band: Band, times: Times) -> Iterator[Tick]:
    """Yield the days of a band: all of them by name where there is room, else the Mondays."""
    day = day_of(times.clock.wall(band.start))
    count = 1 + (day_of(times.clock.wall(Instant(band.end - 1))) - day).days
    room = PLOT / count
    for number in range(count):
        each = day + timedelta(days=number)
        monday = each.weekday() == 0
        at = max(band.start, times.clock.instant(wall_of(each)))
        yield Tick(band.x(at), _day(each, room, number == 0, unusual_length(each, times)), monday)


def _day(day: date, room: float, first: bool, length: str) -> str:
    told = f" ({length[:-1] if length.endswith('h') else length} h)" if length else ""
    month = f" {day:%b}" if first or day.day == 1 or day.weekday() == 0 else ""
    if room >= 80:
        return f"{NAMES[day.weekday()]} {day.day}{month}{told}"
    if room >= 50:
        return f"{NAMES[day.weekday()]} {day.day}{told and f' {length}'}"
    return f"{day.day}{month}" if first or day.weekday() == 0 else length


def handoff_ticks(row: Row, band: Band, times: Times) -> Iterator[Tick]:
    """Yield the handoffs of a row within a band, with their times where there is room for them."""
    edges = {bar.start for bar in row.bars} | {bar.end for bar in row.bars}
    reach = 0.0
    for instant in sorted(edge for edge in edges if band.start < edge < band.end):
        x = band.x(instant)
        said = clock_text(instant, times)
        wide = width(said, TICK_SIZE)
        roomy = x - wide / 2 > reach and x + wide / 2 < WIDTH - MARGIN
        reach = x + wide / 2 + 2 if roomy else reach
        yield Tick(x, said if roomy else "", False)


def clock_text(instant: Instant, times: Times) -> str:
    """Return the time of day of a handoff, always with its minutes."""
    said = short_time(instant, times)
    return said if ":" in said else f"{said[:2]}:00{said[2:]}"
