"""A calendar that others wrote: its events in a window, whatever zones, whole days and repetitions they use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import takewhile
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component

from oncall_cli.model.time import Instant, instant_of
from oncall_cli.model.zone import Zone, zone_names

_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_DAY = timedelta(days=1)
_UNTIL = re.compile(r"UNTIL=(\d{8})(T\d{6})?Z?", re.ASCII)
# Longer than this no event of an on-call calendar is.
_LONGEST = timedelta(days=400)
_OURS = "-//oncall//"

Moment = date | datetime


class OutsideEvent(NamedTuple):
    """An event; ``first`` and ``last`` are the days of one that lasts whole days, the last being excluded."""

    uid: str
    start: Instant
    end: Instant
    summary: str
    named: tuple[str, ...]
    """Further texts that may name people: the invited and what else is said."""
    sequence: int
    first: date | None = None
    last: date | None = None


class OutsideCalendar(NamedTuple):
    """What a calendar holds in a window, and what could not be read of it."""

    events: list[OutsideEvent]
    ours: bool
    unread: int
    """How many events have no time that can be read, or repeat by the hour or oftener."""


class _Unread(Exception):
    """An event without a time that can be read."""


def read_calendar(data: bytes, start: Instant, end: Instant, zone: Zone) -> OutsideCalendar:
    """Return the events with a time in ``[start, end)``; raise ``ValueError`` for what is no calendar.

    A time without a zone is one of the calendar's own zone, else of ``zone``.
    """
    calendars = [each for each in _parsed(data) if each.name == "VCALENDAR"]
    if not calendars:
        raise ValueError("it holds no calendar")
    window = _moment(start), _moment(end)
    found: list[OutsideEvent] = []
    unread = 0
    for calendar in calendars:
        own = _own_zone(calendar) or ZoneInfo(zone.name)
        components = [each for each in calendar.walk("VEVENT") if str(each.get("STATUS", "")).upper() != "CANCELLED"]
        moved = _moved(components, own)
        for component in components:
            try:
                found += _events(component, own, window, moved)
            except (_Unread, ValueError, AttributeError, TypeError, OverflowError):
                unread += 1
    ours = all(str(each.get("PRODID", "")).startswith(_OURS) for each in calendars)
    return OutsideCalendar(sorted(found, key=lambda event: (event.start, event.uid)), ours, unread)


def _parsed(data: bytes) -> Sequence[Component]:
    try:
        return Calendar.from_ical(data.removeprefix(b"\xef\xbb\xbf"), multiple=True)
    except Exception:  # the library raises all kinds of them for what is no calendar
        raise ValueError("it is no calendar (.ics)") from None


def _own_zone(calendar: Component) -> tzinfo | None:
    name = str(calendar.get("X-WR-TIMEZONE", ""))
    return ZoneInfo(name) if name in zone_names() else None


def _moved(components: Iterable[Component], zone: tzinfo) -> set[tuple[str, datetime]]:
    """Return which repetitions stand as events of their own, by UID and the time that they had."""
    found = set()
    for each in components:
        if "RECURRENCE-ID" in each:
            try:
                found.add((str(each.get("UID", "")), _aware(_value(each, "RECURRENCE-ID"), zone)))
            except (_Unread, ValueError, AttributeError):
                continue
    return found


def _events(
    component: Component, zone: tzinfo, window: tuple[datetime, datetime], moved: set[tuple[str, datetime]]
) -> Iterator[OutsideEvent]:
    begin, length = _begin(component), _length(component)
    uid = str(component.get("UID", ""))
    alone = "RECURRENCE-ID" in component
    for each in [begin] if alone else _repeated(component, begin, zone, window[1]):
        first, last = _aware(each, zone), _aware(each + length, zone)
        if first >= window[1] or last <= window[0] or last <= first or (not alone and (uid, first) in moved):
            continue
        days = () if isinstance(each, datetime) else (each, each + length)
        yield OutsideEvent(
            uid,
            instant_of(first),
            instant_of(last),
            str(component.get("SUMMARY", "")),
            tuple(_others(component)),
            _number(component.get("SEQUENCE", 0)),
            *days,
        )


def _begin(component: Component) -> Moment:
    begin = _value(component, "DTSTART")
    if not isinstance(begin, date):
        raise _Unread
    return begin


def _value(component: Component, name: str) -> Any:
    """Return the time or the length that a property holds."""
    value: Any = component.get(name)
    if value is None or isinstance(value, list):
        raise _Unread
    return value.dt


def _length(component: Component) -> timedelta:
    """Return how long an event lasts on its wall; calendars keep both ends on their walls through each repetition."""
    begin = _begin(component)
    if "DTEND" in component:
        end = _value(component, "DTEND")
        if isinstance(end, datetime) != isinstance(begin, datetime):
            raise _Unread
        if isinstance(end, datetime) and isinstance(begin, datetime) and end.tzinfo != begin.tzinfo:
            end = end.astimezone(begin.tzinfo) if end.tzinfo and begin.tzinfo else end.replace(tzinfo=begin.tzinfo)
        length = end - begin
    elif "DURATION" in component:
        length = _value(component, "DURATION")
    else:
        length = timedelta() if isinstance(begin, datetime) else _DAY
    if not isinstance(length, timedelta) or length > _LONGEST:
        raise _Unread
    return length


def _repeated(component: Component, begin: Moment, zone: tzinfo, until: datetime) -> Iterator[Moment]:
    """Yield when the event begins, each time up to the window's end."""
    out = {_aware(each, zone) for each in _listed(component, "EXDATE")}
    times = {_aware(begin, zone): begin} if "RRULE" not in component else {}
    for rule in _several(component, "RRULE"):
        for each in takewhile(lambda one: _aware(one, zone) < until, _by_rule(rule.to_ical().decode(), begin)):
            times[_aware(each, zone)] = each
    for each in _listed(component, "RDATE"):
        times[_aware(each, zone)] = each
    yield from (each for at, each in sorted(times.items()) if at not in out)


def _by_rule(text: str, begin: Moment) -> Iterator[Moment]:
    from dateutil.rrule import rrulestr

    parts = dict(part.partition("=")[::2] for part in text.upper().split(";"))
    if parts.get("FREQ") not in _FREQUENCIES or not int(parts.get("INTERVAL", "1")):
        raise _Unread
    first = begin if isinstance(begin, datetime) else datetime.combine(begin, datetime.min.time())
    rule = rrulestr(_UNTIL.sub(lambda found: _until(found, first), text.upper()), dtstart=first)
    for each in rule:
        yield each if isinstance(begin, datetime) else each.date()


def _until(found: re.Match[str], first: datetime) -> str:
    """Return the end of a rule as its beginning is written; a day is meant to its end."""
    time = found[2] or "T235959"
    if first.tzinfo is None:
        return f"UNTIL={found[1]}{time}"
    said = datetime.fromisoformat(found[1] + time)
    is_utc = found[0].endswith("Z")
    return f"UNTIL={said.replace(tzinfo=UTC if is_utc else first.tzinfo).astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _listed(component: Component, name: str) -> Iterator[Moment]:
    for each in _several(component, name):
        for one in each.dts:
            yield one.dt[0] if isinstance(one.dt, tuple) else one.dt


def _several(component: Component, name: str) -> list[Any]:
    """Return the values of a property that may come several times."""
    value: Any = component.get(name)
    return [] if value is None else value if isinstance(value, list) else [value]


def _others(component: Component) -> Iterator[str]:
    for each in _several(component, "ATTENDEE"):
        yield str(getattr(each, "params", {}).get("CN", ""))
        yield re.sub(r"(?i)^mailto:", "", str(each))
    for name in ("DESCRIPTION", "LOCATION"):
        yield str(component.get(name, ""))


def _number(said: Any) -> int:
    return said if isinstance(said, int) else 0


def _aware(moment: Moment, zone: tzinfo) -> datetime:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, datetime.min.time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _moment(instant: Instant) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=instant)
