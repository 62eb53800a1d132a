"""An .ics file line by line: byte for byte what icalendar writes of the same events, in a small part of its time.

Only what our feeds hold is written here. Texts must have gone through ``plain_text``, or through ``plain_lines``
where they may have several.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from oncall_cli.model.time import DAY, HOUR, MINUTE, Instant, Wall, day_of
from oncall_cli.render.text import one_line

PRODUCT = "-//oncall//on-call feeds//EN"
REFRESH = "PT1H"
_END = "\r\n"
# RFC 5545 allows 75 octets a line; icalendar stays one below.
_MOST_OCTETS = 74
_FOLD = "\r\n "
# A character that means something together with the next one is not left at the end of a line.
_TIED = ("\\", "^")


class Head(NamedTuple):
    """What a calendar says of itself; the colour by its name in CSS and as ``#rrggbb``."""

    title: str
    colour: str
    rgb: str


class Event(NamedTuple):
    """One event; with ``whole_days`` its times are midnights of UTC that stand for days.

    The UID holds nothing that would have to be escaped.
    """

    uid: str
    start: Instant
    end: Instant
    summary: str
    description: str
    stamp: Instant
    sequence: int
    whole_days: bool = False


def calendar_bytes(head: Head, events: Sequence[Event], alarms: Iterable[int] = ()) -> bytes:
    """Return the file of a calendar; every event rings so many seconds before it begins."""
    lines = _Lines()
    title = lines.text(head.title)
    begin = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        folded(f"NAME:{title}"),
        folded(f"X-WR-CALNAME:{title}"),
        f"COLOR:{head.colour}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-APPLE-CALENDAR-COLOR:{head.rgb}",
        f"X-PUBLISHED-TTL:{REFRESH}",
    ]
    triggers = [f"-{duration(seconds)}" if seconds else duration(0) for seconds in alarms]
    parts = [_END.join(begin), *lines.of(events, triggers), "END:VCALENDAR", ""]
    return _END.join(parts).encode()


class _Lines:
    """Writes events; a line that many events share is made once."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._folded: dict[str, str] = {}

    def of(self, events: Sequence[Event], triggers: Sequence[str]) -> Iterable[str]:
        """Yield the lines of each event as one text."""
        line = self._line
        for uid, start, end, summary, description, stamp, sequence, whole_days in events:
            spelled, kind = (_day, ";VALUE=DATE") if whole_days else (compact, "")
            named = f"UID:{uid}"
            ringing = self._alarms(summary, triggers) if triggers else ""
            yield (
                f"BEGIN:VEVENT\r\n{line('SUMMARY:', summary)}\r\nDTSTART{kind}:{spelled(start)}\r\n"
                f"DTEND{kind}:{spelled(end)}\r\nDTSTAMP:{compact(stamp)}\r\n"
                f"{named if len(named) <= _MOST_OCTETS else folded(named)}\r\n"
                f"SEQUENCE:{sequence}\r\n{line('DESCRIPTION:', description)}\r\n"
                f"TRANSP:TRANSPARENT\r\n{ringing}END:VEVENT"
            )

    def text(self, said: str) -> str:
        """Return a text as the value of a line."""
        if said not in self._texts:
            self._texts[said] = escaped(said)
        return self._texts[said]

    def _line(self, name: str, said: str) -> str:
        key = name + said
        if key not in self._folded:
            self._folded[key] = folded(name + escaped(said))
        return self._folded[key]

    def _alarms(self, summary: str, triggers: Iterable[str]) -> str:
        told = self._line("DESCRIPTION:", summary)
        return "".join(
            f"BEGIN:VALARM\r\nACTION:DISPLAY\r\n{told}\r\nTRIGGER:{trigger}\r\nEND:VALARM\r\n" for trigger in triggers
        )


def plain_text(said: str) -> str:
    """Return a text on one line without control characters, as every reader understands it."""
    # icalendar and others after it make a line break of the two characters "\N"
    return one_line(said).replace("\\N", "\\n")


def plain_lines(said: str) -> str:
    """Return a text of several lines, each of them plain."""
    return "\n".join(plain_text(line) for line in said.splitlines())


def escaped(said: str) -> str:
    """Return a text with the characters marked that end a value or a line."""
    return said.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> str:
    """Return a line cut into lines of at most 75 octets, between characters."""
    if len(line) <= _MOST_OCTETS and (line.isascii() or len(line.encode()) <= _MOST_OCTETS):
        return line
    parts, begun, octets = [], 0, 0
    for place, character in enumerate(line):
        size = 1 if character < "\x80" else len(character.encode())
        if octets + size > _MOST_OCTETS:
            tied = line[place - 1] in _TIED and place - begun > 1
            parts.append(line[begun : place - tied])
            begun, octets = place - tied, int(tied)
        octets += size
    return _FOLD.join([*parts, line[begun:]])


def compact(instant: Instant) -> str:
    """Return ``20261124T140000Z``."""
    days, second = divmod(instant, DAY)
    return f"{_day_number(days)}T{_clock(second)}Z"


def duration(seconds: int) -> str:
    """Return whole minutes as ``P1D``, ``PT30M`` or ``P1DT2H``."""
    days, hours, minutes = seconds // DAY, seconds % DAY // HOUR, seconds % HOUR // MINUTE
    clock = f"{f'{hours}H' if hours else ''}{f'{minutes}M' if minutes else ''}"
    return f"P{f'{days}D' if days or not clock else ''}{f'T{clock}' if clock else ''}"


def _day(instant: Instant) -> str:
    return _day_number(instant // DAY)


@lru_cache(maxsize=4096)
def _day_number(days: int) -> str:
    return day_of(Wall(days * DAY)).isoformat().replace("-", "")


@lru_cache(maxsize=4096)
def _clock(second: int) -> str:
    return f"{second // HOUR:02}{second % HOUR // MINUTE:02}{second % MINUTE:02}"
