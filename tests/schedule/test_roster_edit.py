"""A change of roster, for any rotation: the past and what people know stay, and nobody is skipped or dealt twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any, NamedTuple

import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st

from oncall_cli.errors import Refused
from oncall_cli.model.rotation import Rotation
from oncall_cli.model.time import DAY, Instant, instant_of, parse_instant
from oncall_cli.schedule.compile import compile_schedule
from oncall_cli.schedule.layer import Layer
from oncall_cli.schedule.roster_edit import LayerRoster, RosterEdit, When, offsets_of, with_roster
from oncall_cli.schedule.seats import Join, Leave, Members, Reorder, Replace, RosterVerb, is_in
from oncall_cli.schedule.shift import People
from tests.schedule.build import DAILY, rotation, version
from tests.schedule.strategies import CHANGES, layers, roles, stacks

NEW = "zoe"


class Case(NamedTuple):
    """A rotation, the layer whose roster is changed, and from which turn on."""

    rotation: Rotation
    roster: LayerRoster
    now: Instant
    wanted: int


@st.composite
def cases(draw: st.DrawFn, *, secondary: bool = False) -> Case:
    zone, middle = draw(st.sampled_from(CHANGES))
    some = {"primary": {}, "secondary": {"offset": str(draw(st.integers(1, 3)))}} if secondary else draw(roles(middle))
    record = rotation(**draw(layers(middle) if secondary else stacks(middle)), timezone=zone, roles=some)
    roster = roster_of(record, draw(st.integers(0, len(record.all_layers()) - 1)))
    first = datetime(middle.year, middle.month, middle.day, tzinfo=UTC) + timedelta(days=draw(st.integers(-6, 6)))
    now = Instant(instant_of(first) + draw(st.integers(0, 96)) * 900)
    earliest = Instant(now + 1 + draw(st.sampled_from([0, 0, 0, 3, 10])) * DAY)
    return Case(record, roster, now, roster.wanted(draw(st.sampled_from(When)), earliest))


def roster_of(record: Rotation, place: int = 0) -> LayerRoster:
    assert record.timezone
    return LayerRoster(record.all_layers()[place], record.timezone, offsets_of(record))


def lists(case: Case) -> list[Members]:
    """The members of every version that the change can concern."""
    later = [version.members for version in case.roster.later(case.wanted)]
    return [case.roster.members(case.wanted), *later]


@st.composite
def verbs(draw: st.DrawFn, case: Case) -> RosterVerb:
    members = case.roster.members(case.wanted)
    person = draw(st.sampled_from(sorted({one for member in members for one in member})))
    order = draw(st.permutations(members))
    verb = draw(st.sampled_from([Join(NEW), Leave(person), Replace(person, NEW), Reorder(tuple(order))]))
    assume(all(verb.seats(each) for each in lists(case)))
    return verb


def edit_of(case: Case, verb: RosterVerb) -> RosterEdit:
    """The change, but for handoffs at odd hours outside of which ``hours`` let no version begin."""
    try:
        return case.roster.edit(verb, case.wanted)
    except Refused:
        reject()


def people(turns: Layer, number: int) -> People:
    turn = turns.find(number)
    return turn.version.members[turn.position]


def dealt(turns: Layer, first: int, stop: int) -> list[People]:
    return [people(turns, number) for number in range(first, stop)]


def changed(case: Case, edit: RosterEdit) -> Rotation:
    return with_roster(case.rotation, case.roster.record.name, edit.roster)


def answers(record: Rotation, start: int, end: int) -> list[tuple[Any, ...]]:
    """Who holds each role from when until when."""
    found = compile_schedule(record).shifts(Instant(start), Instant(end))
    return [shift[:4] for shift in found]


def next_version(roster: LayerRoster, number: int) -> int:
    """The first turn of the version after the one that deals a turn, or a few cycles on."""
    later = [version.first for version in roster.turns.versions if version.first > number]
    return min([*later, number + 20])


@given(st.data())
def test_nothing_changes_before_it_begins(data: st.DataObject) -> None:
    """Until the change takes effect no instant's answer changes, in any role."""
    case = data.draw(cases())
    edit = edit_of(case, data.draw(verbs(case)))
    assert edit.start > case.now
    start = min(case.now, edit.start) - 40 * DAY
    assert answers(changed(case, edit), start, edit.start) == answers(case.rotation, start, edit.start)


@given(st.data())
def test_a_version_that_has_begun_is_never_edited(data: st.DataObject) -> None:
    """What is written anew deals its first turn after now; a new version begins at a handoff."""
    case = data.draw(cases())
    edit = edit_of(case, data.draw(verbs(case)))
    turns, after = case.roster.turns, case.roster.after(edit)
    firsts = {one.keys[-1]: turns.start(one.first) for one in turns.versions}
    assert all(firsts.get(place, case.now + 1) > case.now for place in edit.changed)
    assert after.wall(edit.number) == turns.wall(edit.number)
    if edit.inserted:
        begun = after.find(edit.number)
        assert (begun.version.keys[-1], begun.number) == (edit.inserted[0], 0)
    assert list(edit.roster) == sorted(edit.roster, key=lambda one: one.from_.wall)


@given(st.data())
def test_nobody_is_skipped_or_dealt_twice(data: st.DataObject) -> None:
    """Around a join, a leave and a replacement everybody else's turns follow each other as before."""
    case = data.draw(cases())
    verb = data.draw(verbs(case))
    assume(not isinstance(verb, Reorder))
    edit = edit_of(case, verb)
    after = case.roster.after(edit)
    stop = next_version(case.roster, edit.number)
    new = dealt(after, edit.number, stop)
    old = dealt(case.roster.turns, edit.number, stop)
    if isinstance(verb, Join):
        mine = [place for place, member in enumerate(new) if member == (NEW,)]
        assert without(new, NEW) == old[: len(new) - len(mine)]
        count = len(case.roster.members(edit.number)) + 1
        assert all(later - earlier == count for earlier, later in zip(mine, mine[1:], strict=False))
        assert len(new) < count or mine
    elif isinstance(verb, Leave):
        assert new[: len(without(old, verb.person))] == without(old, verb.person)
    elif isinstance(verb, Replace):
        assert new == [tuple(NEW if one == verb.old else one for one in member) for member in old]


def without(members: list[People], person: str) -> list[People]:
    rest = [tuple(one for one in member if one != person) for member in members]
    return [member for member in rest if member]


@given(st.data())
def test_a_reorder_deals_the_new_order(data: st.DataObject) -> None:
    """From the member on whose turn it was, the new order is dealt, in that version."""
    case = data.draw(cases())
    verb = Reorder(tuple(data.draw(st.permutations(case.roster.members(case.wanted)))))
    edit = edit_of(case, verb)
    stop = next_version(case.roster, edit.number)
    assume(case.roster.place(edit.number) == case.roster.place(case.wanted))
    new = [set(member) for member in dealt(case.roster.after(edit), edit.number, stop)]
    assert new[0] == set(people(case.roster.turns, edit.number))
    order = [set(member) for member in verb.order]
    assert any(new == (order[place:] + order * 20)[: len(new)] for place in range(len(order)))


@given(st.data())
def test_joining_and_leaving_again_changes_nothing(data: st.DataObject) -> None:
    """Who leaves before anybody knows of their first turn leaves the schedule as it was."""
    case = data.draw(cases())
    joined = edit_of(case, Join(NEW))
    record = changed(case, joined)
    again = LayerRoster(
        next(one for one in record.all_layers() if one.name == case.roster.record.name),
        case.roster.zone,
        offsets_of(record),
    )
    first = next(number for number in range(case.wanted, case.wanted + 99) if is_in(NEW, [people(again.turns, number)]))
    later = data.draw(st.integers(case.now, max(case.now, again.turns.start(first) - 1)))
    wanted = again.wanted(When.NEXT_HANDOFF, Instant(later + 1))
    known = max(offsets_of(record).values(), default=0) if case.roster.record.role == "primary" else 0
    assume(wanted + known <= first)
    left = edit_of(case._replace(roster=again, wanted=wanted), Leave(NEW))
    assume(left.number <= first)
    after = again.after(left)
    numbers = range(max(0, case.wanted - 5), case.wanted + 60)
    assert [(people(after, one), after.wall(one)) for one in numbers] == [
        (people(case.roster.turns, one), case.roster.turns.wall(one)) for one in numbers
    ]


@given(st.data())
def test_this_weeks_secondary_is_next_weeks_primary(data: st.DataObject) -> None:
    """The secondary of a turn is the primary of the turn so many handoffs later, across every version."""
    case = data.draw(cases(secondary=True))
    offset = offsets_of(case.rotation)["secondary"]
    edit = edit_of(case, data.draw(verbs(case)))
    made, after = compile_schedule(changed(case, edit)), case.roster.after(edit)
    for number in range(max(0, edit.number - 4), edit.number + 12):
        at = after.start(number)
        shifts = made.shifts(at, Instant(at + 1), ["secondary"])
        if after.start(number + 1) > at and shifts:
            assert shifts[0].people == people(after, number + offset)


WEEK_OF = "2026-11-{}T12:00:00-06:00"


def edited(verb: RosterVerb, when: When = When.NEXT_HANDOFF, day: str = "18", **fields: Any) -> list[str]:
    """The roster after a change on a day of November 2026, a version a line."""
    roster = roster_of(rotation(**fields))
    edit = roster.edit(verb, roster.wanted(when, Instant(parse_instant(WEEK_OF.format(day)) + 1)))
    return [f"{one.from_} {' '.join('+'.join(member) for member in one.members)}" for one in edit.roster]


SECONDARY = {"primary": {}, "secondary": {"offset": "1"}}
FOUR = ("ana", "ben", "cy", "dee")  # since 5 January: ben has the week of 16 November
OLD = "2026-01-05 ana ben cy dee"


def test_one_of_four_leaves_midweek() -> None:
    """Whoever is on call stays; the next week's goes to the next who is left, and the others keep their order."""
    assert edited(Leave("ben"), members=FOUR) == [OLD, "2026-11-23 cy dee ana"]
    assert edited(Leave("cy"), members=FOUR) == [OLD, "2026-11-23 dee ana ben"]


def test_who_has_been_told_of_a_turn_keeps_it() -> None:
    """This week's secondary leaves after the week as primary, of which everybody knows."""
    assert edited(Leave("cy"), members=FOUR, roles=SECONDARY) == [OLD, "2026-11-30 dee ana ben"]
    roster = roster_of(rotation(members=FOUR, roles=SECONDARY))
    wanted = roster.wanted(When.NEXT_HANDOFF, parse_instant(WEEK_OF.format("18")))
    delay = roster.edit(Leave("cy"), wanted).delay
    assert delay == ("secondary", ("cy",), parse_instant("2026-11-23T09:00:00-06:00"))


def test_a_fifth_joins() -> None:
    """At the end of the cycle the list is the old one with a new end; at once it is turned."""
    assert edited(Join("eve"), When.END_OF_CYCLE, members=FOUR) == [OLD, "2026-12-07 ana ben cy dee eve"]
    assert edited(Join("eve"), members=FOUR) == [OLD, "2026-11-23 cy dee eve ana ben"]
    assert edited(Join("eve"), When.NOW, members=FOUR) == [OLD, "2026-11-23 cy dee eve ana ben"]


def test_the_order_changes() -> None:
    """The new order begins with the member whose turn it is."""
    order = (("ana",), ("cy",), ("ben",), ("dee",))
    assert edited(Reorder(order), members=FOUR) == [OLD, "2026-11-23 cy ben dee ana"]


def test_a_replacement_takes_the_same_seat() -> None:
    assert edited(Replace("ana", "eve"), members=FOUR) == [OLD, "2026-11-23 cy dee eve ben"]


def test_weekday_rotations_go_on_after_the_weekend() -> None:
    """On a Friday the next handoff is Monday's; the days without hours use up nobody's place."""
    fields: dict[str, Any] = {
        "handoff": DAILY,
        "hours": ["monday-friday 09:00-17:00"],
        "roster": [version("2026-11-16", "ana", "ben", "cy")],
    }
    assert edited(Leave("ben"), day="20", **fields) == ["2026-11-16 ana ben cy", "2026-11-23 cy ana"]


def test_a_handoff_in_the_middle_of_a_day_is_written_with_its_time() -> None:
    fields: dict[str, Any] = {
        "handoff": {"every": "12 hours", "at": "09:00"},
        "roster": [version("2026-11-16", "ana", "ben", "cy")],
    }
    assert edited(Leave("ana"), day="18", **fields)[1:] == ["2026-11-18 21:00 cy ben"]


def test_handoffs_that_do_not_divide_the_day_wait_for_one_that_a_version_can_begin_with() -> None:
    """Every 5 hours since Monday 04:00 comes back to 09:00 on a Saturday only."""
    fields: dict[str, Any] = {
        "handoff": {"every": "5 hours", "at": "09:00"},
        "roster": [version("2026-11-16", "ana", "ben", "cy")],
    }
    roster = roster_of(rotation(**fields))
    wanted = roster.wanted(When.NEXT_HANDOFF, parse_instant(WEEK_OF.format("18")))
    edit = roster.edit(Leave("ana"), wanted)
    assert edit.delay
    assert edit.delay.role is None
    assert edit.inserted
    assert str(edit.inserted[1].from_) == "2026-11-21"


@pytest.mark.parametrize("order", list(permutations(["ana", "ben", "cy"])))
def test_a_later_version_that_went_on_still_goes_on(order: tuple[str, ...]) -> None:
    """Two changes that lie ahead do not make anybody's turn come twice; one that began anew still does."""
    later = [version("2026-01-05", "ana", "ben", "cy"), version("2026-12-14", *order, "dee")]
    [_, new, last] = edited(Join("eve"), roster=later)
    # Ben had the 23rd and the 14th; with Eve, Ana has the 14th.
    assert new == "2026-11-23 ben cy eve ana"
    turned = {"ben": {"ben cy ana": "ana dee eve ben cy", "ben ana cy": "ana cy dee eve ben"}}
    listed = " ".join(order)
    assert last == f"2026-12-14 {turned.get(order[0], {}).get(listed, f'{listed} dee eve')}"


def test_a_leave_before_a_join_that_lies_ahead() -> None:
    """Ana has the 30th then, so that the version of 7 December goes on with ben, and ana does not come twice."""
    lies_ahead = [version("2026-01-05", *FOUR), version("2026-12-07", *FOUR, "eve")]
    assert edited(Leave("cy"), roster=lies_ahead)[1:] == ["2026-11-23 dee ana ben", "2026-12-07 ben dee eve ana"]


def test_history_is_rewritten_only_where_that_is_asked_for() -> None:
    roster = roster_of(rotation(members=FOUR))
    edit = roster.rewritten(Leave("cy"), parse_instant(WEEK_OF.format("18")))
    assert (edit.changed, edit.inserted) == ({0: (("ana",), ("ben",), ("dee",))}, None)
