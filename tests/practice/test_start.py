"""Who may report for duty when, and why not; the roster is alice, bob, carol from Tuesday 3 November."""

from __future__ import annotations

from typing import Any

from oncall_cli.model.override import Override
from oncall_cli.model.record import Source
from oncall_cli.model.shift import ShiftRecord
from oncall_cli.practice.assigned import AssignedShift, RotationState, held_by, next_of
from oncall_cli.practice.start import Begin, Begun, Decision, NotYours, decide
from oncall_cli.schedule.compile import compile_schedule
from tests.practice.records import at, rotation, shift

SECONDARY = {"roles": {"primary": {}, "secondary": {"offset": "1"}}}
WEEKDAYS = {"hours": ["monday-friday 09:00-17:00"]}


def state(*shifts: ShiftRecord, overrides: tuple[Override, ...] = (), **keys: Any) -> RotationState:
    made = rotation(**keys)
    return RotationState(made, compile_schedule(made, overrides), shifts)


def cover(start: str, end: str, person: str, instead_of: str) -> Override:
    change = {"start": at(start), "end": at(end), "person": person, "instead_of": instead_of}
    made = Override.model_validate({"changes": [change]})
    made.read_from("cover", Source("rotations/platform/overrides/cover.yaml", {}))
    return made


def begun(decision: Decision) -> Begin:
    assert isinstance(decision, Begin)
    return decision


def span(found: AssignedShift | None) -> tuple[str, int, int]:
    assert found is not None
    return found.id, found.start, found.end


def test_a_weekly_turn_is_one_shift() -> None:
    [held] = held_by(state(), "carol", at("18 12:00"))
    assert span(held) == ("2026-11-17-carol-primary", at("17 09:00"), at("24 09:00"))
    assert held.path(()) == "rotations/platform/shifts/2026/2026-11-17-carol-primary.yaml"


def test_a_weekly_turn_with_weekday_hours_lasts_from_its_first_hour_to_its_last() -> None:
    [held] = held_by(state(**WEEKDAYS), "carol", at("19 12:00"))
    assert span(held) == ("2026-11-17-carol-primary", at("17 09:00"), at("23 17:00"))


def test_a_day_of_a_daily_weekday_rotation_is_one_shift() -> None:
    daily = state(handoff={"every": "1 day", "at": "09:00"}, **WEEKDAYS)
    [held] = held_by(daily, "carol", at("18 12:00"))
    assert span(held) == ("2026-11-18-carol-primary", at("18 09:00"), at("18 17:00"))


def test_a_cover_inside_a_turn_is_a_shift_of_its_own_and_leaves_the_turn_one() -> None:
    covered = state(overrides=(cover("18 18:00", "18 23:00", "bob", "carol"),))
    [bob] = held_by(covered, "bob", at("18 20:00"))
    assert span(bob) == ("2026-11-18-bob-primary", at("18 18:00"), at("18 23:00"))
    [carol] = held_by(covered, "carol", at("18 23:30"))
    assert span(carol) == ("2026-11-17-carol-primary", at("17 09:00"), at("24 09:00"))


def test_the_shift_of_a_role_held_by_name_ends_with_its_days() -> None:
    shadowed = state(
        roles={"primary": {}, "shadow": [{"person": "erin", "from": "2026-11-17", "until": "2026-11-24"}]},
        **WEEKDAYS,
    )
    [held] = held_by(shadowed, "erin", at("19 10:00"))
    assert span(held) == ("2026-11-17-erin-shadow", at("17 09:00"), at("23 17:00"))


def test_the_next_shift_is_found_a_long_way_ahead() -> None:
    rare = state(handoff={"every": "6 months", "at": "3 09:00"})
    assert span(next_of(rare, "bob", at("18 12:00")))[0] == "2027-05-03-bob-primary"
    assert next_of(rare, "dan", at("18 12:00")) is None


def test_whoever_is_on_call_begins_the_first_of_their_roles() -> None:
    both = state(roster=[{"from": "2026-11-03", "members": ["alice"]}], **SECONDARY)
    decision = begun(decide(both, "alice", at("18 12:00")))
    assert decision.shift.role == "primary"
    assert (decision.record, decision.accepts, decision.cover) == (None, None, None)
    assert begun(decide(state(**SECONDARY), "alice", at("18 12:00"))).shift.role == "secondary"


def test_a_shift_may_begin_up_to_an_hour_early_and_the_one_that_ends_gives_way() -> None:
    assert isinstance(decide(state(), "carol", at("17 07:59")), NotYours)
    assert begun(decide(state(), "carol", at("17 08:00"))).shift.start == at("17 09:00")
    early = begun(decide(state(**SECONDARY), "carol", at("17 08:30")))
    assert (early.shift.role, early.shift.start) == ("primary", at("17 09:00"))


def test_beginning_accepts_what_the_shift_before_handed_over() -> None:
    bob = shift("bob", "primary", ("10 09:00", "17 09:00"), "10 09:00", "17 09:02")
    assert begun(decide(state(bob), "carol", at("17 09:05"))).accepts == bob
    accepted = bob.model_copy(update={"accepted": {"by": "carol", "at": at("17 09:03")}})
    assert begun(decide(state(accepted), "carol", at("17 09:05"))).accepts is None


def test_a_shift_before_that_nobody_ended_does_not_stand_in_the_way() -> None:
    bob = shift("bob", "primary", ("10 09:00", "17 09:00"), "10 09:00")
    decision = begun(decide(state(bob), "carol", at("17 09:05")))
    assert (decision.accepts, decision.unended) == (None, bob)


def test_a_file_that_somebody_logged_into_before_is_completed() -> None:
    announced = shift("carol", "primary", ("17 09:00", "24 09:00"))
    assert begun(decide(state(announced), "carol", at("17 09:05"))).record == announced


def test_a_handover_that_came_after_the_beginning_is_accepted_by_reporting_again() -> None:
    bob = shift("bob", "primary", ("10 09:00", "17 09:00"), "10 09:00", "17 09:20")
    mine = shift("carol", "primary", ("17 09:00", "24 09:00"), "17 09:01")
    decision = begun(decide(state(bob, mine), "carol", at("17 09:30")))
    assert (decision.running, decision.accepts) == (True, bob)


def test_a_shift_begins_once() -> None:
    mine = shift("carol", "primary", ("17 09:00", "24 09:00"), "17 09:01")
    assert decide(state(mine), "carol", at("18 12:00")) == Begun("platform", mine)


def test_a_shift_that_was_ended_before_its_time_goes_on() -> None:
    mine = shift("carol", "primary", ("17 09:00", "24 09:00"), "17 09:01", "18 10:00")
    decision = begun(decide(state(mine), "carol", at("18 12:00")))
    assert (decision.resumes, decision.record) == (True, mine)


def test_a_shift_begins_once_although_the_schedule_was_changed_under_it() -> None:
    mine = shift("carol", "primary", ("17 09:00", "24 09:00"), "17 09:01")
    later = cover("17 09:00", "18 09:00", "bob", "carol")
    assert decide(state(mine, overrides=(later,)), "carol", at("18 12:00")) == Begun("platform", mine)


def test_whoever_is_not_on_call_learns_who_is_and_when_it_is_their_turn() -> None:
    decision = decide(state(), "alice", at("18 12:00"))
    assert isinstance(decision, NotYours)
    assert (decision.holding.people, decision.holding.end) == (("carol",), at("24 09:00"))
    assert decision.next_shift is not None
    assert (decision.next_shift.role, decision.next_shift.start) == ("primary", at("24 09:00"))


def test_in_the_midst_of_a_shift_that_hours_cut_its_next_hours_are_told_not_its_first() -> None:
    decision = decide(state(**WEEKDAYS), "carol", at("18 20:00"))
    assert isinstance(decision, NotYours)
    assert decision.next_shift is not None
    assert decision.next_shift.start == at("19 09:00")


def test_a_cover_stands_in_until_the_present_shift_ends() -> None:
    decision = begun(decide(state(**WEEKDAYS), "alice", at("18 12:00"), cover=True))
    assert span(decision.shift) == ("2026-11-18-alice-primary", at("18 12:00"), at("18 17:00"))
    assert decision.cover is not None
    assert (decision.cover.instead_of, decision.cover.people) == ("carol", ("alice",))


def test_the_secondary_covers_the_primary() -> None:
    decision = begun(decide(state(**SECONDARY), "alice", at("18 12:00"), cover=True))
    assert (decision.shift.role, decision.cover is not None) == ("primary", True)


def test_covering_when_nobody_is_on_call_lasts_until_somebody_is() -> None:
    decision = begun(decide(state(**WEEKDAYS), "alice", at("18 20:00"), cover=True))
    assert decision.cover is not None
    assert (decision.cover.instead_of, decision.cover.end) == (None, at("19 09:00"))


def test_a_second_cover_on_one_day_is_a_second_record() -> None:
    first = shift("alice", "primary", ("18 10:00", "18 17:00"), "18 10:00", "18 11:00")
    decision = begun(decide(state(first, **WEEKDAYS), "alice", at("18 12:00"), cover=True))
    assert decision.record is None
    assert decision.shift.path([first.id]).endswith("/2026-11-18-alice-primary-2.yaml")


def test_who_is_on_call_needs_no_cover() -> None:
    assert begun(decide(state(), "carol", at("18 12:00"), cover=True)).cover is None
