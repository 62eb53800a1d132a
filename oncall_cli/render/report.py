"""A report as a document: what stands at its head, its sections, and how everything is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from oncall_cli.lasting import span
from oncall_cli.practice.metrics import DEFINITIONS
from oncall_cli.practice.report_period import PeriodKind
from oncall_cli.practice.report_trend import Trend, Word
from oncall_cli.render.document import NOTHING, Document, Section, Table
from oncall_cli.render.report_practice import (
    acknowledgements,
    changes,
    coverage,
    duties,
    load,
    percent,
    shifts,
)
from oncall_cli.render.report_weeks import drawing
from oncall_cli.render.report_work import incidents, interruptions, requests
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.practice.report import Report
    from oncall_cli.practice.report_numbers import Number

    People = Mapping[str, Person]

FIGURES = {
    "incidents": "Incidents",
    "responses_late": "Incidents late",
    "mitigate_median": "Time to mitigate",
    "requests": "Requests",
    "requests_late": "Requests late",
    "seconds_spent": "Time spent",
    "interruptions": "Interruptions",
    "duties_missed": "Duties missed",
    "coverage_percent": "Coverage kept",
}
_LENGTHS = ("mitigate_median", "seconds_spent")
_SIGNS = {Word.MORE: "+ more", Word.LESS: "- less", Word.SAME: "= as usual", Word.NONE: NOTHING}

COUNTED = (
    "A period is half-open: its first second belongs to it, its last to the next. Days, weeks and months are "
    "those of the rotation's wall.",
    "An incident counts when it was detected; where its record does not say, when the impact began. A request counts "
    "when it came, time when the work on it was written down.",
    *(f"{name}: {meaning}." for name, meaning in DEFINITIONS.items()),
    "An interruption is a page, a request that came, or an announcement in the log. A page is an incident, or a line "
    "in the log about an incident that is not on record.",
    "A request is answered in time when it is acknowledged within the policy's limit of hours in which somebody is "
    "on call; an incident when it is acknowledged within its severity's limit of its detection.",
    "A duty is done when the log says so before it falls due again. It is missed when its time is over and somebody "
    "was on call to do it; where no shift was recorded, they are not compared.",
    "Coverage is kept while somebody holds a promised role. What an override leaves to nobody on purpose was not "
    "promised.",
    "Load is hours on call in every role but those held by name; nights are 22:00 to 06:00 on the person's own clock.",
    "Usual is the median of the earlier periods; + means more than that, - means less.",
)


def report_document(report: Report, people: People, unread: Sequence[str] = ()) -> Document:
    """Return the whole report; ``unread`` are the files that it could not count."""
    return Document(f"Report: {report.facts.rotation.rotation.name}", _head(report, unread), sections(report, people))


def sections(report: Report, people: People) -> tuple[Section, ...]:
    """Return the sections, in the order in which they are read."""
    times = times_of(report)
    return (
        Section("trend", "At a glance", _trends(report)),
        Section("incidents", "Incidents", incidents(report, times)),
        Section("requests", "Requests", requests(report, times)),
        Section("acknowledgement", "Acknowledged in time", acknowledgements(report, times)),
        Section("interruptions", "Interruptions", interruptions(report)),
        Section("duties", "Duties", duties(report)),
        Section("load", "Load", load(report, people)),
        Section("coverage", "Coverage", (*coverage(report, times), *drawing(report, people))),
        Section("changes", "Changes to the schedule", changes(report, people, times)),
        Section("shifts", "Shifts", shifts(report, people, times)),
        Section("definitions", "How it is counted", COUNTED),
    )


def times_of(report: Report) -> Times:
    """Return how the report says instants: on the rotation's wall, whoever reads and whenever."""
    return Times(report.facts.rotation.zone, report.window.start)


def period_text(report: Report) -> str:
    """Return which time it is, such as ``Week 47 of 2026: Mon 16 Nov 00:00 – Mon 23 Nov 00:00 (Europe/Berlin)``."""
    times, day = times_of(report), report.facts.day(report.window.start)
    year, week, _ = day.isocalendar()
    names = {
        PeriodKind.SHIFT: f"Shift {report.period.shift}",
        PeriodKind.WEEK: f"Week {week} of {year}",
        PeriodKind.SPRINT: f"Sprint of {day}",
        PeriodKind.MONTH: f"Month {day:%Y-%m}",
        PeriodKind.DATES: f"From {day}",
    }
    begin, end = times.at(report.window.start), times.at(report.window.end)
    return f"{names[report.period.kind]}: {begin} – {end} ({report.facts.rotation.zone})"


def _head(report: Report, unread: Sequence[str]) -> tuple[str, ...]:
    lines = [f"{period_text(report)}."]
    if report.is_partial:
        lines.append(f"As of {times_of(report).at(report.window.seen)}: the period is not over.")
    if unread:
        lines.append(f"Not counted, because they cannot be read: {', '.join(unread)}.")
    return tuple(lines)


def _trends(report: Report) -> tuple[Table | str, ...]:
    if not report.earlier:
        head: tuple[str, ...] = ("now", "what")
        rows = [(figure(trend.key, trend.now), FIGURES[trend.key]) for trend in report.trends]
        return Table(head, tuple(rows)), "There is no earlier period to compare with."
    days = (times_of(report).day(start).split(maxsplit=1)[1] for start, _ in report.earlier)
    head = (*days, "now", "usual", "compared", "what")
    return (Table(head, tuple(map(_trend, report.trends))),)


def _trend(trend: Trend) -> tuple[str, ...]:
    values = (*trend.earlier, trend.now, trend.usual)
    return (*(figure(trend.key, value) for value in values), _SIGNS[trend.word], FIGURES[trend.key])


def figure(key: str, value: Number) -> str:
    """Return one of the numbers that periods are compared by, as a person reads it."""
    if value is None:
        return NOTHING
    if key in _LENGTHS:
        return span(round(value))
    return f"{percent(value)}%" if key == "coverage_percent" else f"{value:g}"
