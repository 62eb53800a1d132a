"""Weeks as strips, a row a role: each cell is three hours of the wall, filled with whoever has most of them.

What is shorter than a cell is never hidden by what is longer, and a gap by nothing; below each strip stand the times
at which it changes hands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.time import DAY, HOUR, MINUTE, Instant, Wall, day_of, wall_of
from oncall_cli.practice.stretches import Kind, Stretch, within
from oncall_cli.render.days import NAMES, again, bounds, today_of, unusual_length
from oncall_cli.render.legend import BY_OVERRIDE, GAP, NOBODY, UNDERLINED, Screen, heading, legend, role_label
from oncall_cli.render.text import BOLD, DIM, RED, flowing, padded, styled, width_of
from oncall_cli.render.times import clock_time

if TYPE_CHECKING:
    from oncall_cli.model.rotation import Rotation

_MOST_ROLE, _MOST_TOLD = 14, 30
_HOURS_A_CELL = (1, 2, 3, 4, 6)
_FILLS = {Kind.ROSTER: "=", Kind.OVERRIDE: BY_OVERRIDE, Kind.GAP: GAP, Kind.NOBODY: NOBODY}
_SIGNS = {**_FILLS, Kind.ROSTER: ""}

Lanes = Mapping[str, Sequence[Stretch]]


class _Strips(NamedTuple):
    """How the strips of a rotation are cut: the columns of the role's name, and the hours of a cell."""

    rotation: str
    screen: Screen
    gutter: int
    hours: int

    @property
    def cells(self) -> int:
        """How many cells a day has."""
        return 24 // self.hours


def strips_text(rotation: Rotation, lanes: Lanes, days: list[date], screen: Screen) -> str:
    """Return each week with a strip a role, as finely as the terminal is wide."""
    gutter = max(len("Nov 2026"), min(_MOST_ROLE, max(map(width_of, lanes)))) + 1
    room = (screen.width - gutter - 1) // 7 - 1
    hours = next((each for each in _HOURS_A_CELL if 24 // each <= room), _HOURS_A_CELL[-1])
    strips = _Strips(rotation.id, screen, gutter, hours)
    lines = heading(rotation, "", days, screen)
    for start in range(0, len(days), 7):
        lines += ["", *_week(strips, days[start : start + 7], lanes)]
    drawn = (bounds(days[0], screen.times)[0], bounds(days[-1], screen.times)[1])
    seen = [each for lane in lanes.values() for each in within(lane, *drawn)]
    return "\n".join([*lines, "", *legend(seen, "\n".join(lines), screen, whole=True)]).rstrip("\n")


def _week(strips: _Strips, days: list[date], lanes: Lanes) -> list[str]:
    """Return the lines of one week: its days, now, then each role."""
    lines = [_head(strips, days), *_now(strips, days)]
    begin, end = bounds(days[0], strips.screen.times)[0], bounds(days[-1], strips.screen.times)[1]
    told = {role: lane for role, lane in lanes.items() if within(lane, begin, end)}
    for role, lane in told.items():
        cells = [_day(strips, day, lane) for day in days]
        lines.append(f"{role_label(role, strips.gutter)}|{'|'.join(cells)}|")
        lines += _handoffs(strips, days, lane)
    return lines if told else [*lines, f"{role_label('', strips.gutter)} nobody"]


def _head(strips: _Strips, days: list[date]) -> str:
    """Return the days of a week, today with a star, and those of another length with it."""
    width = strips.cells + 1
    cells = []
    for day in days:
        length = unusual_length(day, strips.screen.times)
        today = day == today_of(strips.screen.times)
        said = f"{NAMES[day.weekday()]} {day.day}{'*' if today else ''}"
        said = said.replace(" ", "") + f" {length}" if length and width < 12 else f"{said} {length}"
        cells.append(styled(padded(said[:width], width), BOLD, strips.screen.colour and today))
    return (padded(f"{days[0]:%b %Y}", strips.gutter + 1) + "".join(cells)).rstrip()


def _now(strips: _Strips, days: list[date]) -> list[str]:
    """Return a line that points at now, in the week that has it."""
    times = strips.screen.times
    today = today_of(times)
    if today not in days:
        return []
    wall = times.clock.wall(times.now)
    place = days.index(today) * (strips.cells + 1) + wall % DAY // HOUR // strips.hours
    said = f"now {clock_time(Wall(wall - wall % MINUTE))}"
    room = 7 * (strips.cells + 1) - place
    shown = f"{' ' * place}v {said}" if len(said) + 2 <= room else f"{' ' * (place - len(said) - 1)}{said} v"
    return [" " * (strips.gutter + 1) + shown]


def _day(strips: _Strips, day: date, lane: Iterable[Stretch]) -> str:
    """Return the cells of one day, those of the same stretch together."""
    start, end = bounds(day, strips.screen.times)
    hours = range(wall_of(day), wall_of(day) + DAY, strips.hours * HOUR)
    edges = [*strips.screen.times.clock.instants([Wall(hour) for hour in hours]), end]
    held = within(lane, start, end)
    shown = [_winner(held, start, end) for start, end in pairwise(edges)]
    text, place = "", 0
    while place < len(shown):
        run = place
        while run < len(shown) and shown[run] is shown[place]:
            run += 1
        text += _run(strips, shown[place], run - place)
        place = run
    return text


def _winner(held: list[Stretch], start: Instant, end: Instant) -> Stretch | None:
    """Return whom a cell shows: a gap before all others, then what lies wholly within it, then the longest."""
    inside = [each for each in held if each.start < end and each.end > start]

    def weight(each: Stretch) -> tuple[bool, bool, int]:
        small = start <= each.start and each.end <= end
        return each.kind is Kind.GAP, small, min(each.end, end) - max(each.start, start)

    return max(inside, key=weight, default=None)


def _run(strips: _Strips, stretch: Stretch | None, cells: int) -> str:
    """Return cells of one stretch: the letters of the people, then the sign of what it is."""
    if stretch is None:
        return " " * cells
    fill = _FILLS[stretch.kind]
    if not stretch.people:
        return styled(fill * cells, RED if stretch.kind is Kind.GAP else "", strips.screen.colour)
    text = _letters(stretch, strips)[:cells]
    style = strips.screen.marks[stretch.people[0]].style
    style += f";{UNDERLINED}" if stretch.kind is Kind.OVERRIDE else ""
    return styled(text.ljust(cells, fill), style, strips.screen.colour)


def _letters(stretch: Stretch, strips: _Strips) -> str:
    return "+".join(strips.screen.marks[person].letters for person in stretch.people)


def _handoffs(strips: _Strips, days: list[date], lane: Iterable[Stretch]) -> list[str]:
    """Return when a role changes hands in a week, the days together on which it does so in the same way."""
    times = strips.screen.times
    begin, end = bounds(days[0], times)[0], bounds(days[-1], times)[1]
    found: dict[tuple[str, str], list[int]] = {}
    for instant, who in _changes(strips, within(lane, Instant(begin - DAY), end)):
        if begin <= instant < end:
            said = (f"{times.time_of_day(instant)}{again(instant, times)}", who)
            found.setdefault(said, []).append(day_of(times.clock.wall(instant)).weekday())
    told = sorted(found.items(), key=lambda each: (each[1][0], each[0][0]))
    parts = [f"{_weekdays(on)} {at} {who}" for (at, who), on in told]
    if len(parts) > _MOST_TOLD:
        parts = [
            f"{len(parts)} handoffs,",
            "of which a cell shows one;",
            f"'oncall schedule {strips.rotation}'",
            "lists all",
        ]
        return _dim(strips, [(part, part) for part in parts])
    shown = [(part, part) for part in (*(f"{each}," for each in parts[:-1]), *parts[-1:])]
    return _dim(strips, shown)


def _dim(strips: _Strips, parts: list[tuple[str, str]]) -> list[str]:
    lines = flowing(parts, strips.screen.width, " " * (strips.gutter + 1), " ")
    return [styled(line, DIM, strips.screen.colour) for line in lines]


def _changes(strips: _Strips, lane: Sequence[Stretch]) -> Iterator[tuple[Instant, str]]:
    """Yield each instant at which a stretch begins, or ends with nobody after it, and who has the role then."""
    for each, following in zip_longest(lane, lane[1:]):
        yield each.start, f"{_letters(each, strips)}{_SIGNS[each.kind]}"
        if following is None or following.start > each.end:
            yield each.end, "off"


def _weekdays(days: list[int]) -> str:
    """Return ``daily``, ``Mon-Fri`` or ``Mon+Wed`` for numbers of days."""
    if days == list(range(7)):
        return "daily"
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{NAMES[days[0]]}-{NAMES[days[-1]]}"
    return "+".join(NAMES[day] for day in days)
