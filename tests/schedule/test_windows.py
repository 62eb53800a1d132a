"""The answer for an instant never depends on the window that was asked about."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from oncall_cli.model.time import DAY, Instant, instant_of
from oncall_cli.schedule.compile import compile_schedule
from oncall_cli.schedule.schedule import Schedule
from oncall_cli.schedule.shift import Gap, Shift
from tests.schedule.build import parse_instant, schedule
from tests.schedule.strategies import Case, cases, layers

quarters = st.integers(0, 4 * 96).map(lambda count: timedelta(minutes=15 * count))


def compiled(case: Case) -> Schedule:
    return compile_schedule(case.rotation, case.overrides)


def cut(shift: Shift, start: Instant, end: Instant) -> Shift:
    return shift._replace(start=max(start, shift.start), end=min(end, shift.end))


@given(cases(), quarters, quarters)
def test_a_part_of_the_window_gives_the_same_whole_shifts(case: Case, one: timedelta, other: timedelta) -> None:
    """Whole shifts are those of the larger window that touch the smaller; cut ones are these, cut."""
    made = compiled(case)
    start, end = (instant_of(case.first + edge) for edge in sorted((one, other)))
    larger = made.shifts(instant_of(case.first), instant_of(case.last), cut=False)
    whole = made.shifts(start, end, cut=False)
    assert whole == [shift for shift in larger if shift.start < end and shift.end > start and start < end]
    parts = sorted((cut(shift, start, end) for shift in whole), key=lambda part: part.start)
    order = {role: place for place, role in enumerate(made.roles)}
    parts.sort(key=lambda part: (part.start, order[part.role]))
    assert made.shifts(start, end) == parts


@given(cases())
def test_shifts_are_sorted_and_of_one_kind(case: Case) -> None:
    """Shifts come by start, then in the order of the roles; neighbours that differ in nothing are one."""
    made = compiled(case)
    shifts = made.shifts(instant_of(case.first), instant_of(case.last))
    order = {role: place for place, role in enumerate(made.roles)}
    assert shifts == sorted(shifts, key=lambda shift: (shift.start, order[shift.role]))
    for role in made.roles:
        own = made.shifts(instant_of(case.first), instant_of(case.last), [role])
        assert own == [shift for shift in shifts if shift.role == role]
        for before, after in zip(own, own[1:], strict=False):
            assert before.end < after.start or (before.end == after.start and before[2:] != after[2:])


@given(cases(), quarters)
def test_gaps_of_two_halves_are_those_of_the_whole(case: Case, middle: timedelta) -> None:
    """Cutting the window cuts its gaps and changes nothing else."""
    made = compiled(case)
    start, split, end = (instant_of(moment) for moment in (case.first, case.first + middle, case.last))
    halves = made.gaps(start, split) + made.gaps(split, end)
    assert instants(halves) == instants(made.gaps(start, end))


def instants(gaps: list[Gap]) -> set[tuple[str, bool, int]]:
    return {(gap.role, gap.intended, moment) for gap in gaps for moment in range(gap.start, gap.end, 900)}


@given(cases(), quarters)
def test_the_holder_of_an_instant_is_the_shift_around_it(case: Case, after: timedelta) -> None:
    """``at`` gives the uncut shift, and the next of other people; without a shift, the stretch between two."""
    made = compiled(case)
    moment = instant_of(case.first + after)
    for role in made.roles:
        holding = made.at(role, moment)
        shifts = made.shifts(Instant(moment - 9 * DAY), Instant(moment + 9 * DAY), [role], cut=False)
        now = [shift for shift in shifts if shift.start <= moment < shift.end]
        assert holding.people == (now[0].people if now else ())
        others = [one for one in shifts if one.start > moment and set(one.people) != set(holding.people)]
        if others:
            assert (holding.next_people, holding.next_start) == (others[0].people, others[0].start)
        if now:
            assert (holding.start, holding.end) == (now[0].start, now[0].end)
            continue
        before = [shift.end for shift in shifts if shift.end <= moment]
        assert not before or holding.start == before[-1]
        assert holding.end == holding.next_start


@given(cases())
def test_the_explanation_ends_with_the_answer(case: Case) -> None:
    """``explain`` gives the people that ``at`` gives, and a reason for them."""
    made = compiled(case)
    for hours in range(1, 96, 19):
        moment = instant_of(case.first + timedelta(hours=hours))
        for role in made.roles:
            holding, why = made.at(role, moment), made.explain(role, moment)
            assert (why.people if why else ()) == holding.people
            if why and why.ground:
                ground = why.ground
                assert ground.start <= moment < ground.end
                assert ground.people == ground.members[ground.position]
            if why and holding.override:
                assert (why.overrides[-1].override, why.overrides[-1].applied) == (holding.override, True)


@given(layers(date(2026, 3, 8)), st.integers(1, 4))
def test_an_offset_is_a_later_turn_through_every_roster_version(layer: dict[str, Any], offset: int) -> None:
    """This turn's secondary is the next turn's primary, also when a new version begins in between."""
    made = schedule(**layer, timezone="UTC", roles={"primary": {}, "secondary": {"offset": str(offset)}})
    start, end = parse_instant("2026-02-20T00:00:00Z"), parse_instant("2026-04-01T00:00:00Z")
    turns = made.turns("main", start, end)
    later = {turn.start: after.people for turn, after in zip(turns, turns[offset:], strict=False)}
    for shift in made.shifts(start, end, ["secondary"]):
        if shift.turn in later:
            assert shift.people == later[shift.turn]
