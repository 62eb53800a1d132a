"""Algebra of half-open spans ``[start, end)``; every list is sorted and its spans do not overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Protocol, TypeVar

from oncall_cli.model.time import Instant

Span = tuple[Instant, Instant]


class Timed(Protocol):
    """Anything that has a start and an end, in UTC seconds."""

    @property
    def start(self) -> Instant:
        """The first second."""

    @property
    def end(self) -> Instant:
        """The first second after."""


T = TypeVar("T", bound=Timed)


def union(spans: Iterable[Span]) -> list[Span]:
    """Return the times that are in any of ``spans``, which may come unsorted, overlap or be empty."""
    joined: list[Span] = []
    reach = None
    for start, end in sorted(spans, key=itemgetter(0)):
        if end <= start:
            continue
        if reach is not None and start <= reach:
            if end > reach:
                joined[-1], reach = (joined[-1][0], end), end
        else:
            joined.append((start, end))
            reach = end
    return joined


def intersection(one: Sequence[Span], other: Sequence[Span]) -> list[Span]:
    """Return the times that are in both."""
    common: list[Span] = []
    mine = theirs = 0
    while mine < len(one) and theirs < len(other):
        start = max(one[mine][0], other[theirs][0])
        end = min(one[mine][1], other[theirs][1])
        if start < end:
            common.append((start, end))
        if one[mine][1] <= other[theirs][1]:
            mine += 1
        else:
            theirs += 1
    return common


def difference(one: Sequence[Span], other: Sequence[Span]) -> list[Span]:
    """Return the times that are in ``one`` and not in ``other``."""
    left: list[Span] = []
    taken = 0
    for start, end in one:
        while taken < len(other) and other[taken][1] <= start:
            taken += 1
        at = taken
        while at < len(other) and other[at][0] < end:
            if start < other[at][0]:
                left.append((start, other[at][0]))
            start = other[at][1]
            at += 1
        if start < end:
            left.append((start, end))
    return left


def touching(items: list[T], start: Instant, end: Instant) -> list[T]:
    """Return those of the sorted ``items`` that have a time in ``[start, end)``."""
    first, last = 0, len(items)
    while first < last and items[first].end <= start:
        first += 1
    while last > first and items[last - 1].start >= end:
        last -= 1
    return items[first:last]
