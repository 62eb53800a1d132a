"""What a report is asked about, and the records that it needs: only those of the years around its periods."""

from __future__ import annotations

import re
from typing import NamedTuple

from oncall_cli.commands.plan import team_state
from oncall_cli.commands.records import pick
from oncall_cli.commands.session import Session
from oncall_cli.errors import NothingFound, Severity, WrongUsage
from oncall_cli.model.shift import ShiftRecord
from oncall_cli.model.suggest import suggestion
from oncall_cli.model.time import Instant, utc
from oncall_cli.model.zone import Zone
from oncall_cli.practice.assigned import RotationState
from oncall_cli.practice.report import Report, report
from oncall_cli.practice.report_facts import Facts, years_of
from oncall_cli.practice.report_period import (
    Period,
    PeriodKind,
    earlier,
    period_at,
    period_of_shift,
    sound,
)
from oncall_cli.practice.shifts import last_ended
from oncall_cli.practice.team_state import TeamState
from oncall_cli.schedule.when import parse_when

_YEAR = re.compile(r"(\d{4})-\d\d-\d\d", re.ASCII)


class Asked(NamedTuple):
    """Which time is asked about: what bounds it, the shift's id, the moment within it, or both its ends."""

    kind: PeriodKind
    shift: str | None = None
    at: str | None = None
    begin: str | None = None
    end: str | None = None


def reports(session: Session, rotation: str | None, asked: Asked) -> list[Report]:
    """Return the report of one rotation, or of each; raise ``NothingFound`` where no shift is the one meant."""
    found = []
    names = session.rotations(rotation)
    for name in names:
        if session.repository.rotation(name) is None:
            if rotation is not None:
                raise session.invalid(f"rotations/{name}/")
            continue
        state = team_state(session.repository, only=[name])
        if period := _period(session, rotation_state(state, name), asked):
            found.append(report_on(session, state, name, sound(period, session.now), session.now))
    if found:
        return found
    if not names:
        raise NothingFound("there is no rotation yet", hint="begin one with 'oncall rotation new'")
    if asked.kind is not PeriodKind.SHIFT:
        raise session.invalid("rotations/")
    raise _no_shift(session, names, asked.shift)


def unread(session: Session) -> list[str]:
    """Return the files that were to be counted and cannot be read."""
    problems = session.repository.problems
    return sorted({problem.place.path for problem in problems if problem.severity is Severity.ERROR})


def report_on(session: Session, state: TeamState, name: str, period: Period, now: Instant) -> Report:
    """Return the report of a rotation on a period, as of an instant; of the records it reads the years around alone."""
    before = earlier(rotation_state(state, name), period)
    first = before[-1][0] if before else period.start
    years = years_of(first, period.end)
    shifts = tuple(session.repository.shifts(name, years))
    facts = Facts(
        session.repository.team(),
        state,
        rotation_state(state, name, shifts),
        tuple(session.repository.incidents(name, years)),
        tuple(session.repository.requests(name, years)),
    )
    return report(facts, period, before, now)


def rotation_state(state: TeamState, name: str, shifts: tuple[ShiftRecord, ...] = ()) -> RotationState:
    """Return a rotation as practice sees it, with the shifts that are to be looked at."""
    files = state.rotations[name]
    return RotationState(files.record, files.schedule, shifts, tuple(one.id for one in files.overrides))


def _period(session: Session, state: RotationState, asked: Asked) -> Period | None:
    """Return the period in one rotation; None where the shift that is meant is not one of its."""
    zone = state.zone
    if asked.kind is PeriodKind.SHIFT:
        shift = _shift(session, state.id, asked.shift)
        return period_of_shift(shift) if shift else None
    if asked.kind is PeriodKind.DATES:
        start = _when(session, asked.begin, zone)
        end = session.now if asked.end is None else _when(session, asked.end, zone)
        return Period(PeriodKind.DATES, start, end)
    return period_at(state, asked.kind, session.now, None if asked.at is None else _when(session, asked.at, zone))


def _when(session: Session, said: str | None, zone: Zone) -> Instant:
    """Return the instant that the words mean on the rotation's wall, so that everybody gets the same report."""
    if said is None:
        raise WrongUsage("the report does not know where to begin", hint="give --from as well")
    try:
        return parse_when(said, session.now, zone, past=True)
    except ValueError as wrong:
        raise WrongUsage(str(wrong)) from None


def _shift(session: Session, rotation: str, wanted: str | None) -> ShiftRecord | None:
    known = {shift.id: shift for shift in session.repository.shifts(rotation, _years(session, wanted))}
    if wanted is None:
        return last_ended(known.values())
    return pick(known, wanted, "shift") if any(wanted in name for name in known) else None


def _years(session: Session, wanted: str | None) -> range:
    if wanted and (dated := _YEAR.match(wanted)):
        return range(int(dated[1]), int(dated[1]) + 1)
    now = utc(session.now).year
    return range(now - 1, now + 1)


def _no_shift(session: Session, names: list[str], wanted: str | None) -> NothingFound:
    if wanted is None:
        return NothingFound("no shift has been recorded yet", hint="begin one with 'oncall start'")
    known = [shift.id for name in names for shift in session.repository.shifts(name, _years(session, wanted))]
    return NothingFound(f"there is no shift '{wanted}'", hint=suggestion(wanted, known, "shift"))
