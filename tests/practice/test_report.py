"""The numbers of a report against a slow and obvious count, and the times that it can tell of."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oncall_cli.errors import Refused, WrongUsage
from oncall_cli.model.incident import Incident
from oncall_cli.model.record import Source
from oncall_cli.model.request import Request
from oncall_cli.model.shift import ShiftRecord
from oncall_cli.model.team import Team
from oncall_cli.model.time import DAY, HOUR, MINUTE, WEEK, Instant, parse_instant, utc
from oncall_cli.model.zone import Zone
from oncall_cli.practice.assigned import RotationState
from oncall_cli.practice.report import Report, report
from oncall_cli.practice.report_coverage import share
from oncall_cli.practice.report_facts import Facts, years_of
from oncall_cli.practice.report_incidents import InTime
from oncall_cli.practice.report_period import (
    LONGEST,
    Period,
    PeriodKind,
    days_of,
    earlier,
    period_at,
    period_of_shift,
    sound,
)
from oncall_cli.practice.report_trend import Word, median
from oncall_cli.practice.team_state import RotationFiles, TeamState
from oncall_cli.schedule.compile import compile_schedule
from tests.schedule.build import change, override, rotation

CHICAGO = ZoneInfo("America/Chicago")
# Three weeks of autumn, in which the clocks go back.
FIRST = parse_instant("2026-10-19T00:00:00-05:00")
LAST = parse_instant("2026-11-09T00:00:00-06:00")
INSIDE = st.integers(FIRST - WEEK, LAST + WEEK).map(Instant)
WINDOWS = st.tuples(INSIDE, st.integers(1, 2 * WEEK)).map(lambda one: (one[0], Instant(one[0] + one[1])))
NOW = Instant(LAST + 5 * WEEK)


def named(record: Any, kind: str, number: int) -> Any:
    record.read_from(f"{kind}-{number}", Source(f"rotations/platform/{kind}s/2026/{kind}-{number}.yaml", {}))
    return record


@st.composite
def requests(draw: st.DrawFn) -> list[Request]:
    made = []
    for number in range(draw(st.integers(0, 6))):
        received = draw(INSIDE)
        waited = draw(st.none() | st.integers(0, 3 * HOUR))
        spent = [
            {"at": draw(INSIDE), "by": "ana", "time": f"{draw(st.integers(1, 90))} minutes"}
            for _ in range(draw(st.integers(0, 3)))
        ]
        said = {
            "title": "VPN",
            "received": received,
            "section": draw(st.sampled_from([None, "Access", "Network"])),
            "kind": draw(st.sampled_from([None, "question"])),
            "requester": draw(st.sampled_from([None, "Billing", "Maps"])),
            "spent": spent,
            "acknowledged": None if waited is None else received + waited,
            "status": "open" if waited is None else "acknowledged",
        }
        made.append(named(Request.model_validate(said), "request", number))
    return made


@st.composite
def incidents(draw: st.DrawFn) -> list[Incident]:
    made = []
    for number in range(draw(st.integers(0, 5))):
        detected = draw(INSIDE)
        after = draw(st.none() | st.integers(0, HOUR))
        said = {
            "title": "API",
            "severity": draw(st.sampled_from(["sev1", "sev2", "sev3", "other"])),
            "detected": detected,
            "acknowledged": None if after is None else detected + after,
        }
        made.append(named(Incident.model_validate(said), "incident", number))
    return made


@st.composite
def shifts(draw: st.DrawFn) -> list[ShiftRecord]:
    log = [
        {
            "at": draw(INSIDE),
            "by": "ana",
            "kind": draw(st.sampled_from(["announcement", "incident", "note"])),
            "text": "Something",
            "about": draw(st.sampled_from([None, "incident-0", "elsewhere"])),
        }
        for _ in range(draw(st.integers(0, 6)))
    ]
    return [named(ShiftRecord.model_validate({"person": "ana", "role": "primary", "log": log}), "shift", 0)]


def facts_of(
    asked: list[Request] = [],  # noqa: B006 - never changed
    broken: list[Incident] = [],  # noqa: B006
    stood: list[ShiftRecord] = [],  # noqa: B006
    overrides: tuple[Any, ...] = (),
    **fields: Any,
) -> Facts:
    record = rotation(**fields)
    schedule = compile_schedule(record, overrides)
    team = Team.model_validate({"name": "Team", "timezone": "America/Chicago"})
    files = RotationFiles(record, overrides, schedule)
    state = TeamState({"platform": files}, {}, Zone("America/Chicago"))
    return Facts(team, state, RotationState(record, schedule, tuple(stood)), tuple(broken), tuple(asked))


def told(facts: Facts, window: tuple[Instant, Instant]) -> Report:
    return report(facts, Period(PeriodKind.DATES, *window), [], NOW)


@settings(deadline=None, max_examples=60)
@given(requests(), WINDOWS)
def test_requests_are_counted_where_they_came_and_time_where_it_was_spent(
    asked: list[Request], window: tuple[Instant, Instant]
) -> None:
    part = told(facts_of(asked), window).parts.requests
    came = [one for one in asked if window[0] <= one.received < window[1]]
    assert sorted(one.id for one in part.received) == sorted(one.id for one in came)
    worked = [(one, each) for one in asked for each in one.spent if window[0] <= each.at < window[1]]
    assert part.seconds == sum(each.time.count * MINUTE for _, each in worked)
    ways = ((part.by_section, "section"), (part.by_kind, "kind"), (part.by_requester, "requester"))
    for groups, field in ways:
        assert {group.name: group.came for group in groups if group.came} == dict(
            Counter(getattr(one, field) or "(none)" for one in came)
        )
        assert sum(group.seconds for group in groups) == part.seconds
        for group in groups:
            mine = [each for one, each in worked if (getattr(one, field) or "(none)") == group.name]
            assert group.seconds == sum(each.time.count * MINUTE for each in mine)


@settings(deadline=None, max_examples=60)
@given(requests(), WINDOWS)
def test_around_the_clock_an_acknowledgement_is_in_time_within_the_hour(
    asked: list[Request], window: tuple[Instant, Instant]
) -> None:
    """Each request that came is counted once: in time, late, or still within its time when the window ends."""
    part = told(facts_of(asked), window).parts.requests
    expected = Counter(
        (InTime.KEPT if one.acknowledged <= one.received + HOUR else InTime.LATE)
        if one.acknowledged is not None
        else (InTime.LATE if one.received + HOUR < window[1] else InTime.WAITING)
        for one in part.received
    )
    assert {state: count for state, count in part.acknowledged.items() if count} == dict(expected)
    assert {one.id for one in part.late} <= {one.id for one in part.received}
    assert len(part.late) == expected[InTime.LATE]


@settings(deadline=None, max_examples=60)
@given(incidents(), WINDOWS)
def test_incidents_count_when_they_were_detected(broken: list[Incident], window: tuple[Instant, Instant]) -> None:
    part = told(facts_of(broken=broken), window).parts.incidents
    mine = [one for one in broken if one.detected is not None and window[0] <= one.detected < window[1]]
    assert sorted(line.incident.id for line in part.lines) == sorted(one.id for one in mine)
    assert {name: count for name, count in part.by_severity if count} == dict(Counter(one.severity for one in mine))
    acknowledged = part.measures["acknowledge"]
    assert (acknowledged.count if acknowledged else 0) == sum(one.acknowledged is not None for one in mine)
    limits = {"sev1": 5 * MINUTE, "sev2": 15 * MINUTE, "sev3": 4 * HOUR}
    for line in part.lines:
        one, limit = line.incident, limits.get(line.incident.severity)
        assert one.detected is not None
        if limit is None:
            assert line.responded is InTime.UNKNOWN
        elif one.acknowledged is not None:
            assert (line.responded is InTime.KEPT) == (one.acknowledged - one.detected <= limit)
        else:
            assert (line.responded is InTime.LATE) == (one.detected + limit < window[1])


@settings(deadline=None, max_examples=60)
@given(requests(), incidents(), shifts(), WINDOWS)
def test_interruptions_are_counted_day_by_day_on_the_wall(
    asked: list[Request], broken: list[Incident], stood: list[ShiftRecord], window: tuple[Instant, Instant]
) -> None:
    """Each moment is put on its date by the zone's own rules, one by one."""
    known = {one.id for one in broken}
    moments = [one.received for one in asked] + [one.detected or Instant(0) for one in broken]
    for entry in stood[0].log:
        if entry.kind == "announcement" or (entry.kind == "incident" and entry.about not in known):
            moments.append(entry.at)
    inside = [moment for moment in moments if window[0] <= moment < window[1]]
    part = told(facts_of(asked, broken, stood), window).parts.interruptions
    assert part.total == len(inside)
    slow = Counter(utc(moment).astimezone(CHICAGO).date() for moment in inside)
    assert {one.first: one.total for one in part.stretches if one.total} == dict(slow)
    dates = [one.first for one in part.stretches]
    assert dates == [dates[0] + timedelta(days=number) for number in range(len(dates))]
    assert part.per_day.count == len(dates)


def test_a_long_report_joins_days_into_weeks() -> None:
    """A year has no more than 31 bars, and none of its interruptions is lost."""
    one = named(Request.model_validate({"title": "VPN", "received": FIRST}), "request", 0)
    window = (parse_instant("2026-01-05T00:00:00-06:00"), parse_instant("2026-11-09T00:00:00-06:00"))
    part = told(facts_of([one]), window).parts.interruptions
    assert (part.step % 7, len(part.stretches) <= 31, part.total) == (0, True, 1)
    assert sum(each.total for each in part.stretches) == 1
    assert part.per_day.count == 308


QUARTERS = st.integers(0, 14 * DAY // (15 * MINUTE))


@settings(deadline=None, max_examples=25)
@given(QUARTERS, st.integers(1, 60), st.booleans(), QUARTERS)
def test_coverage_is_what_a_sample_of_every_quarter_says(begin: int, length: int, gone: bool, first: int) -> None:
    """Ana has the whole rotation; her hours leave gaps, and an override may leave some to nobody."""
    quarter = 15 * MINUTE
    start, end = Instant(FIRST + begin * quarter), Instant(FIRST + (begin + length) * quarter)
    spell = [utc(one).isoformat(timespec="seconds") for one in (start, end)]
    overrides = (override("2026-10-19-gone", change(spell[0], spell[1], "nobody")),) if gone else ()
    facts = facts_of(
        overrides=overrides,
        members=("ana",),
        hours=["monday-friday 09:00-17:00"],
        coverage={"hours": ["monday-saturday 08:00-17:00"], "roles": ["primary"]},
    )
    window = (Instant(FIRST + first * quarter), Instant(FIRST + first * quarter + 3 * DAY))
    line = told(facts, window).parts.coverage[0]
    promised = held = on_purpose = 0
    for moment in range(window[0], window[1], quarter):
        local = utc(Instant(moment)).astimezone(CHICAGO)
        if local.weekday() > 5 or not 8 <= local.hour < 17:
            continue
        left = gone and start <= moment < end
        on_purpose += quarter if left else 0
        promised += 0 if left else quarter
        held += quarter if not left and local.weekday() < 5 and local.hour >= 9 else 0
    assert (line.promised, line.kept, line.on_purpose) == (promised, held, on_purpose)
    assert share((line,)) == (100 * held / promised if promised else None)


def state(**fields: Any) -> RotationState:
    return facts_of(**fields).rotation


@given(st.integers(parse_instant("2026-02-01T00:00:00Z"), parse_instant("2028-12-01T00:00:00Z")).map(Instant))
def test_a_week_and_a_month_are_those_of_the_calendar(instant: Instant) -> None:
    local = utc(instant).astimezone(CHICAGO)
    monday = datetime.combine(local.date() - timedelta(days=local.weekday()), datetime.min.time(), CHICAGO)
    for kind, begin in ((PeriodKind.WEEK, monday), (PeriodKind.MONTH, monday.replace(month=local.month, day=1))):
        found = period_at(state(), kind, instant, instant)
        assert found.start <= instant < found.end
        assert period_at(state(), kind, found.end, found.end).start == found.end
        if kind is PeriodKind.WEEK:
            assert found.start == int(begin.timestamp())
        else:
            assert utc(found.start).astimezone(CHICAGO).strftime("%d %H:%M") == "01 00:00"
        assert period_at(state(), kind, instant, None).end == found.start


def test_a_sprint_lasts_from_its_first_day_for_as_many_weeks_as_it_has() -> None:
    """Three weeks each, anchored at a Wednesday; the clocks going back make one an hour longer."""
    said = {"every": "3 weeks", "at": "wednesday 09:00"}
    sprints = state(handoff=said, roster=[{"from": "2026-09-02", "members": ["ana", "ben"]}])
    found = period_at(sprints, PeriodKind.SPRINT, NOW, FIRST)
    assert [local(one) for one in found[1:3]] == ["2026-10-14T09:00-05:00", "2026-11-04T09:00-06:00"]
    before = earlier(sprints, found)
    assert [local(one) for one, _ in before] == ["2026-09-23T09:00-05:00", "2026-09-02T09:00-05:00"]
    with pytest.raises(Refused, match="no turn had begun"):
        period_at(sprints, PeriodKind.SPRINT, NOW, parse_instant("2026-08-01T00:00:00Z"))


def local(instant: Instant) -> str:
    return utc(instant).astimezone(CHICAGO).isoformat(timespec="minutes")


def test_the_earlier_times_have_the_same_length_on_the_wall() -> None:
    """Four weeks back over the change of the clocks; a month is a month; an afternoon is that weekday's."""
    week = period_at(state(), PeriodKind.WEEK, LAST, parse_instant("2026-11-10T12:00:00-06:00"))
    assert [local(one) for one, _ in earlier(state(), week)] == [
        "2026-11-02T00:00-06:00",
        "2026-10-26T00:00-05:00",
        "2026-10-19T00:00-05:00",
        "2026-10-12T00:00-05:00",
    ]
    month = period_at(state(), PeriodKind.MONTH, NOW, parse_instant("2026-03-10T12:00:00-06:00"))
    assert [local(one)[:10] for one, _ in earlier(state(), month)] == ["2026-02-01", "2026-01-01"]
    afternoon = Period(
        PeriodKind.DATES, parse_instant("2026-11-05T13:00:00-06:00"), parse_instant("2026-11-05T17:00:00-06:00")
    )
    assert [tuple(map(local, one)) for one in earlier(state(), afternoon)][:2] == [
        ("2026-10-29T13:00-05:00", "2026-10-29T17:00-05:00"),
        ("2026-10-22T13:00-05:00", "2026-10-22T17:00-05:00"),
    ]
    ten_days = Period(PeriodKind.DATES, FIRST, Instant(FIRST + 10 * DAY))
    assert [one[1] for one in earlier(state(), ten_days)][:1] == [FIRST]


def test_there_is_no_earlier_time_before_the_first_turn() -> None:
    first = parse_instant("2026-01-05T09:00:00-06:00")
    assert earlier(state(), Period(PeriodKind.DATES, first, Instant(first + WEEK))) == []


@given(WINDOWS)
def test_the_days_are_the_whole_of_the_window_once(window: tuple[Instant, Instant]) -> None:
    days = days_of(state(), *window)
    assert (days[0][1], days[-1][2]) == window
    assert all(before[2] == after[1] for before, after in zip(days, days[1:], strict=False))
    for day, start, end in days:
        assert utc(start).astimezone(CHICAGO).date() == day == utc(Instant(end - 1)).astimezone(CHICAGO).date()


def test_a_time_that_cannot_be_told_of() -> None:
    for start, end, what in (
        (NOW, NOW, "ends before it begins"),
        (NOW, Instant(NOW + DAY), "still to come"),
        (Instant(NOW - LONGEST - 1), NOW, "two years"),
        (Instant(-DAY), Instant(DAY), "1971"),
    ):
        with pytest.raises(WrongUsage, match=what):
            sound(Period(PeriodKind.DATES, start, end), NOW)
    untold = named(ShiftRecord.model_validate({"person": "ana", "role": "primary"}), "shift", 0)
    with pytest.raises(Refused, match="'shift-0' does not tell"):
        period_of_shift(untold)


def test_a_time_that_is_over_is_told_the_same_for_ever() -> None:
    """What nobody acknowledged is judged as of the end, and not as of whenever somebody asks."""
    one = named(Request.model_validate({"title": "VPN", "received": Instant(LAST - 10 * MINUTE)}), "request", 0)
    facts, period = facts_of([one]), Period(PeriodKind.WEEK, Instant(LAST - WEEK), LAST)
    reports = [report(facts, period, earlier(facts.rotation, period), Instant(LAST + late)) for late in (0, 9 * WEEK)]
    assert reports[0] == reports[1]
    assert reports[0].parts.requests.acknowledged[InTime.WAITING] == 1
    running = report(facts, period, [], Instant(LAST - DAY))
    assert (running.is_partial, running.window.seen) == (True, LAST - DAY)


def test_a_number_is_held_against_the_median_of_the_earlier_ones() -> None:
    asked = [
        named(Request.model_validate({"title": "VPN", "received": Instant(LAST - WEEK * weeks + HOUR)}), "request", one)
        for one, weeks in enumerate((1, 1, 1, 2, 3, 3, 5))
    ]
    facts, period = facts_of(asked), Period(PeriodKind.WEEK, Instant(LAST - WEEK), LAST)
    trend = {one.key: one for one in report(facts, period, earlier(facts.rotation, period), NOW).trends}["requests"]
    assert (trend.earlier, trend.now, trend.usual, trend.word) == ((1, 0, 2, 1), 3, 1, Word.MORE)
    alone = {one.key: one for one in report(facts, period, [], NOW).trends}["requests"]
    assert (alone.earlier, alone.usual, alone.word) == ((), None, Word.NONE)
    assert median([1, None, 2]) == 1.5


def test_only_the_years_around_the_times_are_read() -> None:
    november, january = parse_instant("2026-11-02T00:00:00Z"), parse_instant("2027-01-04T00:00:00Z")
    assert list(years_of(november, Instant(november + WEEK))) == [2026]
    assert list(years_of(january, Instant(january + WEEK))) == [2026, 2027]


def test_what_changed_the_schedule() -> None:
    """An override has its place where it was declared, a roster version where it begins, with who came and went."""
    roster = [
        {"from": "2026-01-05", "members": ["ana", "ben", "cy"]},
        {"from": "2026-11-02", "members": ["ana", "cy", ["dan", "eve"]]},
        {"from": "2026-11-09", "members": ["cy", "ana", ["dan", "eve"]]},
    ]
    spans = [change("2026-12-01T09:00:00-06:00", "2026-12-02T09:00:00-06:00", "ana")]
    overrides = (
        override("2026-12-01-in", *spans, created="2026-11-03T10:00:00-06:00"),
        override("2026-12-01-out", *spans, created="2026-11-09T00:00:00-06:00"),
        override("2026-12-01-undated", *spans),
    )
    facts = facts_of(overrides=overrides, roster=roster)
    found = told(facts, (Instant(LAST - WEEK), LAST)).changes
    assert [one.id for one in found.overrides] == ["2026-12-01-in"]
    assert [(one.layer, one.joined, one.left) for one in found.rosters] == [("main", ("dan", "eve"), ("ben",))]
    after = told(facts, (LAST, Instant(LAST + WEEK))).changes.rosters
    assert [(one.joined, one.left) for one in after] == [((), ())]


def test_a_duty_is_done_or_missed_in_the_file_s_order() -> None:
    duties = [
        {"id": "audit", "title": "Audit", "rrule": "FREQ=WEEKLY;BYDAY=MO,TU", "at": "11:00"},
        {"id": "release", "title": "Release", "rrule": "FREQ=WEEKLY;BYDAY=MO", "at": "10:00"},
    ]
    log = [{"at": LAST - WEEK + 12 * HOUR, "by": "ana", "kind": "duty", "text": "Clean", "about": "audit"}]
    stood = [named(ShiftRecord.model_validate({"person": "ana", "role": "primary", "log": log}), "shift", 0)]
    lines = told(facts_of(stood=stood, duties=duties), (Instant(LAST - WEEK), LAST)).parts.duties
    assert [(line.duty.id, line.due, line.done, line.missed) for line in lines] == [
        ("audit", 2, 1, (date(2026, 11, 3),)),
        ("release", 1, 0, (date(2026, 11, 2),)),
    ]
