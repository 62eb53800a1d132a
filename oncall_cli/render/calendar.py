"""A month or some weeks as a grid: a column a weekday, each handoff at its time on the reader's wall."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from oncall_cli.model.time import DAY, HOUR, MINUTE, Instant, day_of, format_instant, wall_of
from oncall_cli.render.text import BOLD, cut, one_line, padded, styled, width_of
from oncall_cli.render.times import Times, clock_time

if TYPE_CHECKING:
    from oncall_cli.render.schedule import Listing
    from oncall_cli.schedule.shift import Shift

_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Stretch(NamedTuple):
    """What one day's cell tells of one shift: from and until which instants of that day, and who."""

    start: Instant
    end: Instant
    people: tuple[str, ...]


def days_of(first: date, last: date) -> list[date]:
    """Return the days of the whole weeks that hold ``first`` to ``last``."""
    begin = first - timedelta(days=first.weekday())
    end = last + timedelta(days=6 - last.weekday())
    return [begin + timedelta(days=number) for number in range((end - begin).days + 1)]


def bounds(day: date, times: Times) -> tuple[Instant, Instant]:
    """Return the instants at which a day begins and ends on the reader's wall; it may have 23 or 25 hours."""
    return times.clock.instant(wall_of(day)), times.clock.instant(wall_of(day + timedelta(days=1)))


def stretches(day: date, shifts: Iterable[Shift], times: Times) -> list[Stretch]:
    """Return what a day holds of the shifts, in order."""
    start, end = bounds(day, times)
    return [
        Stretch(max(shift.start, start), min(shift.end, end), shift.people)
        for shift in shifts
        if shift.start < end and shift.end > start
    ]


def calendar_text(
    listing: Listing, role: str, days: list[date], times: Times, width: int = 80, colour: bool = False
) -> str:
    """Return the grid of the days, as wide as the terminal allows up to 16 columns a day."""
    column = max(9, min(16, (width - 1) // 7 - 1))
    today = day_of(times.clock.wall(times.now))
    lines = [
        f"{styled(listing.rotation.id, BOLD, colour)}  {one_line(listing.rotation.name)}, {role}, "
        f"{_spelled(days[0])} to {_spelled(days[-1])} {days[-1].year}",
        " ".join(padded(name, column) for name in _NAMES).rstrip(),
    ]
    for week in range(0, len(days), 7):
        cells = [_cell(day, day == today, listing.shifts, times, column) for day in days[week : week + 7]]
        lines += [
            "",
            *_side_by_side(cells, [day == today and colour for day in days[week : week + 7]], column),
        ]
    return "\n".join(lines)


def _side_by_side(cells: list[list[str]], strong: list[bool], column: int) -> list[str]:
    """Return the lines of one week."""
    rows = zip_longest(*cells, fillvalue="")
    return [
        " ".join(styled(padded(part, column), BOLD, bold) for part, bold in zip(row, strong, strict=True)).rstrip()
        for row in rows
    ]


def calendar_data(listing: Listing, role: str, days: list[date], times: Times) -> dict[str, Any]:
    """Return the grid for JSON: a list of days, each with who begins and ends when in UTC."""
    return {
        "rotation": listing.rotation.id,
        "role": role,
        "zone": str(times.zone),
        "days": [
            {
                "date": day.isoformat(),
                "shifts": [
                    {
                        "people": list(each.people),
                        "start": format_instant(each.start),
                        "end": format_instant(each.end),
                    }
                    for each in stretches(day, listing.shifts, times)
                ],
            }
            for day in days
        ],
    }


def _cell(day: date, today: bool, shifts: list[Shift], times: Times, column: int) -> list[str]:
    """Return the lines of one day: its number (a star for today), then who, and from when."""
    number = f"{day:%b} 1" if day.day == 1 else str(day.day)
    lines = [f"{number}*" if today else number]
    held = stretches(day, shifts, times)
    for each, following in zip_longest(held, held[1:]):
        followed = following is not None and following.start <= each.end
        label = _label(each, bounds(day, times), followed, times)
        who = ",".join(each.people)
        together = f"{label} {who}".strip()
        lines += [together] if width_of(together) <= column or not label else [label, f" {who}"]
    return [cut(line, column) for line in lines]


def _label(each: Stretch, day: tuple[Instant, Instant], followed: bool, times: Times) -> str:
    """Return ``15`` for somebody who begins at 15:00, ``09-17`` where nobody follows, nothing for a whole day."""
    begins = "" if each.start == day[0] else _short(each.start, times)
    ends = "" if each.end == day[1] or followed else f"-{_short(each.end, times)}"
    return begins + ends


def _short(instant: Instant, times: Times) -> str:
    """Return the time of day, without its minutes on the full hour."""
    wall = times.clock.wall(instant)
    return f"{wall % DAY // HOUR:02d}" if wall % HOUR // MINUTE == 0 else clock_time(wall)


def _spelled(day: date) -> str:
    return f"{day.day} {day:%B}"
