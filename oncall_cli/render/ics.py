"""Shifts as a calendar feed (.ics): the same bytes for the same shifts, whoever asks and whenever.

An event belongs to a rotation, a role and a turn, never to a person: when a turn changes hands, the event
in everybody's calendar changes instead of being doubled.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from copy import copy
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from icalendar import Calendar, Event
from icalendar.prop import vDatetime, vDuration, vInt, vText

from oncall_cli.model.time import Instant, utc
from oncall_cli.render.people import names_of
from oncall_cli.render.text import one_line

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.practice.feeds import Entry, Feed
    from oncall_cli.schedule.shift import Shift

# SEQUENCE must grow with every change and fit 31 bits. A count of commits would shrink in a shallow clone;
# seconds of the last commit's time do not, and from 2020 on they last until 2088.
_SEQUENCE_BEGINS = 1577836800
_SEQUENCE_ENDS = 2**31 - 1
_REFRESH = timedelta(hours=1)
_UTC = vDatetime(utc(Instant(0)))


class FeedContext(NamedTuple):
    """What all feeds of a team share."""

    team: str
    people: Mapping[str, Person]
    changed: Mapping[str, Instant]
    """When each rotation's sources were committed last; a rotation that never was is missing."""


def feed_bytes(feed: Feed, context: FeedContext) -> bytes:
    """Return the feed as the .ics file that calendars subscribe to."""
    return bytes(feed_calendar(feed, context).to_ical())


def feed_calendar(feed: Feed, context: FeedContext) -> Calendar:
    """Return the feed as a calendar of icalendar's."""
    calendar = Calendar()
    title = vText(_plain(feed.title))
    for name, value in (
        ("PRODID", vText("-//oncall//on-call feeds//EN")),
        ("VERSION", vText("2.0")),
        ("CALSCALE", vText("GREGORIAN")),
        ("NAME", title),
        ("X-WR-CALNAME", title),
        ("REFRESH-INTERVAL", vDuration(_REFRESH, params={"VALUE": "DURATION"})),
        ("X-PUBLISHED-TTL", vDuration(_REFRESH)),
    ):
        calendar[name] = value
    calendar.subcomponents.extend(_Events(context).of(feed.entries))
    return calendar


def domain_of(team: str) -> str:
    """Return what keeps the team's UIDs from meeting another team's: its name in ASCII, and a suffix."""
    ascii_name = unicodedata.normalize("NFKD", team).encode("ascii", "ignore").decode("ascii").lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")
    return f"{slug or hashlib.sha256(team.encode()).hexdigest()[:12]}.oncall"


def sequence_of(changed: Instant | None) -> int:
    """Return a number that grows with every commit of the sources."""
    return 0 if changed is None else min(max(changed - _SEQUENCE_BEGINS, 0), _SEQUENCE_ENDS)


class _Events:
    """Builds events; values that many events share are made once, for icalendar's own are slow to make."""

    def __init__(self, context: FeedContext) -> None:
        self.context = context
        self.domain = domain_of(context.team)
        self.times: dict[Instant, vDatetime] = {}
        self.texts: dict[str, vText] = {}
        self.names: dict[tuple[str, ...], str] = {}

    def of(self, entries: Iterable[Entry]) -> list[Event]:
        """Return one event an entry."""
        # every key is in capitals already, so the look-up without regard to case is left out
        put = OrderedDict.__setitem__
        transparent = vText("TRANSPARENT")
        stamps = {
            rotation: (vDatetime(utc(instant)), vInt(sequence_of(instant)))
            for rotation, instant in self.context.changed.items()
        }
        never = (_UTC, vInt(0))
        events = []
        for entry in entries:
            shift = entry.shift
            stamp, sequence = stamps.get(entry.rotation, never)
            event = Event()
            put(event, "UID", vText(self._uid(entry.rotation, shift)))
            put(event, "DTSTAMP", stamp)
            put(event, "DTSTART", self._time(shift.start))
            put(event, "DTEND", self._time(shift.end))
            put(event, "SUMMARY", self._text(self._summary(entry)))
            put(event, "DESCRIPTION", self._text(self._description(entry)))
            put(event, "SEQUENCE", sequence)
            put(event, "TRANSP", transparent)
            events.append(event)
        return events

    def _uid(self, rotation: str, shift: Shift) -> str:
        """Name the turn; a later piece of it, made by an override, also by its own start."""
        begun = shift.window
        if begun is None:
            return f"{rotation}.{shift.role}.{shift.override}.{_compact(shift.start)}@{self.domain}"
        own = "" if begun == shift.start else f".{_compact(shift.start)}"
        return f"{rotation}.{shift.role}.{_compact(begun)}{own}@{self.domain}"

    def _summary(self, entry: Entry) -> str:
        return f"On call: {self._names(entry.shift.people)} ({entry.rotation} {entry.shift.role})"

    def _description(self, entry: Entry) -> str:
        shift = entry.shift
        changed = f"\nBy the override {shift.override}." if shift.override else ""
        then = f"\nNext: {self._names(entry.next_people)}." if entry.next_people else ""
        return f"{shift.role.capitalize()} of {entry.rotation}.{changed}{then}"

    def _names(self, people: tuple[str, ...]) -> str:
        if people not in self.names:
            self.names[people] = _plain(names_of(people, self.context.people))
        return self.names[people]

    def _time(self, instant: Instant) -> vDatetime:
        if instant not in self.times:
            # a copy shares the parameters, which are all the same and take long to make
            self.times[instant] = copy(_UTC)
            self.times[instant].dt = utc(instant)
        return self.times[instant]

    def _text(self, text: str) -> vText:
        if text not in self.texts:
            self.texts[text] = vText(text)
        return self.texts[text]


def _compact(instant: Instant) -> str:
    """Return ``20261124T140000Z``; by hand, for ``strftime`` takes a tenth of the whole feed's time."""
    at = utc(instant)
    return f"{at.year:04}{at.month:02}{at.day:02}T{at.hour:02}{at.minute:02}{at.second:02}Z"


def _plain(text: str) -> str:
    """Return ``text`` on one line without control characters."""
    # icalendar would make a line break of the two characters "\\N"
    return one_line(text).replace("\\N", "\\n")
