"""What changes hands between two schedules, against a judge that looks at every quarter of an hour."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from oncall_cli.model.time import Instant, instant_of, parse_instant
from oncall_cli.schedule.comparison import Comparison, HandChange, compare
from oncall_cli.schedule.compile import compile_schedule
from oncall_cli.schedule.schedule import Schedule
from oncall_cli.schedule.shift import Gap
from tests.schedule.build import DAILY, change, local, override, rotation, schedule, version
from tests.schedule.strategies import Case, cases, overrides, roles, stacks

QUARTER = 900


@st.composite
def edits(draw: st.DrawFn) -> tuple[Case, Schedule, Schedule]:
    """A rotation before and after another set of overrides, or other layers."""
    case = draw(cases())
    before = compile_schedule(case.rotation, case.overrides)
    if draw(st.booleans()):
        return case, before, compile_schedule(case.rotation, draw(overrides(case.first)))
    other = draw(stacks((case.first + timedelta(days=2)).date()))
    said = {"timezone": str(case.rotation.timezone), "roles": draw(roles((case.first + timedelta(days=2)).date()))}
    return case, before, compile_schedule(rotation(**other, **said), case.overrides)


def held(made: Schedule, role: str, start: Instant, end: Instant) -> dict[int, frozenset[str]]:
    """Who holds a role in each quarter of an hour."""
    return {
        quarter: frozenset(shift.people)
        for shift in made.shifts(start, end, [role])
        for quarter in range(shift.start, shift.end, QUARTER)
    }


def uncovered(made: Schedule, role: str, start: Instant, end: Instant) -> set[int]:
    gaps = [gap for gap in made.gaps(start, end) if gap.role == role and not gap.intended]
    return {quarter for gap in gaps for quarter in range(gap.start, gap.end, QUARTER)}


def window(case: Case) -> tuple[Instant, Instant]:
    return instant_of(case.first), instant_of(case.last)


@given(edits(), st.integers(0, 383))
def test_every_quarter_that_changes_hands_is_told_and_no_other(
    edit: tuple[Case, Schedule, Schedule], quarter: int
) -> None:
    """The changes are exactly the time at which other people hold the role, cut at now."""
    case, before, after = edit
    start, end = window(case)
    now = Instant(start + quarter * QUARTER)
    found = compare({"platform": before}, {"platform": after}, start, end, now)
    for role in {*before.roles, *after.roles}:
        was, will = held(before, role, start, end), held(after, role, start, end)
        told = {
            at: (frozenset(change.before), frozenset(change.after))
            for change in found.changes
            if change.role == role
            for at in range(change.start, change.end, QUARTER)
        }
        nobody: frozenset[str] = frozenset()
        pairs = {at: (was.get(at, nobody), will.get(at, nobody)) for at in range(start, end, QUARTER)}
        assert told == {at: pair for at, pair in pairs.items() if pair[0] != pair[1]}
    assert all(change.past == (change.end <= now) and not change.start < now < change.end for change in found.changes)


@given(edits())
def test_changes_are_whole_and_in_order(edit: tuple[Case, Schedule, Schedule]) -> None:
    """Neighbours that say the same of one turn are one; all come by their start."""
    case, before, after = edit
    start, end = window(case)
    found = compare({"platform": before}, {"platform": after}, start, end, start).changes
    assert [change.start for change in found] == sorted(change.start for change in found)
    for role in before.roles:
        mine = [change for change in found if change.role == role]
        for one, other in pairwise(mine):
            assert one.end <= other.start
            assert one.end < other.start or one[4:] != other[4:]


@given(edits())
def test_gaps_that_open_and_close(edit: tuple[Case, Schedule, Schedule]) -> None:
    """A gap opens where time is uncovered that was covered, or was not promised, before; and closes the other way."""
    case, before, after = edit
    start, end = window(case)
    found = compare({"platform": before}, {"platform": after}, start, end, start)
    for role in {*before.roles, *after.roles}:
        was, will = uncovered(before, role, start, end), uncovered(after, role, start, end)
        assert quarters(found.opened, role) == will - was
        assert quarters(found.closed, role) == was - will


def quarters(gaps: list[tuple[str, Gap]], role: str) -> set[int]:
    mine = [gap for _, gap in gaps if gap.role == role]
    return {quarter for gap in mine for quarter in range(gap.start, gap.end, QUARTER)}


@given(cases())
def test_no_change_is_no_difference(case: Case) -> None:
    """The same files say the same; whether compiled once or twice."""
    one, other = (compile_schedule(case.rotation, case.overrides) for _ in range(2))
    start, end = window(case)
    for after in (one, other):
        found = compare({"platform": one}, {"platform": after}, start, end, start)
        assert (found.changes, found.opened, found.closed) == ((), [], [])


NOW = parse_instant("2026-03-04T12:00:00-06:00")
START, END = parse_instant("2026-03-02T09:00:00-06:00"), parse_instant("2026-04-06T09:00:00-05:00")


def compared(before: Schedule | None, after: Schedule | None) -> Comparison:
    first = {"platform": before} if before else {}
    return compare(first, {"platform": after} if after else {}, START, END, NOW)


def told(changes: tuple[HandChange, ...], made: Schedule) -> list[str]:
    """Return lines such as ``ana -> ben 2026-03-02T09:00-06:00 2026-03-09T09:00-05:00``."""
    return [
        f"{'+'.join(one.before) or '-'} -> {'+'.join(one.after) or '-'} {local(made, one.start)} {local(made, one.end)}"
        for one in changes
    ]


def test_a_cover_over_the_change_of_the_clocks() -> None:
    """The stretch is the override's, to the second, whatever the clocks do in it."""
    before = schedule()
    after = schedule(override("x", change("2026-03-07T12:00:00-06:00", "2026-03-08T12:00:00-05:00", "ben")))
    assert told(compared(before, after).changes, before) == ["cy -> ben 2026-03-07T12:00-06:00 2026-03-08T12:00-05:00"]


def test_a_whole_rotation_comes_and_goes() -> None:
    """Where there is no schedule nobody is on call and nothing is promised."""
    made = schedule(members=("ana",))
    came, went = compared(None, made), compared(made, None)
    assert [(one.before, one.after, one.past) for one in came.changes] == [
        ((), ("ana",), True),
        *[((), ("ana",), False)] * 5,
    ]
    assert [one[4:6][::-1] for one in went.changes] == [one[4:6] for one in came.changes]
    assert (came.opened, went.opened) == ([], [])


def test_windows_of_one_turn_are_apart_and_turns_are_apart() -> None:
    """Closed hours divide a change, and so does a handoff."""
    before = schedule(members=("ana",), hours=["mon,tue 09:00-17:00"])
    after = schedule(members=("ben",), hours=["mon,tue 09:00-17:00"])
    changes = compared(before, after).changes
    assert [(local(before, one.start)[5:16], local(before, one.end)[5:16], one.past) for one in changes[:4]] == [
        ("03-02T09:00", "03-02T17:00", True),
        ("03-03T09:00", "03-03T17:00", True),
        ("03-09T09:00", "03-09T17:00", False),
        ("03-10T09:00", "03-10T17:00", False),
    ]
    daily = {"handoff": DAILY, "roster": [version("2026-01-05", "ana")]}
    assert (
        len(compared(schedule(**daily), schedule(handoff=DAILY, roster=[version("2026-01-05", "ben")])).changes) == 36
    )


def test_an_order_within_a_group_is_no_change() -> None:
    """Two people who stand a turn together are the same two in any order."""
    before, after = schedule(members=(["ana", "ben"],)), schedule(members=(["ben", "ana"],))
    assert compared(before, after).changes == ()


def test_the_past_is_apart() -> None:
    """A change of the turn under way is told as two: what was stood, and what is to come."""
    before, after = schedule(members=("ana",)), schedule(members=("ben",))
    first, second, *_ = compared(before, after).changes
    assert (first.end, first.past, second.start, second.past) == (NOW, True, NOW, False)


def test_an_intended_gap_opens_nothing() -> None:
    """Whoever says 'nobody' means it; a leave that empties promised time does not."""
    span = ("2026-03-10T09:00:00-05:00", "2026-03-11T09:00:00-05:00")
    made = schedule()
    assert compared(made, schedule(override("x", change(*span, "nobody")))).opened == []
    shorter = schedule(hours=["mon 09:00 - sun 09:00"], coverage={"hours": ["always"]})
    promised = schedule(coverage={"hours": ["always"]})
    assert len(compared(promised, shorter).opened) == len(compared(shorter, promised).closed) == 5
