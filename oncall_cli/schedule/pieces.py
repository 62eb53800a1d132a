"""Sorted lists of shifts that do not overlap: clipped, split, laid over each other, joined."""

from __future__ import annotations

from collections.abc import Callable

from oncall_cli.model.time import DAY, Instant
from oncall_cli.schedule.shift import Shift
from oncall_cli.schedule.spans import Span, touching

Cut = Callable[[Instant, Instant], list[Shift]]

_FIRST_LOOK = 7 * DAY


def clipped(shifts: list[Shift], start: Instant, end: Instant) -> list[Shift]:
    """Return the sorted shifts' parts that lie in ``[start, end)``."""
    inside = touching(shifts, start, end)
    if inside and inside[0].start < start:
        inside[0] = inside[0]._replace(start=start)
    if inside and inside[-1].end > end:
        inside[-1] = inside[-1]._replace(end=end)
    return inside


def split(shifts: list[Shift], start: Instant, end: Instant) -> tuple[list[Shift], list[Shift], list[Shift]]:
    """Return the parts of the shifts before, in and after a span."""
    if not shifts:
        return [], [], []
    before = clipped(shifts, shifts[0].start, start)
    return before, clipped(shifts, start, end), clipped(shifts, end, max(end, shifts[-1].end))


def overlaid(lower: list[Shift], upper: list[Shift]) -> list[Shift]:
    """Return ``upper``, and the parts of ``lower`` at times when ``upper`` has nobody."""
    result: list[Shift] = []
    place = 0
    for shift in lower:
        start = shift.start
        while place < len(upper) and upper[place].start < shift.end:
            if start < upper[place].start:
                result.append(shift._replace(start=start, end=upper[place].start))
            start = max(start, upper[place].end)
            if upper[place].end > shift.end:
                break
            result.append(upper[place])
            place += 1
        if start < shift.end:
            result.append(shift._replace(start=start))
    return result + upper[place:]


def joined(pieces: list[Shift]) -> list[Shift]:
    """Return the pieces with adjacent ones that differ in nothing but their times made one."""
    whole: list[Shift] = []
    for piece in pieces:
        if whole and whole[-1].end == piece.start and whole[-1][2:] == piece[2:]:
            whole[-1] = whole[-1]._replace(end=piece.end)
        else:
            whole.append(piece)
    return whole


def uncut(cut: Cut, window: Span, limits: Span) -> list[Shift]:
    """Return the whole shifts that touch the window, from a function that gives them cut to any window.

    None of them reaches beyond the limits. These may be years away, so that the ends are looked for nearby
    first: a shift that ends inside of what was looked at is whole.
    """
    look = _FIRST_LOOK
    while True:
        low, high = Instant(max(limits[0], window[0] - look)), Instant(min(limits[1], window[1] + look))
        shifts = touching(cut(low, high), *window)
        begun = not shifts or low == limits[0] or low < shifts[0].start
        ended = not shifts or high == limits[1] or high > shifts[-1].end
        if begun and ended:
            return shifts
        look *= 4
