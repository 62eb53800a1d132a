"""What called the person on call away from other work, day by day: pages, requests, announcements."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.shift import EntryKind
from oncall_cli.model.time import Instant
from oncall_cli.practice.metrics import Summary, summary
from oncall_cli.practice.report_incidents import counted_at
from oncall_cli.practice.report_numbers import median
from oncall_cli.practice.report_period import days_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from oncall_cli.model.shift import LogEntry
    from oncall_cli.practice.report_facts import Facts, Window
    from oncall_cli.practice.report_numbers import Number

_MOST_BARS = 31


class Stretch(NamedTuple):
    """A day, or in a long report several, by its first day, and how often somebody was interrupted then."""

    first: date
    pages: int
    requests: int
    announcements: int

    @property
    def total(self) -> int:
        """All interruptions."""
        return self.pages + self.requests + self.announcements


class InterruptionPart(NamedTuple):
    """The interruptions of a period: in all, over its days, and per stretch of ``step`` days."""

    pages: int
    requests: int
    announcements: int
    per_day: Summary | None
    median_day: Number
    step: int
    stretches: tuple[Stretch, ...]

    @property
    def total(self) -> int:
        """All interruptions."""
        return self.pages + self.requests + self.announcements


def interruption_part(facts: Facts, window: Window) -> InterruptionPart:
    """Return the interruptions in the window; days still to come are not counted as quiet ones."""
    kinds = [sorted(moments) for moments in (_pages(facts), _requests(facts), _announcements(facts))]
    days = [
        Stretch(day, *(bisect_left(moments, end) - bisect_left(moments, start) for moments in kinds))
        for day, start, end in days_of(facts.rotation, window.start, window.seen)
    ]
    step = 1 if len(days) <= _MOST_BARS else 7 * -(-len(days) // (7 * _MOST_BARS))
    joined = [_joined(days[at : at + step]) for at in range(0, len(days), step)]
    whole = _joined(days)
    totals = [day.total for day in days]
    return InterruptionPart(*whole[1:], summary(totals), median(totals), step, tuple(joined))


def _joined(days: Sequence[Stretch]) -> Stretch:
    return Stretch(days[0].first, *(sum(column) for column in zip(*(day[1:] for day in days), strict=True)))


def _pages(facts: Facts) -> list[Instant]:
    """Return when somebody was paged: the incidents, and the lines of the logs about incidents not on record."""
    on_record = {incident.id for incident in facts.incidents}
    moments = [moment for incident in facts.incidents if (moment := counted_at(incident)) is not None]
    return [
        *moments,
        *(entry.at for entry in _entries(facts) if entry.kind is EntryKind.INCIDENT and entry.about not in on_record),
    ]


def _requests(facts: Facts) -> list[Instant]:
    return [one.received for one in facts.requests]


def _announcements(facts: Facts) -> list[Instant]:
    return [entry.at for entry in _entries(facts) if entry.kind is EntryKind.ANNOUNCEMENT]


def _entries(facts: Facts) -> list[LogEntry]:
    return [entry for shift in facts.rotation.shifts for entry in shift.log]
