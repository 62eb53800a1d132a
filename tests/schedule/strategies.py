"""Random rotations and overrides of every kind, near the days on which clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st

from oncall_cli.model.override import Override
from oncall_cli.model.rotation import Rotation
from tests.schedule.build import override, rotation

PEOPLE = ("ana", "ben", "cy", "dee", "eve", "fay")
ROLES = ("primary", "secondary", "shadow")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

# In each zone: days on which a clock is put forward, back, or (Apia) over a whole day.
CHANGES = (
    ("America/Chicago", date(2026, 3, 8)),
    ("America/Chicago", date(2026, 11, 1)),
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Africa/Casablanca", date(2026, 2, 15)),
    ("Africa/Casablanca", date(2026, 3, 22)),
    ("Pacific/Apia", date(2011, 9, 24)),
    ("Pacific/Apia", date(2011, 12, 30)),
)


class Case(NamedTuple):
    """A rotation with its overrides, and the window to look at; every time in it is a quarter of an hour."""

    rotation: Rotation
    overrides: list[Override]
    first: datetime
    last: datetime


# Most clocks change in the small hours.
hour = st.one_of(st.integers(0, 3), st.integers(0, 23))
clock = st.builds("{:02d}:{:02d}".format, hour, st.sampled_from([0, 15, 30, 45]))
weekday = st.sampled_from(WEEKDAYS)
people = st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True)
members = st.lists(st.one_of(st.sampled_from(PEOPLE), people), min_size=1, max_size=5)

handoffs = st.one_of(
    st.builds("{} hours".format, st.sampled_from([1, 2, 5, 6, 8, 12, 24, 30, 36])).flatmap(
        lambda every: st.fixed_dictionaries({"every": st.just(every), "at": clock})
    ),
    st.fixed_dictionaries({"every": st.sampled_from(["1 day", "2 days", "3 days"]), "at": clock}),
    st.fixed_dictionaries(
        {"every": st.sampled_from(["1 week", "2 weeks"]), "at": st.builds("{} {}".format, weekday, clock)}
    ),
    st.fixed_dictionaries(
        {
            "every": st.sampled_from(["1 month", "2 months"]),
            "at": st.builds("{} {}".format, st.sampled_from([1, 5, 8, 15, 24, 25, 29, 30, 31]), clock),
        }
    ),
)
hours = st.lists(
    st.one_of(
        st.builds("{} {}-{}".format, st.sampled_from(["daily", "monday-friday", "sat,sun", "sun"]), clock, clock),
        st.builds("{} {} - {} {}".format, weekday, clock, weekday, clock),
        st.sampled_from(["always", "monday-friday 09:00-17:00", "daily 22:00-06:00"]),
    ),
    min_size=1,
    max_size=2,
)


def day_near(middle: date, before: int, after: int) -> st.SearchStrategy[str]:
    """A date, or a local time, so many days before or after."""
    days = st.integers(-before, after).map(lambda days: (middle + timedelta(days)).isoformat())
    return st.one_of(days, st.builds("{} {}".format, days, clock))


@st.composite
def layers(draw: st.DrawFn, middle: date) -> dict[str, Any]:
    """The turns of one layer: their versions begin before, in and after the window."""
    handoff = draw(handoffs)
    # Walking the hours of years one by one is slow.
    past = 20 if "hour" in handoff["every"] else 90
    early, late = day_near(middle, past, 0), day_near(middle, 4, 4)
    count = draw(st.sampled_from([1, 2, 3, 3]))
    starts = draw(st.lists(early | late | late, min_size=count, max_size=count))
    moments = {datetime.fromisoformat(start): start for start in starts}
    roster = [{"from": moments[start], "members": draw(members)} for start in sorted(moments)]
    skip_empty = draw(st.sampled_from(["true", "true", "true", "false"]))
    return {
        "handoff": handoff | {"skip_empty": skip_empty},
        "hours": draw(hours | hours | st.just([])),
        "roster": roster,
    }


@st.composite
def stacks(draw: st.DrawFn, middle: date) -> dict[str, Any]:
    """One layer in the short form, or several with zones and roles of their own."""
    if draw(st.booleans()):
        return draw(layers(middle))
    stack = draw(st.lists(layers(middle), min_size=1, max_size=3))
    for number, layer in enumerate(stack):
        layer["name"] = f"layer-{number}"
        layer["role"] = draw(st.sampled_from(["primary", "primary", "secondary"]))
        layer["timezone"] = draw(st.none() | st.sampled_from([zone for zone, _ in CHANGES]))
    return {"layers": stack}


@st.composite
def roles(draw: st.DrawFn, middle: date) -> dict[str, Any]:
    """The primary, perhaps somebody some turns later, perhaps people by name."""
    found: dict[str, Any] = {"primary": {}}
    if draw(st.booleans()):
        found["secondary"] = {"offset": str(draw(st.integers(0, 3)))}
    if draw(st.booleans()):
        found["shadow"] = draw(st.lists(stints(middle), min_size=1, max_size=3))
    return found


@st.composite
def stints(draw: st.DrawFn, middle: date) -> dict[str, Any]:
    edges = draw(st.lists(day_near(middle, 3, 3), min_size=2, max_size=2, unique_by=datetime.fromisoformat))
    start, until = sorted(edges, key=datetime.fromisoformat)
    return {"person": draw(st.sampled_from(PEOPLE)), "from": start, "until": until}


@st.composite
def changes(draw: st.DrawFn, first: datetime) -> dict[str, Any]:
    start = first + draw(st.integers(-50, 350)) * timedelta(minutes=15)
    end = start + draw(st.integers(1, 200)) * timedelta(minutes=15)
    found: dict[str, Any] = {
        "role": draw(st.sampled_from(ROLES)),
        "start": start.isoformat(),
        "end": end.isoformat(),
        "person": draw(st.one_of(people, st.just("nobody"))),
    }
    if draw(st.booleans()):
        found["instead_of"] = draw(st.sampled_from(PEOPLE))
    return found


@st.composite
def overrides(draw: st.DrawFn, first: datetime) -> list[Override]:
    created = st.none() | st.sampled_from(["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"])
    files = draw(st.lists(st.tuples(st.lists(changes(first), min_size=1, max_size=2), created), max_size=3))
    return [override(f"override-{number}", *inside, created=made) for number, (inside, made) in enumerate(files)]


@st.composite
def coverages(draw: st.DrawFn) -> dict[str, Any]:
    """Nothing, or a promise."""
    if draw(st.booleans()):
        return {}
    wanted = draw(st.lists(st.sampled_from(ROLES), min_size=1, unique=True))
    return {"coverage": {"hours": draw(hours | st.just([])), "roles": wanted}}


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A rotation, seen for four days around a change of some clock."""
    zone, middle = draw(st.sampled_from(CHANGES))
    first = datetime(middle.year, middle.month, middle.day, tzinfo=UTC) - timedelta(days=2)
    record = rotation(
        **draw(stacks(middle)),
        timezone=draw(st.sampled_from([zone, zone, zone, "UTC"])),
        roles=draw(roles(middle)),
        **draw(coverages()),
    )
    return Case(record, draw(overrides(first)), first, first + timedelta(days=4))
