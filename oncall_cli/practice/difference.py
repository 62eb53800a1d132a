"""The difference between two states of a team's repository, as a review tells it."""

from __future__ import annotations

from typing import NamedTuple

from oncall_cli.model.zone import Zone
from oncall_cli.practice.lanes import Lanes
from oncall_cli.practice.plan import Plan
from oncall_cli.practice.record_changes import RecordChange


class Side(NamedTuple):
    """A state: how it was named, and its commit; None for the files in the work tree."""

    said: str
    commit: str | None


class Difference(NamedTuple):
    """What becomes of the schedule and of the records, and what nothing could be said of."""

    base: Side
    head: Side
    plan: Plan
    lanes: Lanes | None
    records: tuple[RecordChange, ...]
    notes: tuple[str, ...]
    zones: frozenset[Zone]
    """The zones of the rotations whose shifts change hands, or whose gaps do."""
