"""Hours, nights, weekends and holidays, against a judge that looks at every quarter of an hour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from oncall_cli.model.time import HOUR, Instant, instant_of, parse_instant, utc
from oncall_cli.model.zone import Zone
from oncall_cli.schedule.compile import compile_schedule
from oncall_cli.schedule.fairness import Load, Posts, loads, mean
from oncall_cli.schedule.schedule import Schedule
from tests.schedule.build import change, override, schedule
from tests.schedule.strategies import CHANGES, PEOPLE, Case, cases

QUARTER = 900
ZONES = tuple(dict.fromkeys(zone for zone, _ in CHANGES))


@st.composite
def teams(draw: st.DrawFn) -> tuple[list[Case], Mapping[str, str], list[date]]:
    """One or two rotations, where their people live, and days around the change of the clocks."""
    found = [draw(cases()) for _ in range(draw(st.integers(1, 2)))]
    homes = {person: draw(st.sampled_from(ZONES)) for person in PEOPLE}
    days = [found[0].first.date() + timedelta(draw(st.integers(0, 4))) for _ in range(draw(st.integers(0, 2)))]
    return found, homes, days


def by_quarters(
    made: list[Schedule], homes: Mapping[str, str], days: list[date], start: Instant, end: Instant
) -> dict[str, Load]:
    """Count quarter by quarter what the clocks on the walls show."""
    counts: dict[str, Counter[str]] = {}
    on_call = [standing(one, start, end) for one in made]
    for quarter in range(start, end, QUARTER):
        moment = utc(Instant(quarter))
        for person in PEOPLE:
            mine = [one for one, held in zip(made, on_call, strict=True) if (person, quarter) in held]
            if not mine:
                continue
            wall = moment.astimezone(ZoneInfo(homes[person]))
            holiday = any(moment.astimezone(ZoneInfo(one.zone.name)).date() in days for one in mine)
            count = counts.setdefault(person, Counter())
            count.update(seconds=QUARTER)
            count.update(night=QUARTER * (wall.hour >= 22 or wall.hour < 6))
            count.update(weekend=QUARTER * (wall.weekday() >= 5), holiday=QUARTER * holiday)
    return {person: Load(**count) for person, count in sorted(counts.items())}


def standing(made: Schedule, start: Instant, end: Instant) -> set[tuple[str, int]]:
    return {
        (person, quarter)
        for shift in made.shifts(start, end)
        for person in shift.people
        for quarter in range(shift.start, shift.end, QUARTER)
    }


@given(teams())
def test_the_load_is_what_the_clocks_show(team: tuple[list[Case], Mapping[str, str], list[date]]) -> None:
    """Nights and weekends are the person's, holidays the rotation's; two places at once count once."""
    found, homes, days = team
    start = instant_of(found[0].first)
    end = Instant(start + 96 * QUARTER * 2)
    made = [compile_schedule(case.rotation, case.overrides) for case in found]
    posts = [Posts(one.shifts(start, end), one.clock, days) for one in made]
    assert loads(posts, lambda person: Zone(homes[person]), start, end) == by_quarters(made, homes, days, start, end)


CHICAGO = Zone("America/Chicago")


def borne(made: Schedule, start: str, end: str, *days: date, home: Zone = CHICAGO) -> dict[str, list[float]]:
    """Hours in all, at night, on weekends, on holidays."""
    span = (parse_instant(start), parse_instant(end))
    found = loads([Posts(made.shifts(*span), made.clock, days)], lambda _: home, *span)
    return {person: [seconds / HOUR for seconds in load] for person, load in found.items()}


def test_the_week_in_which_the_clocks_go_forward() -> None:
    """It has 167 hours, and its shortest night has seven."""
    made = schedule(members=("ana",))
    week = borne(made, "2026-03-02T09:00:00-06:00", "2026-03-09T09:00:00-05:00")
    assert week == {"ana": [167, 55, 47, 0]}


def test_the_week_in_which_they_go_back() -> None:
    """It has 169 hours, and its longest night has nine."""
    made = schedule(members=("ana",))
    week = borne(made, "2026-10-26T09:00:00-05:00", "2026-11-02T09:00:00-06:00", date(2026, 11, 1))
    assert week == {"ana": [169, 57, 49, 25]}


def test_a_night_is_where_the_person_lives() -> None:
    """Chicago's working day is Tokyo's night."""
    made = schedule(members=("ana",), hours=["monday-friday 08:00-16:00"])
    week = ("2026-03-02T00:00:00-06:00", "2026-03-07T00:00:00-06:00")
    assert borne(made, *week) == {"ana": [40, 0, 0, 0]}
    # 08:00 in Chicago is 23:00 in Tokyo, and Friday's shift ends on Saturday there.
    assert borne(made, *week, home=Zone("Asia/Tokyo")) == {"ana": [40, 35, 7, 0]}


def test_a_cover_bears_what_it_takes() -> None:
    """The load is that of the shifts, after overrides; the window cuts them."""
    night = change("2026-03-06T22:00:00-06:00", "2026-03-07T06:00:00-06:00", "ben")
    made = schedule(override("x", night), members=("ana",))
    assert borne(made, "2026-03-06T20:00:00-06:00", "2026-03-07T08:00:00-06:00") == {
        "ana": [4, 0, 2, 0],
        "ben": [8, 8, 6, 0],
    }


def test_the_mean() -> None:
    """It is to the second, and nothing for nobody."""
    assert mean([Load(10, 4), Load(5, 0)]) == Load(7, 2)
    assert mean([]) == Load()
