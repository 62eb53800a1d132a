"""The weeks around a change as a Mermaid gantt; names in it are cleaned so that no part of them is syntax."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from oncall_cli.model.time import Instant, utc
from oncall_cli.render.people import name_of
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.practice.lanes import Bar, Lanes

_HEAD = (
    '%%{init: {"gantt": {"displayMode": "compact", "leftPadding": 210, "barHeight": 22, "fontSize": 12}}}%%',
    "gantt",
    "    dateFormat YYYY-MM-DDTHH:mm",
    "    axisFormat %d %b",
)
_MOST = 24
# A line that begins with such a word, or with a date, is no task to Mermaid.
_WORDS = re.compile(
    r"(?:(?:gantt|dateformat|inclusiveenddates|topaxis|axisformat|tickinterval|includes|excludes|todaymarker|weekday|"
    r"weekend|title|acctitle|accdescr|section|click|call|href|vert)(?!\w)|\d{4}-)",
    re.IGNORECASE,
)


def mermaid_gantt(lanes: Lanes, people: Mapping[str, Person], times: Times, most: int) -> list[str]:
    """Return the lines of the drawing of the first ``most`` roles, the changed bars before and after marked."""
    lines = list(_HEAD)
    for lane in lanes.lanes[:most]:
        for when, bars, mark in (("before", lane.before, "done"), ("after", lane.after, "crit")):
            lines.append(f"    section {lane.rotation} {lane.role} {when}")
            lines += _tasks(bars, mark, people, times)
    return lines


def _tasks(bars: Iterable[Bar], mark: str, people: Mapping[str, Person], times: Times) -> Iterator[str]:
    for bar in bars:
        names = ", ".join(name_of(person, people) for person in bar.people) or "nobody"
        state = f"{mark}, " if bar.changed else ""
        yield f"    {task_name(names)} :{state}{_wall(bar.start, times)}, {_wall(bar.end, times)}"


def task_name(name: str) -> str:
    """Return a name without what Mermaid would read as the end of it or as a word of its own."""
    cleaned = " ".join(re.sub(r"[^\w .'-]", " ", name).split())[:_MOST].strip() or "somebody"
    return f"- {cleaned}" if _WORDS.match(cleaned) else cleaned


def _wall(instant: Instant, times: Times) -> str:
    return f"{utc(Instant(times.clock.wall(instant))):%Y-%m-%dT%H:%M}"
