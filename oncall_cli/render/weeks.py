"""The weeks of roles as a picture, laid out: which rows stand in which band, and what is written where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.time import DAY, Instant, Wall
from oncall_cli.practice.lanes import Bar, Lanes
from oncall_cli.practice.stretches import Kind, Stretch, within
from oncall_cli.render.marks import Marks
from oncall_cli.render.people import names_of
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.render.schedule import Listing

WIDTH, LABEL, MARGIN = 960, 136, 10
PLOT = WIDTH - LABEL - 2 * MARGIN
_BANDS = (28, 14, 7)
_MOST_BARS = 12


class Row(NamedTuple):
    """One role as one row; a review has two of each, the second below the first."""

    label: str
    side: str
    bars: tuple[Bar, ...]


class Weeks(NamedTuple):
    """A picture: what it is called, its time, and its rows, those of one role together."""

    key: str
    title: str
    start: Instant
    end: Instant
    roles: tuple[tuple[Row, ...], ...]


class Looks(NamedTuple):
    """How people and times are shown in a picture."""

    times: Times
    marks: Marks
    people: Mapping[str, Person]


class Drawing(NamedTuple):
    """A picture within a document, and how it is shown."""

    weeks: Weeks
    looks: Looks


class Band(NamedTuple):
    """A part of the time, as wide as the picture, with the rows that have something to tell in it."""

    start: Instant
    end: Instant
    roles: tuple[tuple[Row, ...], ...]

    def x(self, instant: Instant) -> float:
        """Return how far to the right an instant stands."""
        return MARGIN + LABEL + PLOT * (instant - self.start) / (self.end - self.start)


def weeks_of(listings: Sequence[Listing], title: str, start: Instant, end: Instant) -> Weeks:
    """Return the picture of all roles of some rotations in ``[start, end)``."""
    roles = tuple(
        (Row(f"{listing.rotation.id} {role}", "", tuple(_bar(each) for each in within(lane, start, end))),)
        for listing in listings
        for role, lane in listing.lanes(start).items()
    )
    key = listings[0].rotation.id if len(listings) == 1 else "all"
    return Weeks(key, title if roles else f"{title}: nobody is on call", start, end, roles)


def weeks_before_and_after(lanes: Lanes, title: str, times: Times) -> Weeks:
    """Return the picture of what a change does to the roles that it touches."""
    roles = tuple(
        (Row(f"{lane.rotation} {lane.role}", "before", lane.before), Row("", "after", lane.after))
        for lane in lanes.lanes
    )
    return Weeks("review", f"{title}, times in {times.zone}", lanes.start, lanes.end, roles)


def _bar(stretch: Stretch) -> Bar:
    return Bar(stretch.start, stretch.end, stretch.people, False, stretch.kind, stretch.override)


def bands_of(weeks: Weeks, times: Times) -> list[Band]:
    """Return the bands: as long as their rows stay legible, and without the roles that a review need not show."""
    for days in _BANDS:
        found = list(_cut(weeks, days, times))
        crowded = max((len(row.bars) for band in found for role in band.roles for row in role), default=0)
        if crowded <= _MOST_BARS:
            break
    return found


def _cut(weeks: Weeks, days: int, times: Times) -> Iterator[Band]:
    """Yield the bands of so many days that have something to tell, each as long as the others."""
    first = times.clock.wall(weeks.start)
    count = -(-(times.clock.wall(weeks.end) - first) // (days * DAY))
    last = weeks.end if count == 1 else None
    edges = [times.clock.instant(Wall(first + number * days * DAY)) for number in range(count + 1)]
    for start, end in pairwise([weeks.start, *edges[1:-1], last or edges[-1]]):
        roles = (tuple(row._replace(bars=_within(row.bars, start, end)) for row in role) for role in weeks.roles)
        told = tuple(role for role in roles if _tells(role))
        if told:
            yield Band(start, end, told)


def _within(bars: Iterable[Bar], start: Instant, end: Instant) -> tuple[Bar, ...]:
    return tuple(
        bar._replace(start=max(bar.start, start), end=min(bar.end, end))
        for bar in bars
        if bar.start < end and bar.end > start
    )


def _tells(role: Sequence[Row]) -> bool:
    """Tell whether there is something to see: in a review, only where something changes."""
    return any(bar.changed or not row.side for row in role for bar in row.bars)


def bar_words(bar: Bar, looks: Looks) -> str:
    """Return a bar as words, for those who cannot see it."""
    if bar.people:
        who = names_of(bar.people, looks.people) + (f" by the override {bar.override}" if bar.override else "")
    else:
        who = "NOT COVERED" if bar.kind is Kind.GAP else "nobody"
    return f"{who}, {looks.times.until(bar.start, bar.end)}{', changed' if bar.changed else ''}"


def row_words(row: Row, label: str, looks: Looks) -> str:
    """Return a whole row as a sentence."""
    told = "; ".join(bar_words(bar, looks) for bar in row.bars) or "nobody"
    return f"{label}{f', {row.side}' if row.side else ''}: {told}."
