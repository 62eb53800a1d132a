"""Overrides of one role: which changes cover a time, and what they make of who would have it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from oncall_cli.model.time import Instant
from oncall_cli.schedule.pieces import joined, split
from oncall_cli.schedule.shift import People, Shift, Source


class Change(NamedTuple):
    """One change of an override, in UTC seconds; no people means that nobody shall hold the role.

    ``declared`` comes first in the precedence, then the override's id, then the place of the change in it.
    """

    declared: int
    override: str
    place: int
    start: Instant
    end: Instant
    people: People
    instead_of: str | None

    def competes(self, other: Change) -> bool:
        """Return whether both can want the place of one person; covers of two people of a group do not."""
        return self.instead_of is None or other.instead_of is None or self.instead_of == other.instead_of


class Block(NamedTuple):
    """A span that overlapping changes cover without a break, and these in the order of their precedence."""

    start: Instant
    end: Instant
    changes: list[Change]

    def within(self, start: Instant, end: Instant) -> Block:
        """Return the part of the block in ``[start, end)``, with the changes that touch it."""
        touching = [change for change in self.changes if change.start < end and change.end > start]
        return Block(max(self.start, start), min(self.end, end), touching)


class Outcome(NamedTuple):
    """What the changes at one time come to: the people, the winner, and all that have a part in it."""

    people: People
    winner: Change | None
    applied: set[Change]


def blocks_of(changes: Iterable[Change]) -> list[Block]:
    """Return the blocks that the changes form, by time."""
    blocks: list[Block] = []
    for change in sorted(changes, key=_start):
        if blocks and _continues(blocks[-1], change):
            start, end, members = blocks[-1]
            members.append(change)
            blocks[-1] = Block(start, max(end, change.end), members)
        else:
            blocks.append(Block(change.start, change.end, [change]))
    for block in blocks:
        block.changes.sort()
    return blocks


def _continues(block: Block, change: Change) -> bool:
    """Return whether a change overlaps the block, or goes on where one of the same override ends."""
    return change.start < block.end or any(
        one.end == change.start and one.override == change.override for one in block.changes
    )


def outcome(before: People, covering: list[Change]) -> Outcome:
    """Apply the changes that cover one time, in the order of their precedence, to the people of the layers.

    Each person's place goes to the last change that names it or that replaces everybody. ``instead_of`` is
    judged on ``before``, never on what another change made of it; where nobody was, only changes without it
    apply.
    """
    places: dict[str | None, Change | None] = dict.fromkeys(before or (None,))
    for change in covering:
        if change.instead_of is None:
            places = dict.fromkeys(places, change)
        elif change.instead_of in places:
            places[change.instead_of] = change
    people = [
        person
        for had, change in places.items()
        for person in (change.people if change else (had,))
        if person is not None
    ]
    applied = {change for change in places.values() if change}
    return Outcome(tuple(dict.fromkeys(people)), max(applied, default=None), applied)


def overridden(role: str, base: list[Shift], blocks: list[Block]) -> list[Shift]:
    """Return what the blocks make of ``base``; a shift of no people is an intended gap."""
    pieces: list[Shift] = []
    rest = base
    for block in blocks:
        before, inside, rest = split(rest, block.start, block.end)
        pieces += before
        pieces += _inside(role, block, inside)
    return joined(pieces + rest)


def overlapping(changes: Iterable[Change]) -> Iterator[tuple[Change, Change]]:
    """Yield the pairs of changes that share a time and want the same place, the loser first."""
    by_start = sorted(changes, key=_start)
    for place, one in enumerate(by_start):
        stop = bisect_left(by_start, one.end, key=_start)
        for other in by_start[place + 1 : stop]:
            if one.competes(other):
                yield min(one, other), max(one, other)


def _inside(role: str, block: Block, base: list[Shift]) -> list[Shift]:
    """Return the pieces within a block, each of one base shift (or none) and the same changes."""
    edges = {shift.start for shift in base} | {shift.end for shift in base}
    edges |= {max(change.start, block.start) for change in block.changes}
    edges |= {min(change.end, block.end) for change in block.changes}
    points = sorted(edges)
    pieces: list[Shift] = []
    place = 0
    for start, end in pairwise(points):
        while place < len(base) and base[place].end <= start:
            place += 1
        had = base[place] if place < len(base) and base[place].start <= start else None
        covering = [change for change in block.changes if change.start <= start and change.end >= end]
        piece = _piece(role, start, end, had, covering)
        if piece:
            pieces.append(piece)
    return pieces


def _piece(role: str, start: Instant, end: Instant, had: Shift | None, covering: list[Change]) -> Shift | None:
    people, winner, _ = outcome(had.people if had else (), covering)
    if winner is None:
        return had._replace(start=start, end=end) if had else None
    layer, turn, window = (had.layer, had.turn, had.window) if had else (None, None, None)
    return Shift(start, end, role, people, layer, turn, window, Source.OVERRIDE, winner.override)


def _start(change: Change) -> Instant:
    return change.start
