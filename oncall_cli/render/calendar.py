"""A month or some weeks as a grid: a column a weekday, each handoff at its time on the reader's wall."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.time import Instant
from oncall_cli.practice.stretches import Kind, Stretch, within
from oncall_cli.render.days import NAMES, bounds, short_time, today_of, unusual_length
from oncall_cli.render.legend import BY_OVERRIDE, UNDERLINED, Screen, heading, legend, role_label
from oncall_cli.render.text import BOLD, RED, cut, padded, styled, width_of

if TYPE_CHECKING:
    from oncall_cli.model.rotation import Rotation

_LEAST, _MOST, _MOST_ROLE = 6, 16, 10
_WORDS = {Kind.GAP: "GAP", Kind.NOBODY: "nobody"}

Lanes = Mapping[str, Sequence[Stretch]]


class _Line(NamedTuple):
    """A line of a cell: what is written plainly, then what is in a style."""

    plain: str
    text: str = ""
    style: str = ""


class _Grid(NamedTuple):
    """How the grid is cut: the columns for the role and for a day, and whether people go by their letters."""

    screen: Screen
    gutter: int
    column: int
    letters: bool


def calendar_text(rotation: Rotation, lanes: Lanes, days: list[date], screen: Screen) -> str:
    """Return the grid of the days, as wide as the terminal allows up to 16 columns a day."""
    grid = _grid(lanes, screen)
    only = next(iter(lanes)) if len(lanes) == 1 else ""
    lines = heading(rotation, f"{only}, " if only else "", days, screen)
    lines.append(_row(grid, "", [_Line(name) for name in NAMES]))
    for start in range(0, len(days), 7):
        lines += ["", *_week(grid, days[start : start + 7], lanes)]
    drawn = (bounds(days[0], screen.times)[0], bounds(days[-1], screen.times)[1])
    seen = [each for lane in lanes.values() for each in within(lane, *drawn)]
    told = legend(seen, "\n".join(lines), screen, whole=grid.letters)
    return "\n".join([*lines, "", *told] if told else lines)


def _grid(lanes: Lanes, screen: Screen) -> _Grid:
    gutter = min(_MOST_ROLE, max(map(width_of, lanes))) + 1 if len(lanes) > 1 else 0
    column = max(_LEAST, min(_MOST, (screen.width - gutter + 1) // 7 - 1))
    longest = max((width_of(_who(each.people)) for lane in lanes.values() for each in lane), default=0)
    return _Grid(screen, gutter, column, longest >= column)


def _who(people: Iterable[str]) -> str:
    return ",".join(people)


def _week(grid: _Grid, days: list[date], lanes: Lanes) -> list[str]:
    """Return the lines of one week: the days, then each role."""
    lines = [_row(grid, "", [_head(day, grid) for day in days])]
    for role, lane in lanes.items():
        rows = list(zip_longest(*(_cell(day, lane, grid) for day in days), fillvalue=_Line("")))
        lines += [_row(grid, "" if place else role, row) for place, row in enumerate(rows)]
    return lines


def _row(grid: _Grid, label: str, cells: Iterable[_Line]) -> str:
    first = role_label(label, grid.gutter) if grid.gutter else ""
    return (first + " ".join(_shown(cell, grid) for cell in cells)).rstrip()


def _shown(line: _Line, grid: _Grid) -> str:
    """Return a line of a cell as wide as its column."""
    plain = cut(line.plain, grid.column)
    text = cut(line.text, max(1, grid.column - width_of(plain)))
    rest = padded("", grid.column - width_of(plain + text))
    return plain + styled(text, line.style, grid.screen.colour and bool(line.style)) + rest


def _head(day: date, grid: _Grid) -> _Line:
    """Return the number of a day, with a star for today and its length where the clocks change."""
    number = f"{day:%b} 1" if day.day == 1 else str(day.day)
    length = unusual_length(day, grid.screen.times)
    if day == today_of(grid.screen.times):
        return _Line("", f"{number}*{f' {length}' if length else ''}", BOLD)
    return _Line(f"{number} {length}" if length else number)


def _cell(day: date, lane: Iterable[Stretch], grid: _Grid) -> list[_Line]:
    """Return who has a role on a day, and from when."""
    lines: list[_Line] = []
    limits = bounds(day, grid.screen.times)
    held = within(lane, *limits)
    for each, following in zip_longest(held, held[1:]):
        followed = following is not None and following.start <= each.end
        label = _label(each, limits, followed, grid)
        who, style = _name(each, grid)
        begin = f"{label} " if label else ""
        if label and width_of(begin + who) > grid.column:
            lines += [_Line(label), _Line(" ", who, style)]
        else:
            lines.append(_Line(begin, who, style))
    return lines


def _name(stretch: Stretch, grid: _Grid) -> tuple[str, str]:
    """Return who it is, marked where an override says so, and the style."""
    if not stretch.people:
        return _WORDS[stretch.kind], RED if stretch.kind is Kind.GAP else ""
    marks = grid.screen.marks
    who = _who(marks[each].letters if grid.letters else each for each in stretch.people)
    style = marks[stretch.people[0]].style
    return (f"{who}{BY_OVERRIDE}", f"{style};{UNDERLINED}") if stretch.kind is Kind.OVERRIDE else (who, style)


def _label(each: Stretch, day: tuple[Instant, Instant], followed: bool, grid: _Grid) -> str:
    """Return ``15`` for somebody who begins at 15:00, ``09-17`` where nobody follows, nothing for a whole day."""
    times = grid.screen.times
    begins = "" if each.start == day[0] else short_time(each.start, times)
    ends = "" if each.end == day[1] or followed else f"-{short_time(each.end, times)}"
    return begins + ends
