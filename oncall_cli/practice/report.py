"""The report on a period of one rotation: every part of it, and how its numbers compare to earlier periods."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.practice.load import LoadReport, Question, load_report
from oncall_cli.practice.pages import pages_answered
from oncall_cli.practice.report_changes import ChangePart, change_part
from oncall_cli.practice.report_coverage import coverage_part
from oncall_cli.practice.report_duties import duty_part
from oncall_cli.practice.report_facts import Facts, Window
from oncall_cli.practice.report_incidents import incident_part
from oncall_cli.practice.report_interruptions import interruption_part
from oncall_cli.practice.report_period import Period
from oncall_cli.practice.report_requests import request_part
from oncall_cli.practice.report_shifts import ShiftLine, logged, shift_part
from oncall_cli.practice.report_trend import Parts, Trend, figures, trends

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from oncall_cli.model.shift import EntryKind
    from oncall_cli.model.time import Instant


class Report(NamedTuple):
    """Everything that is told of a period; ``earlier`` are the periods that it is held against, the oldest first."""

    facts: Facts
    period: Period
    window: Window
    parts: Parts
    load: LoadReport
    changes: ChangePart
    shifts: tuple[ShiftLine, ...]
    logged: Mapping[EntryKind, int]
    earlier: tuple[tuple[Instant, Instant], ...]
    trends: tuple[Trend, ...]

    @property
    def is_partial(self) -> bool:
        """Whether some of the period is still to come."""
        return self.window.seen < self.window.end


def report(facts: Facts, period: Period, before: Sequence[tuple[Instant, Instant]], now: Instant) -> Report:
    """Return the report on a period, held against the periods before it, which come the newest first."""
    window = Window.of(period.start, period.end, now)
    parts = _parts(facts, window)
    past = tuple(reversed(before))
    held = [figures(_parts(facts, Window(start, end, end))) for start, end in past]
    return Report(
        facts,
        period,
        window,
        parts,
        _load(facts, window),
        change_part(facts, window),
        shift_part(facts, window),
        logged(facts, window),
        past,
        trends(figures(parts), held),
    )


def _parts(facts: Facts, window: Window) -> Parts:
    return Parts(
        incident_part(facts, window),
        request_part(facts, window),
        interruption_part(facts, window),
        duty_part(facts, window),
        coverage_part(facts, window),
        bool(shift_part(facts, window)),
    )


def _load(facts: Facts, window: Window) -> LoadReport:
    pages = pages_answered(facts.incidents, facts.rotation.shifts, window.start, window.seen)
    return load_report(facts.rotation.id, facts.state, Question(window.start, window.seen, None, {}), pages)
