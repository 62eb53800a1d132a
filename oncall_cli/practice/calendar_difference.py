"""When two calendars name other people: stretch by stretch, and whether a stretch is but a handoff an hour off."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from oncall_cli.model.time import HOUR, Instant
from oncall_cli.schedule.shift import People
from oncall_cli.schedule.spans import Span

Names = frozenset[str]
Piece = tuple[Instant, Instant, Names]
"""A stretch of time, and whom a calendar names for it; several may lie over each other."""


class Kind(StrEnum):
    """How the calendar differs from the schedule for a while."""

    OTHER = "other people"
    ONLY_CALENDAR = "only in the calendar"
    ONLY_SCHEDULE = "only in the schedule"
    HOUR_EARLY = "an hour early in the calendar"
    HOUR_LATE = "an hour late in the calendar"
    ENDS = "the calendar ends"


class Difference(NamedTuple):
    """A stretch of time for which calendar and schedule name other people."""

    kind: Kind
    start: Instant
    end: Instant
    calendar: People
    schedule: People


def differences(said: Sequence[Piece], pieces: Sequence[Piece], window: Span) -> list[Difference]:
    """Return the stretches in which the two name other people; after the last event there is but one more."""
    found: list[Difference] = []
    before: tuple[Names, Names] = (frozenset(), frozenset())
    for start, end, theirs, ours in segments(said, pieces, window):
        if theirs != ours:
            kind = _kind(end - start, theirs, ours, before)
            found.append(Difference(kind, start, end, tuple(sorted(theirs)), tuple(sorted(ours))))
        before = theirs, ours
    reach = max((end for _, end, _ in said), default=window[0])
    after = [each for each in found if each.start >= reach]
    if len(after) > 1 and said:
        found[-len(after) :] = [after[0]._replace(kind=Kind.ENDS, end=after[-1].end)]
    return found


def _kind(length: int, theirs: Names, ours: Names, before: tuple[Names, Names]) -> Kind:
    """Say how a stretch differs; one of an hour after both agreed is a handoff that comes too early or too late."""
    if length == HOUR and before[0] == before[1]:
        if theirs == before[0]:
            return Kind.HOUR_LATE
        if ours == before[1]:
            return Kind.HOUR_EARLY
    if not ours:
        return Kind.ONLY_CALENDAR
    return Kind.OTHER if theirs else Kind.ONLY_SCHEDULE


def segments(
    said: Sequence[Piece], pieces: Sequence[Piece], window: Span
) -> list[tuple[Instant, Instant, Names, Names]]:
    """Return the window cut wherever either of the two changes, with whom each names; equal neighbours are joined."""
    edges = sorted(
        {*window, *(edge for piece in (*said, *pieces) for edge in piece[:2] if window[0] < edge < window[1])}
    )
    found: list[tuple[Instant, Instant, Names, Names]] = []
    theirs, ours = _at(said, edges), _at(pieces, edges)
    for (start, end), they, we in zip(pairwise(edges), theirs, ours, strict=False):
        if found and found[-1][2:] == (they, we) and found[-1][1] == start:
            found[-1] = (found[-1][0], end, they, we)
        elif start < end:
            found.append((start, end, they, we))
    return found


def _at(pieces: Sequence[Piece], edges: Sequence[Instant]) -> list[Names]:
    """Return whom the pieces name from each edge to the next."""
    waiting = sorted(pieces, key=lambda piece: piece[0])
    open_now: list[Piece] = []
    place = 0
    found = []
    for edge in edges:
        while place < len(waiting) and waiting[place][0] <= edge:
            open_now.append(waiting[place])
            place += 1
        open_now = [piece for piece in open_now if piece[1] > edge]
        found.append(frozenset().union(*(piece[2] for piece in open_now)))
    return found
