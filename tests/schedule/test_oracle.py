"""The schedule against a slow evaluator, on random rotations around the days when clocks change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from hypothesis import given

from oncall_cli.model.time import Instant, instant_of, utc
from oncall_cli.schedule.compile import compile_schedule
from oncall_cli.schedule.schedule import Schedule
from oncall_cli.schedule.shift import Shift, Source
from tests.schedule.oracle import Answer, Oracle
from tests.schedule.strategies import Case, cases

STEP = timedelta(minutes=15)


def compiled(case: Case) -> Schedule:
    return compile_schedule(case.rotation, case.overrides)


def moments(case: Case) -> Iterator[datetime]:
    """Yield every quarter of an hour: nothing in a case begins or ends between."""
    moment = case.first
    while moment < case.last:
        yield moment
        moment += STEP


def window(case: Case) -> tuple[Instant, Instant]:
    return instant_of(case.first), instant_of(case.last)


def by_role(shifts: list[Shift], role: str) -> dict[int, Shift]:
    """Return the shift of a role at each quarter of an hour; fail where there are two."""
    found: dict[int, Shift] = {}
    for shift in shifts:
        assert shift.start < shift.end
        assert shift.start % 900 == shift.end % 900 == 0
        for moment in range(shift.start, shift.end, 900) if shift.role == role else ():
            assert moment not in found
            found[moment] = shift
    return found


def answered(shift: Shift | None) -> tuple[object, ...]:
    if shift is None:
        return (), None, None, False
    turn = utc(shift.turn) if shift.turn is not None and shift.layer else None
    return shift.people, shift.layer, turn, shift.source is Source.OVERRIDE


def expected(answer: Answer) -> tuple[object, ...]:
    if not answer.people:
        return (), None, None, False
    return answer.people, answer.layer, answer.turn, answer.overridden


@given(cases())
def test_shifts_agree_with_the_slow_evaluator(case: Case) -> None:
    """At every instant each role is held by whom DESIGN's words, followed literally, put there."""
    schedule, oracle = compiled(case), Oracle(case.rotation, case.overrides, case.first, case.last)
    shifts = schedule.shifts(*window(case))
    for role in schedule.roles:
        held = by_role(shifts, role)
        for moment in moments(case):
            assert answered(held.get(instant_of(moment))) == expected(oracle.at(role, moment)), (role, moment)


@given(cases())
def test_gaps_agree_with_the_slow_evaluator(case: Case) -> None:
    """A gap is where nobody has what is promised, or where an override leaves nobody on purpose."""
    schedule, oracle = compiled(case), Oracle(case.rotation, case.overrides, case.first, case.last)
    gaps = schedule.gaps(*window(case))
    for role in schedule.roles:
        found = {moment: gap.intended for gap in gaps if gap.role == role for moment in range(gap.start, gap.end, 900)}
        for moment in moments(case):
            assert found.get(instant_of(moment)) == oracle.gap(role, moment), (role, moment)
