"""The promise that a schedule is held to, and the stretches in which nobody keeps it."""

from __future__ import annotations

from typing import NamedTuple

from oncall_cli.model.time import Instant
from oncall_cli.schedule.hours import WeekHours, open_spans
from oncall_cli.schedule.role import RoleLine
from oncall_cli.schedule.shift import Gap
from oncall_cli.schedule.spans import Span, difference, intersection, union


class Coverage(NamedTuple):
    """In which hours, any of them, the roles must be held; None among the hours is around the clock."""

    roles: tuple[str, ...]
    hours: tuple[WeekHours | None, ...]

    def required(self, start: Instant, end: Instant) -> list[Span]:
        """Return the times in ``[start, end)``, in UTC seconds, at which the roles must be held."""
        return intersection([(start, end)], open_spans(self.hours, start, end)) if start < end else []


def gaps(line: RoleLine, required: list[Span], start: Instant, end: Instant) -> list[Gap]:
    """Return when nobody holds a role that is required, and when an override leaves nobody who had it.

    What an override leaves on purpose is shown even outside ``required`` where the layers had somebody.
    """
    pieces = line.within(start, end)
    held = [(piece.start, piece.end) for piece in pieces if piece.people]
    nobody = [(piece.start, piece.end) for piece in pieces if not piece.people]
    taken = [(piece.start, piece.end) for piece in pieces if not piece.people and piece.turn is not None]
    missing = difference(required, held)
    intended = union([*intersection(missing, union(nobody)), *taken])
    found = [Gap(line.name, *span, intended=True) for span in intended]
    found += [Gap(line.name, *span, intended=False) for span in difference(missing, intended)]
    return sorted(found, key=lambda gap: gap.start)
