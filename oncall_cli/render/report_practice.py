"""How the practice was kept, as sections of a report: targets, duties, load, coverage, changes, shifts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from oncall_cli.lasting import span
from oncall_cli.model.shift import EntryKind
from oncall_cli.practice.report_coverage import CoverageLine, share
from oncall_cli.practice.report_incidents import InTime
from oncall_cli.render.document import NOTHING, Table
from oncall_cli.render.load import hours
from oncall_cli.render.people import name_of, names_of
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.model.override import Override
    from oncall_cli.model.person import Person
    from oncall_cli.practice.report import Report
    from oncall_cli.practice.report_changes import RosterChange
    from oncall_cli.practice.report_duties import DutyLine
    from oncall_cli.practice.report_shifts import ShiftLine

    People = Mapping[str, Person]
    Parts = tuple[Table | str, ...]

_LOGGED = {EntryKind.MAIL: "mails", EntryKind.ISSUE: "issues", EntryKind.TASK: "tasks", EntryKind.NOTE: "notes"}


def acknowledgements(report: Report, times: Times) -> Parts:
    """Return how many requests and incidents were acknowledged in time, for each target."""
    team, part = report.facts.team, report.parts.requests
    rows = [_kept(part.acknowledged, f"requests: within {team.policy.acknowledge_requests}")]
    for severity, level in team.severities.items():
        lines = [line for line in report.parts.incidents.lines if line.incident.severity == severity]
        if level.respond and lines:
            states = [line.responded for line in lines]
            counts = {state: states.count(state) for state in InTime}
            rows.append(_kept(counts, f"{severity}: within {level.respond}"))
    waited = part.waited
    found: list[Table | str] = [Table((*(str(state) for state in InTime), "target"), tuple(rows))]
    if waited:
        said = f"Requests waited: median {span(waited.median)}, p90 {span(waited.p90)}, count {waited.count}."
        found.append(said)
    if part.late:
        late = ((times.at(one.received), f"{one.title} ({one.id}): {one.status}") for one in part.late)
        found.append(Table(("came", "acknowledged late, or not at all"), tuple(late)))
    return tuple(found)


def _kept(counts: Mapping[InTime, int], target: str) -> tuple[str, ...]:
    return (*(str(counts[state]) for state in InTime), target)


def duties(report: Report) -> Parts:
    """Return how often each duty fell due, was done and was missed."""
    if not report.parts.duties:
        return ("No duty fell due.",)
    table = Table(("due", "done", "missed", "duty"), tuple(map(_duty, report.parts.duties)))
    return (table,) if report.shifts else (table, "No shift was recorded, so that no log could tell what was done.")


def _duty(line: DutyLine) -> tuple[str, ...]:
    days = f": missed {', '.join(map(str, line.missed))}" if line.missed else ""
    return str(line.due), str(line.done), str(len(line.missed)), f"{line.duty.title}{days}"


def load(report: Report, people: People) -> Parts:
    """Return what each person bore."""
    rows = report.load.rows
    whole = sum(row.load.seconds for row in rows)
    if not rows:
        return ("Nobody was on call.",)
    table = tuple(
        (
            *map(hours, row.load),
            str(row.pages),
            f"{round(100 * row.load.seconds / whole)}%" if whole else NOTHING,
            name_of(row.person, people),
        )
        for row in rows
    )
    return (Table(("hours", "night", "weekend", "holiday", "pages", "share", "person"), table),)


def coverage(report: Report, times: Times) -> Parts:
    """Return how much of the promise was kept, for each role, and when it was not."""
    lines = report.parts.coverage
    if share(lines) is None:
        return ("Nothing was promised in this time.",)
    rows = tuple(_covered(line) for line in lines)
    gaps = [f"Nobody: {line.role}, {times.until(start, end)}." for line in lines for start, end in line.gaps]
    return Table(("promised", "held", "on purpose to nobody", "kept", "role"), rows), *gaps


def _covered(line: CoverageLine) -> tuple[str, ...]:
    kept = share((line,))
    shown = NOTHING if kept is None else f"{percent(kept)}%"
    return hours(line.promised), hours(line.kept), hours(line.on_purpose), shown, line.role


def percent(value: float) -> str:
    """Return a share with one decimal; what is not all of it is never rounded up to all of it."""
    shown = f"{value:.1f}"
    return "99.9" if shown == "100.0" and value < 100 else shown.removesuffix(".0")


def changes(report: Report, people: People, times: Times) -> Parts:
    """Return the overrides that were declared and the roster versions that began, each with its reason."""
    overrides = [(times.at(one.created), _override(one, times)) for one in report.changes.overrides if one.created]
    rosters = [(times.at(one.at), _roster(one, people)) for one in report.changes.rosters]
    rows = (*overrides, *rosters)
    return (Table(("when", "what"), rows),) if rows else ("The schedule was not changed.",)


def _override(override: Override, times: Times) -> str:
    parts = []
    for change in override.changes:
        who = " and ".join(change.people) or "nobody"
        instead = f" for {change.instead_of}" if change.instead_of else ""
        parts.append(f"{who}{instead} ({change.role}), {times.until(change.start, change.end)}")
    reason = f": {override.reason}" if override.reason else ", no reason given"
    return f"{override.kind} {'; '.join(parts)}{reason} ({override.id})"


def _roster(change: RosterChange, people: People) -> str:
    said = [
        f"{names_of(ids, people)} {verb}" for ids, verb in ((change.joined, "joined"), (change.left, "left")) if ids
    ]
    return f"roster '{change.layer}': {'; '.join(said) or 'another order'}"


def shifts(report: Report, people: People, times: Times) -> Parts:
    """Return each recorded shift: begun, ended, accepted, what nobody ticked; and what the logs have besides."""
    if not report.shifts:
        return ("No shift was recorded.",)
    rows = tuple(_shift(line, people, times) for line in report.shifts)
    counts = ", ".join(f"{_LOGGED[kind]} {count}" for kind, count in report.logged.items())
    return Table(("began", "ended", "shift"), rows), f"Logged besides: {counts}."


def _shift(line: ShiftLine, people: People, times: Times) -> tuple[str, ...]:
    shift = line.shift
    began = times.at(shift.started) if shift.started is not None else NOTHING
    ended = times.at(shift.ended) if shift.ended is not None else "not ended"
    words = [f"{name_of(shift.person, people)} ({shift.role})"]
    if shift.accepted:
        words.append(f"accepted by {name_of(shift.accepted.by, people)} {times.at(shift.accepted.at)}")
    elif shift.ended is not None:
        words.append("accepted by nobody")
    if line.left and len(line.left) == line.items:
        words.append(f"none of {line.items} items ticked")
    elif line.left:
        words.append(f"not ticked: {', '.join(line.left)}")
    return began, ended, "; ".join(words)
