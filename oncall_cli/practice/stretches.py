"""A role's time as one unbroken row: the shifts that are stood, and the gaps between them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from oncall_cli.model.time import Instant
from oncall_cli.schedule.shift import Gap, People, Shift, Source


class Kind(StrEnum):
    """What a stretch of a role's time is: as the roster deals it, by an override, uncovered, or left so on purpose."""

    ROSTER = "roster"
    OVERRIDE = "override"
    GAP = "gap"
    NOBODY = "nobody"


class Stretch(NamedTuple):
    """A time, in UTC seconds, of the same people; nobody's where it is a gap."""

    start: Instant
    end: Instant
    people: People
    kind: Kind
    override: str | None = None


def stretches(role: str, shifts: Iterable[Shift], gaps: Iterable[Gap]) -> list[Stretch]:
    """Return all that is said of one role, in order; what nobody promised is in none of them."""
    held = [
        Stretch(
            shift.start,
            shift.end,
            shift.people,
            Kind.OVERRIDE if shift.source is Source.OVERRIDE else Kind.ROSTER,
            shift.override,
        )
        for shift in shifts
        if shift.role == role and shift.people
    ]
    empty = [
        Stretch(gap.start, gap.end, (), Kind.NOBODY if gap.intended else Kind.GAP) for gap in gaps if gap.role == role
    ]
    return sorted([*held, *empty])


def within(found: Iterable[Stretch], start: Instant, end: Instant) -> list[Stretch]:
    """Return what lies in ``[start, end)``, cut to it."""
    return [
        each._replace(start=max(each.start, start), end=min(each.end, end))
        for each in found
        if each.start < end and each.end > start
    ]
