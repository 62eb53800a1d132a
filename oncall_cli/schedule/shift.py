"""What a schedule answers with: shifts, gaps, who holds a role now, and why."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from oncall_cli.model.time import Instant, Wall

People = tuple[str, ...]
Keys = tuple[str | int, ...]


class Source(StrEnum):
    """What put somebody on call: the turns (or stints) of the file, or an override."""

    ROSTER = "roster"
    OVERRIDE = "override"


class Shift(NamedTuple):
    """What somebody actually stands; ``start`` and ``end`` are UTC seconds, the end is not part of it.

    ``layer``, ``turn`` and ``window`` tell whose time it was before overrides: the layer, the handoff that
    began the turn, and the start of the turn's stretch within one window of ``hours``. All are None where an
    override covers a time that nobody had; ``layer`` alone is None for a stint.
    """

    start: Instant
    end: Instant
    role: str
    people: People
    layer: str | None
    turn: Instant | None
    window: Instant | None
    source: Source
    override: str | None


class Gap(NamedTuple):
    """A stretch, in UTC seconds, in which nobody holds a role; intended when an override says so."""

    role: str
    start: Instant
    end: Instant
    intended: bool


class Holding(NamedTuple):
    """Who holds a role at one instant: the uncut shift, or the stretch in which nobody is on call.

    ``start`` and ``end`` are UTC seconds, None where the stretch has no end within the years searched.
    """

    role: str
    people: People
    start: Instant | None
    end: Instant | None
    source: Source
    override: str | None
    next_people: People
    next_start: Instant | None


class Turn(NamedTuple):
    """One member's go, as the roster deals it, before hours and overrides; in UTC seconds.

    ``keys`` lead to its roster version in the file, and ``number`` counts that version's turns from 0. A turn
    lasts until the next one that is dealt: a Friday's, in a rotation of weekdays, until Monday.
    """

    start: Instant
    end: Instant
    people: People
    keys: Keys
    number: int


class RosterStart(NamedTuple):
    """How a roster version after the first takes over from the one before.

    ``start`` is its first handoff in UTC seconds. ``void``: a later version begins before it deals a turn.
    ``on_day``: its ``from`` is a handoff, or a date that has one; otherwise the version before stands on for
    a while. ``on_grid``: its first handoff is also one of the version before, so that no turn is cut short.
    """

    layer: str
    keys: Keys
    start: Instant
    void: bool
    on_day: bool
    on_grid: bool


class Ground(NamedTuple):
    """Why the file, before overrides, puts somebody on call; instants are UTC seconds.

    ``keys`` lead to the roster version (or stint) in the file, ``since`` is its ``from`` on the wall, and
    ``number`` counts its turns from 0, as dealt. For a role with an offset ``members``, ``position`` and
    ``member_keys`` belong to the turn that many places later, which may be one of the next version.
    """

    layer: str | None
    keys: Keys
    since: Wall
    number: int
    start: Instant
    end: Instant
    offset: int
    members: tuple[People, ...]
    member_keys: Keys
    position: int
    hours: tuple[str, ...]
    people: People


class Bearing(NamedTuple):
    """A change of an override that covers the instant, and whether it has a part in the answer."""

    override: str
    change: int
    applied: bool


class Explanation(NamedTuple):
    """Why these people hold a role at an instant (UTC seconds).

    The overrides come in the order of their precedence: the one that wins is the last that is applied.
    """

    role: str
    instant: Instant
    ground: Ground | None
    overrides: tuple[Bearing, ...]
    people: People
