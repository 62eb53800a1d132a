"""The slow, obvious way to write a calendar: icalendar's own objects, one by one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar
from icalendar import Event as Component
from icalendar.prop import vDuration, vText

from oncall_cli.model.time import Instant, utc
from oncall_cli.render.ics_lines import PRODUCT, Event, Head

HOURLY = timedelta(hours=1)


def reference_calendar(head: Head, events: Iterable[Event], alarms: Iterable[int] = ()) -> Calendar:
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    # not with add(), which takes a text of theirs for one that is escaped already
    calendar["NAME"] = vText(head.title)
    calendar["X-WR-CALNAME"] = vText(head.title)
    calendar.add("COLOR", head.colour)
    calendar.add("X-APPLE-CALENDAR-COLOR", head.rgb)
    calendar["REFRESH-INTERVAL"] = vDuration(HOURLY, params={"VALUE": "DURATION"})
    calendar["X-PUBLISHED-TTL"] = vDuration(HOURLY)
    before = list(alarms)
    for event in events:
        calendar.add_component(_component(event, before))
    return calendar


def reference_bytes(head: Head, events: Iterable[Event], alarms: Iterable[int] = ()) -> bytes:
    return reference_calendar(head, events, alarms).to_ical()


def _component(event: Event, alarms: Iterable[int]) -> Component:
    made = Component()
    made["SUMMARY"] = vText(event.summary)
    made.add("DTSTART", _time(event.start, event.whole_days))
    made.add("DTEND", _time(event.end, event.whole_days))
    made.add("DTSTAMP", utc(event.stamp))
    made["UID"] = vText(event.uid)
    made.add("SEQUENCE", event.sequence)
    made["DESCRIPTION"] = vText(event.description)
    made.add("TRANSP", "TRANSPARENT")
    for seconds in alarms:
        alarm = Alarm()
        alarm.add("ACTION", "DISPLAY")
        alarm["DESCRIPTION"] = vText(event.summary)
        alarm.add("TRIGGER", -timedelta(seconds=seconds))
        made.add_component(alarm)
    return made


def _time(instant: Instant, whole_days: bool) -> date | datetime:
    return utc(instant).date() if whole_days else utc(instant)
