"""How a message says times: on the wall of one zone, the same on every machine."""

from __future__ import annotations

from oncall_cli.model.patterns import WEEKDAYS
from oncall_cli.model.time import DAY, Instant, LocalMoment, day_of
from oncall_cli.schedule.walls import WallClock


def said(clock: WallClock, instant: Instant) -> str:
    """Return ``Tue 2026-11-24 09:00``."""
    wall = clock.wall(instant)
    return f"{WEEKDAYS[day_of(wall).weekday()][:3].title()} {LocalMoment(wall, is_date=False)}"


def said_span(clock: WallClock, start: Instant, end: Instant) -> str:
    """Return ``Tue 2026-11-24 09:00 to 17:00``, with the second day where it is another."""
    until = said(clock, end)
    same_day = clock.wall(start) // DAY == clock.wall(end) // DAY
    return f"{said(clock, start)} to {until.rpartition(' ')[2] if same_day else until}"


def more_of(count: int, noun: str, plural: str = "") -> str:
    """Return `` (and 2 more shifts)``, or nothing when there is only the first."""
    return f" (and {count - 1} more {noun if count == 2 else plural or f'{noun}s'})" if count > 1 else ""
