"""What must hold for every rotation and every cover, swap and removal; the rotations are random."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from oncall_cli.errors import Refused
from oncall_cli.model.override import Override
from oncall_cli.model.time import DAY, MINUTE, Instant, instant_of, parse_instant
from oncall_cli.model.zone import Zone
from oncall_cli.practice.cover import Asked, cover, leave_open, time_asked
from oncall_cli.practice.edits import RecordEdit
from oncall_cli.practice.handing import Target
from oncall_cli.practice.removal import removal
from oncall_cli.practice.setting import Post, Setting
from oncall_cli.practice.shift_asked import Search
from oncall_cli.practice.swap import Pair, earlier_swap, pair, swap
from oncall_cli.practice.team_state import TeamState
from oncall_cli.schedule.schedule import Schedule
from oncall_cli.schedule.walls import WallClock
from tests.practice.settings import files_of, person, with_overrides
from tests.schedule.strategies import PEOPLE, Case, cases

UTC = Zone("UTC")
QUARTER = 15 * MINUTE
# Somebody of another team, who is always free.
OUTSIDER = "gil"

many = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def setting_of(case: Case, now: datetime, overrides: Iterable[Override] = ()) -> Setting:
    people = {name: person(name) for name in (*PEOPLE, OUTSIDER)}
    files = {"platform": files_of(case.rotation, tuple(overrides))}
    return Setting(TeamState(files, people, UTC), instant_of(now), WallClock(UTC))


def answers(schedule: Schedule, role: str, start: Instant, end: Instant) -> list[tuple[str, ...]]:
    """Return who is on call at every quarter of an hour."""
    shifts = schedule.shifts(start, end, [role])
    moments = range(start, end, QUARTER)
    found = {moment: shift.people for shift in shifts for moment in moments if shift.start <= moment < shift.end}
    return [found.get(Instant(moment), ()) for moment in moments]


def applied(made: Override, edit: RecordEdit) -> list[Override]:
    """Return what an edit of removal leaves of an override."""
    if edit.deleted:
        return []
    changes = dict(enumerate(made.changes))
    for keys, value in edit.sets:
        place = int(keys[1])
        changes[place] = changes[place].model_copy(update={"end": parse_instant(str(value))})
    for keys in edit.removes:
        del changes[int(keys[1])]
    left = made.model_copy(update={"changes": tuple(changes.values())})
    return [left]


@st.composite
def covers(draw: st.DrawFn) -> tuple[Setting, Target, str]:
    """A time of somebody who is on call, near the change of a clock, and who is to cover."""
    case = draw(cases())
    team = setting_of(case, case.first, draw(st.sampled_from([(), tuple(case.overrides)])))
    schedule = team.files("platform").schedule
    role = draw(st.sampled_from(schedule.roles))
    start = Instant(team.now + draw(st.integers(0, 250)) * QUARTER)
    end = Instant(start + draw(st.integers(1, 100)) * QUARTER)
    people = sorted({one for shift in schedule.shifts(start, end, [role]) for one in shift.people})
    assume(people)
    whom = draw(st.sampled_from(people))
    return team, Target(Post("platform", role), whom, start, end), draw(st.sampled_from([OUTSIDER, *PEOPLE]))


@st.composite
def partners(draw: st.DrawFn) -> tuple[Setting, list[str]]:
    """Two people who are on call in the coming weeks, where there are two."""
    case = draw(cases())
    team = setting_of(case, case.first)
    coming = team.files("platform").schedule.shifts(team.now, Instant(team.now + 21 * DAY))
    people = sorted({person for shift in coming for person in shift.people})
    assume(len(people) > 1)
    return team, draw(st.lists(st.sampled_from(people), min_size=2, max_size=2, unique=True))


@many
@given(covers())
def test_a_cover_gives_the_asked_time_to_that_person_and_changes_nobody_else(
    drawn: tuple[Setting, Target, str],
) -> None:
    """At every quarter of an hour, in every role, inside and outside of what was asked."""
    team, wanted, who = drawn
    try:
        asked = time_asked(team, wanted.whom, wanted.start, wanted.end, Search(*wanted.post))
        made = cover(team, Asked("ana"), who, asked)
    except Refused:
        event("refused")
        assert who != OUTSIDER or team.files("platform").overrides
        return
    event("covered")
    before = team.files("platform").schedule
    after = team.with_override("platform", made).files("platform").schedule
    low, high = Instant(wanted.start - DAY), Instant(wanted.end + DAY)
    for role in before.roles:
        pairs = zip(answers(before, role, low, high), answers(after, role, low, high), strict=True)
        for number, (was, will) in enumerate(pairs):
            moment = low + number * QUARTER
            if role == wanted.post.role and wanted.start <= moment < wanted.end and wanted.whom in was:
                assert set(will) == {who if one == wanted.whom else one for one in was}
            else:
                assert set(will) == set(was)


@many
@given(covers(), st.integers(-4, 200))
def test_what_is_taken_back_is_as_it_was_from_now_on(drawn: tuple[Setting, Target, str], later: int) -> None:
    """Before it has begun nothing is left of it; under way, what has been stays."""
    team, wanted, _ = drawn
    try:
        made = cover(team, Asked("ana"), OUTSIDER, wanted)
    except Refused:
        assume(False)
    now = Instant(made.changes[0].start + later * QUARTER)
    covered = with_overrides(team, "platform", *team.files("platform").overrides, made)._replace(now=now)
    try:
        edit = removal(covered, made, UTC).edit
    except Refused:
        assert now >= made.changes[-1].end
        return
    assert edit.deleted == (later <= 0)
    left = with_overrides(team, "platform", *team.files("platform").overrides, *applied(made, edit))
    low, high = Instant(wanted.start - DAY), Instant(wanted.end + DAY)
    states = (team, covered, left)
    for role in team.files("platform").schedule.roles:
        first, second, third = (answers(each.files("platform").schedule, role, low, high) for each in states)
        for number, (original, between, at_last) in enumerate(zip(first, second, third, strict=True)):
            assert at_last == (between if low + number * QUARTER < now else original)


@many
@given(partners())
def test_a_swap_done_twice_is_no_change(drawn: tuple[Setting, list[str]]) -> None:
    """The two exchange their time and nobody else loses or gains any; once more, and the override is gone."""
    team, people = drawn
    try:
        shifts = pair(team, (people[0], people[1]), (None, None), Search())
        made = swap(team, Asked("ana"), shifts)
    except Refused:
        event("refused")
        return
    event(f"{len(made.changes)} changes")
    done = team.with_override("platform", made)
    schedules = [each.files("platform").schedule for each in (team, done)]
    low, high = made.changes[0].start, max(change.end for change in made.changes)
    # Turns can last for months, so that the days around each edge stand for the whole.
    for edge in {point for change in made.changes for point in (change.start, change.end)}:
        for role in schedules[0].roles:
            was, will = (answers(one, role, Instant(edge - DAY), Instant(edge + DAY)) for one in schedules)
            for number, (before, after) in enumerate(zip(was, will, strict=True)):
                assert set(before) - set(people) == set(after) - set(people)
                if not low <= edge - DAY + number * QUARTER < high:
                    assert before == after
    again = Pair(shifts.one._replace(person=people[1]), shifts.other._replace(person=people[0]))
    assert earlier_swap(done, again) == made
    assert removal(done, made, UTC).edit == RecordEdit(made.path, deleted=True)


@many
@given(covers())
def test_an_intended_gap_empties_its_time_and_nothing_else(drawn: tuple[Setting, Target, str]) -> None:
    """Nobody is on call in it, and before and after it everything is as it was."""
    team, wanted, _ = drawn
    try:
        made = leave_open(team, Asked("ana", "Closed"), wanted.post, wanted.start, wanted.end)
    except Refused:
        assume(False)
    before = team.files("platform").schedule
    after = team.with_override("platform", made).files("platform").schedule
    low, high = Instant(wanted.start - DAY), Instant(wanted.end + DAY)
    for role in before.roles:
        pairs = zip(answers(before, role, low, high), answers(after, role, low, high), strict=True)
        for number, (was, will) in enumerate(pairs):
            inside = role == wanted.post.role and wanted.start <= low + number * QUARTER < wanted.end
            assert will == (() if inside else was)
