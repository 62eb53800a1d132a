"""The promise of coverage held against who was on call: how much of it was kept, and when it was not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.schedule.spans import Span, intersection

if TYPE_CHECKING:
    from oncall_cli.practice.report_facts import Facts, Window


class CoverageLine(NamedTuple):
    """One role: the seconds promised, less those left to nobody on purpose, and when nobody held it."""

    role: str
    promised: int
    on_purpose: int
    gaps: tuple[Span, ...]

    @property
    def kept(self) -> int:
        """The seconds in which somebody held the role."""
        return self.promised - sum(end - start for start, end in self.gaps)


def coverage_part(facts: Facts, window: Window) -> tuple[CoverageLine, ...]:
    """Return a line for each role that was promised; what is still to come is not judged."""
    schedule = facts.rotation.schedule
    start, end = window.start, window.seen
    promised = schedule.promised(start, end)
    gaps = schedule.gaps(start, end)
    found = []
    for role in schedule.promised_roles:
        meant = intersection(promised, [(gap.start, gap.end) for gap in gaps if gap.role == role and gap.intended])
        missing = tuple((gap.start, gap.end) for gap in gaps if gap.role == role and not gap.intended)
        found.append(CoverageLine(role, _seconds(promised) - _seconds(meant), _seconds(meant), missing))
    return tuple(found)


def share(part: tuple[CoverageLine, ...]) -> float | None:
    """Return how much of what was promised was kept, in per cent; None where nothing was promised."""
    promised = sum(line.promised for line in part)
    return 100 * sum(line.kept for line in part) / promised if promised else None


def _seconds(spans: list[Span]) -> int:
    return sum(end - start for start, end in spans)
