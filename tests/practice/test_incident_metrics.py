"""Numbers of incidents against a slow and obvious count."""

from __future__ import annotations

from datetime import UTC, datetime
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from oncall_cli.model.incident import Impact, Incident, IncidentStatus
from oncall_cli.model.shift import ShiftRecord
from oncall_cli.model.team import Team
from oncall_cli.model.time import Instant
from oncall_cli.model.zone import Zone
from oncall_cli.practice.incident_metrics import NO_SERVICE, By, Measured, Period, measured, metrics
from oncall_cli.schedule.walls import WallClock

TEAM = Team(name="Team")
BEGIN = 1_767_225_600  # 1 January 2026, 00:00 UTC
MOMENT = st.integers(BEGIN, BEGIN + 120 * 86_400)
LATER = st.one_of(st.none(), st.integers(0, 100_000))


@st.composite
def incidents(draw: st.DrawFn) -> Incident:
    detected = draw(MOMENT)
    ends = {name: draw(LATER) for name in ("acknowledged", "mitigated", "resolved")}
    return Incident(
        title="It broke",
        severity=draw(st.sampled_from(["sev1", "sev2", "sev3", "sev9"])),
        status=draw(st.sampled_from(list(IncidentStatus))),
        services=tuple(draw(st.lists(st.sampled_from(["api", "db"]), max_size=2))),
        impact=Impact(started=Instant(detected - draw(st.integers(0, 5_000)))),
        detected=Instant(detected),
        **{name: None if later is None else Instant(detected + later) for name, later in ends.items()},
    )


def names(incident: Incident, by: By) -> set[str]:
    detected = datetime.fromtimestamp(incident.detected or 0, UTC)
    return {
        By.SEVERITY: {incident.severity},
        By.SERVICE: set(incident.services) or {NO_SERVICE},
        By.ROTATION: {"web"},
        By.MONTH: {detected.strftime("%Y-%m")},
    }[by]


@given(st.lists(incidents(), max_size=25), st.sampled_from(list(By)), MOMENT, MOMENT, MOMENT)
def test_each_number_is_the_one_counted_by_hand(known: list[Incident], by: By, start: int, end: int, now: int) -> None:
    """Group by group: how many, their median time to mitigate, the hours, and who was answered in time."""
    period = Period(Instant(start), Instant(end), Instant(now))
    found = metrics(measured("web", known, WallClock(Zone("UTC")), TEAM, period), [], by, TEAM)
    mine = [one for one in known if one.detected is not None and start <= one.detected < end]
    assert found.total.count == len(mine) == sum(found.hours)
    for hour in range(24):
        assert found.hours[hour] == sum(datetime.fromtimestamp(one.detected or 0, UTC).hour == hour for one in mine)
    assert {group.name for group in found.groups} == {name for one in mine for name in names(one, by)}
    for group in found.groups:
        theirs = [one for one in mine if group.name in names(one, by)]
        assert group.count == len(theirs)
        times = [
            one.mitigated - one.impact.started
            for one in theirs
            if one.mitigated is not None and one.impact.started is not None
        ]
        counted = group.measures["mitigate"]
        assert (counted is None) == (not times)
        if counted:
            assert (counted.count, counted.median) == (len(times), int(median(times)))
            assert sum(time <= counted.p90 for time in times) * 10 >= len(times) * 9
            assert counted.p90 in times
        limits = {"sev1": 300, "sev2": 900, "sev3": 14_400}
        kept = broken = 0
        for one in theirs:
            if one.severity not in limits or one.detected is None:
                continue
            if one.acknowledged is not None:
                late = one.acknowledged - one.detected > limits[one.severity]
                kept, broken = kept + (not late), broken + late
            elif one.status is IncidentStatus.OPEN and now - one.detected > limits[one.severity]:
                broken += 1
        assert (group.in_time, group.answered) == (kept, kept + broken)


@given(st.lists(MOMENT, max_size=12), st.lists(st.tuples(MOMENT, st.integers(1, 86_400)), max_size=6))
def test_incidents_per_shift(moments: list[int], lengths: list[tuple[int, int]]) -> None:
    """A shift has the incidents of its rotation that were noticed from its start until before its end."""
    known = [Incident(title="It broke", severity="sev1", detected=Instant(moment)) for moment in moments]
    everything = Period(Instant(BEGIN), Instant(BEGIN + 10**9), Instant(BEGIN))
    found: list[Measured] = measured("web", known, WallClock(Zone("UTC")), TEAM, everything)
    shifts = [
        ("web", ShiftRecord(person="ana", role="primary", started=Instant(start), ended=Instant(start + length)))
        for start, length in lengths
    ]
    loads = metrics(found, [*shifts, *(("other", shift) for _, shift in shifts)], By.SEVERITY, TEAM).shifts
    expected = [sum(start <= moment < start + length for moment in moments) for start, length in lengths]
    assert [load.incidents for load in loads] == expected + [0] * len(lengths)


def test_the_month_and_the_hour_are_those_of_the_rotation() -> None:
    """What was noticed on 1 December at 03:30 UTC was noticed in Los Angeles in November, at 19:30."""
    moment = Instant(int(datetime(2026, 12, 1, 3, 30, tzinfo=UTC).timestamp()))
    known = [Incident(title="It broke", severity="sev1", detected=moment)]
    everything = Period(Instant(0), Instant(moment + 1), moment)
    found = measured("web", known, WallClock(Zone("America/Los_Angeles")), TEAM, everything)
    assert (found[0].month, found[0].hour) == ("2026-11", 19)
