"""The load report: what each person bore in a period, against the mean, and what that is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from oncall_cli.model.rotation import Layer
from oncall_cli.model.time import HOUR, Instant
from oncall_cli.practice.team_state import TeamState
from oncall_cli.schedule.fairness import Load, mean
from oncall_cli.schedule.walls import WallClock

KINDS = ("hour", "night", "weekend", "holiday")
_CENT = Decimal("0.01")

Rates = Mapping[str, Decimal]


class Question(NamedTuple):
    """What to count: from when to when, in which role (None: all that are a load), and what an hour is worth."""

    start: Instant
    end: Instant
    role: str | None
    rates: Rates


class PersonLoad(NamedTuple):
    """What one person bore; the amount is None when nobody asked what an hour is worth."""

    person: str
    load: Load
    pages: int
    amount: Decimal | None


class LoadReport(NamedTuple):
    """What everybody bore in ``[start, end)``, the most first, and what each would bear if all bore the same.

    ``rotation`` is None for all rotations together.
    """

    rotation: str | None
    start: Instant
    end: Instant
    rows: tuple[PersonLoad, ...]
    mean: Load
    mean_pages: float


def load_report(rotation: str | None, state: TeamState, question: Question, pages: Counter[str]) -> LoadReport:
    """Return the report; members of the rosters are in it although they bore nothing."""
    borne = state.loads(question.start, question.end, question.role)
    # A page is nobody's in one role: with a role, it lists nobody who did not hold it.
    listed = {*borne, *(pages if question.role is None else ()), *_members(state, question)}
    rows = [
        PersonLoad(person, load, pages[person], amount(load, question.rates) if question.rates else None)
        for person in listed
        for load in (borne.get(person, Load()),)
    ]
    rows.sort(key=lambda row: (-row.load.seconds, row.person))
    each = sum(row.pages for row in rows) / len(rows) if rows else 0.0
    return LoadReport(rotation, *question[:2], tuple(rows), mean([row.load for row in rows]), each)


def amount(load: Load, rates: Rates) -> Decimal:
    """Return what the hours are worth to the cent: every kind on top of the others."""
    hours = zip(KINDS, load, strict=True)
    return sum((rates.get(kind, Decimal(0)) * seconds / HOUR for kind, seconds in hours), Decimal(0)).quantize(_CENT)


def _members(state: TeamState, question: Question) -> set[str]:
    """Return the active members of the rosters that hold at the end; they have no part in a role held by name."""
    named = {
        person
        for files in state.rotations.values()
        if question.role in (None, *files.counted_roles())
        for layer in files.record.all_layers()
        for person in _of_layer(layer, WallClock(layer.timezone or files.schedule.zone), question.end)
    }
    return {person for person in named if person in state.people and state.people[person].active}


def _of_layer(layer: Layer, clock: WallClock, instant: Instant) -> Iterable[str]:
    begun = [version for version in layer.roster if clock.instant(version.from_.wall) <= instant]
    return {person for version in begun[-1:] for member in version.members for person in member}


def parts(state: TeamState) -> dict[str, TeamState]:
    """Return the state of each rotation alone."""
    return {name: state._replace(rotations={name: files}) for name, files in state.rotations.items()}
