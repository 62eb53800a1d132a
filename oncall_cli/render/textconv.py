"""What ``git diff`` compares of a rotation: the file as it is, and below it the schedule that it means."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from oncall_cli.model.patterns import WEEKDAYS
from oncall_cli.model.time import DAY, MINUTE, WEEK, ClockTime, Instant, Wall, day_of, wall_of
from oncall_cli.schedule.walls import WallClock

if TYPE_CHECKING:
    from oncall_cli.errors import Problem
    from oncall_cli.model.zone import Zone
    from oncall_cli.schedule.schedule import Schedule
    from oncall_cli.schedule.shift import Shift

WEEKS = 12
_RULE = "-" * 72


def window(now: Instant, zone: Zone) -> tuple[Instant, Instant]:
    """Return the twelve weeks from the Monday of this week: the same for both sides of a comparison."""
    clock = WallClock(zone)
    today = day_of(clock.wall(now))
    monday = wall_of(today) - today.weekday() * DAY
    return clock.instant(Wall(monday)), clock.instant(Wall(monday + WEEKS * WEEK))


def schedule_text(schedule: Schedule, now: Instant) -> str:
    """Return the turns of each role, a line each that says when it begins, so that a change stays in its lines."""
    start, until = window(now, schedule.zone)
    clock = WallClock(schedule.zone)
    head = f"Schedule of {WEEKS} weeks from {_when(clock, start)} ({schedule.zone}), before overrides"
    roles = [_role(role, schedule.shifts(start, until, (role,)), until, clock) for role in schedule.roles]
    return "\n".join([_RULE, head, *(line for lines in roles for line in ["", *lines])]) + "\n"


def no_schedule(problem: Problem) -> str:
    """Return why there is no schedule to compare."""
    return f"{_RULE}\nNo schedule: line {problem.place.line}: {problem.message}\n"


def _role(role: str, shifts: Iterable[Shift], until: Instant, clock: WallClock) -> list[str]:
    lines, ended = [f"{role}:"], None
    for shift in shifts:
        if ended is not None and shift.start > ended:
            lines.append(f"  {_when(clock, ended)}  nobody")
        lines.append(f"  {_when(clock, shift.start)}  {', '.join(shift.people) or 'nobody'}")
        ended = shift.end
    if ended is not None and ended < until:
        lines.append(f"  {_when(clock, ended)}  nobody")
    return lines if len(lines) > 1 else [f"{role}: nobody"]


def _when(clock: WallClock, instant: Instant) -> str:
    wall = clock.wall(instant)
    day = day_of(wall)
    return f"{WEEKDAYS[day.weekday()][:3].title()} {day.isoformat()} {ClockTime(wall % DAY // MINUTE)}"
