"""Things that are said once and for all cost no more than those of a week."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from oncall_cli.model.time import Instant, parse_instant
from oncall_cli.schedule.schedule import Schedule
from tests.schedule.build import DAILY, WEEKLY, change, override, schedule, version

NOW = parse_instant("2026-03-03T12:00:00-06:00")
HOURLY = {"every": "1 hour", "at": "00:00"}
EVER = ("2026-03-01T00:00:00Z", "9999-12-31T00:00:00Z")


def by_name(hours: list[str]) -> Schedule:
    stint = {"person": "eve", "from": "2026-03-01", "until": "9999-12-31"}
    return schedule(handoff=HOURLY, hours=hours, roles={"primary": {}, "shadow": [stint]})


def over_a_layer() -> Schedule:
    stays = {"name": "stays", "handoff": WEEKLY | {"every": "9999 weeks"}, "roster": [version("2026-01-05", "eve")]}
    nights = {"name": "nights", "handoff": HOURLY, "hours": ["daily 22:00-06:00"]}
    return schedule(layers=[stays, nights | {"roster": [version("2026-01-05", "ana", "ben")]}])


@pytest.mark.parametrize(
    "make",
    [
        lambda: by_name(["always"]),
        lambda: by_name(["daily 09:00-17:00"]),
        over_a_layer,
        lambda: schedule(override("for-good", change(*EVER, "eve")), handoff=HOURLY),
        lambda: schedule(override("for-good", change(*EVER, "eve", instead_of="ana")), handoff=HOURLY),
        lambda: schedule(override("for-good", change(*EVER, "eve")), handoff=DAILY, hours=["sat 09:00-17:00"]),
        lambda: schedule(override("for-good", change(*EVER, "nobody", role="secondary")), handoff=HOURLY),
        lambda: schedule(override("for-good", change(*EVER, "eve", role="shadow")), handoff=HOURLY),
    ],
)
def test_forever_is_no_more_work(make: Callable[[], Schedule]) -> None:
    """Stints, layers and overrides until the year 9999 take steps that can be counted, not one for each turn."""
    made = make()

    def ask() -> None:
        for role in made.roles:
            made.at(role, NOW)
            made.explain(role, NOW)
            made.shifts(NOW, Instant(NOW + 86400), [role], cut=False)
        made.gaps(NOW, Instant(NOW + 86400))
        assert made.unmatched() == []

    # There are 70 million hours until then.
    assert calls_in(ask) < 1_000_000


def calls_in(work: Callable[[], None]) -> int:
    """Return how many functions were called: the same on any machine, however busy."""
    count = 0

    def counted(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def test_the_cover_for_good_has_its_true_end() -> None:
    """However far away, the end of a shift is the one that was said."""
    made = schedule(override("for-good", change(*EVER, "eve", role="shadow")))
    holding = made.at("shadow", NOW)
    assert (holding.start, holding.end) == tuple(map(parse_instant, EVER))
    assert holding.next_start is None


@pytest.mark.parametrize("year", ["0001", "1700", "9999"])
def test_any_year_has_an_answer(year: str) -> None:
    """The calendar's ends are no edges."""
    made = schedule(hours=["daily 09:00-17:00"], roster=[version("0001-01-03", "ana", "ben")])
    at = parse_instant(f"{year}-12-29T18:00:00Z")
    assert made.at("primary", at).people in (("ana",), ("ben",))
    monthly = schedule(handoff={"every": "1 month", "at": "31 09:00"}, roster=[version("0001-01-03", "ana", "ben")])
    assert monthly.at("primary", at).people in (("ana",), ("ben",))
