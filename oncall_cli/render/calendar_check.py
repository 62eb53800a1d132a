"""How a calendar from elsewhere differs from the schedule, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from oncall_cli.model.time import Instant, format_instant
from oncall_cli.practice.calendar_check import Compared, Line, Verdict
from oncall_cli.practice.calendar_difference import Difference, Kind
from oncall_cli.render.people import names_of
from oncall_cli.render.text import columns, cut, one_line, wrapped

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.render.times import Times

    People = Mapping[str, Person]

_MOST_STRANGERS = 3
_LONGEST_TITLE = 40


class Told(NamedTuple):
    """A verdict, the window that it is about, and what else there is to say of the calendar."""

    verdict: Verdict
    start: Instant
    end: Instant
    unread: int
    stale: Mapping[str, Instant]
    """The rotations that have changed since our own feed was written, with as of when it was."""


def check_text(told: Told, people: People, times: Times, width: int) -> str:
    """Return line by line what differs, and what was not compared."""
    window = f"{times.at(told.start)} to {times.at(told.end)}"
    lines: list[str] = []
    for each in told.verdict.compared:
        lines += _line(each, people, times, width)
    if not told.verdict.compared:
        lines.append("No event of the calendar is a shift of anybody here.")
    notes = [f"Compared from {window}. {times.note()}", *_notes(told, times)]
    return "\n".join([*lines, "", *(part for note in notes for part in wrapped(note, width))])


def check_data(told: Told) -> dict[str, Any]:
    """Return the same for JSON."""
    verdict = told.verdict
    return {
        "from": format_instant(told.start),
        "to": format_instant(told.end),
        "agrees": verdict.agrees,
        "compared": [
            {
                **each.line._asdict(),
                "events": each.events,
                "differences": [_difference(one) for one in each.differences],
            }
            for each in verdict.compared
        ],
        "not_compared": [{"rotation": line.rotation, "role": line.role} for line in verdict.silent],
        "nobody_named": [
            {"summary": event.summary, "start": format_instant(event.start), "end": format_instant(event.end)}
            for event in verdict.strangers
        ],
        "unread": told.unread,
        "stale": {rotation: format_instant(since) for rotation, since in told.stale.items()},
    }


def _line(compared: Compared, people: People, times: Times, width: int) -> list[str]:
    name, count = _named(compared.line, people), len(compared.differences)
    events = f"{compared.events} event{'' if compared.events == 1 else 's'}"
    if not count:
        return [f"{name}: the calendar says what the schedule says ({events})."]
    rows = [[f"  {times.until(one.start, one.end)}", _words(one, people)] for one in compared.differences]
    head = f"{name}: {count} difference{'' if count == 1 else 's'} ({events})."
    return [head, *columns(rows, width)]


def _words(one: Difference, people: People) -> str:
    theirs, ours = names_of(one.calendar, people), names_of(one.schedule, people)
    if one.kind is Kind.ENDS:
        return f"the calendar ends; the schedule goes on with {ours}"
    late = {Kind.HOUR_LATE: "an hour late: ", Kind.HOUR_EARLY: "an hour early: "}.get(one.kind, "")
    return f"{late}{theirs} in the calendar, {ours} in the schedule"


def _notes(told: Told, times: Times) -> Iterable[str]:
    verdict = told.verdict
    if any(one.kind in (Kind.HOUR_LATE, Kind.HOUR_EARLY) for each in verdict.compared for one in each.differences):
        yield "What is an hour off was written for another time zone, or without its change of the clocks."
    for rotation, since in told.stale.items():
        yield f"The calendar is stale: '{rotation}' has changed since it was made, from the files of {times.at(since)}."
    if verdict.silent:
        names = ", ".join(f"{line.rotation} {line.role}" for line in verdict.silent)
        yield f"Not compared, as the calendar holds nothing of it: {names}."
    if verdict.strangers:
        yield f"{_count(len(verdict.strangers), 'names', 'name')} nobody of the team: {_titles(verdict)}."
    if told.unread:
        yield f"{_count(told.unread, 'has', 'have')} no time that can be read, or too many repetitions."


def _titles(verdict: Verdict) -> str:
    titles = dict.fromkeys(one_line(event.summary) or "without a title" for event in verdict.strangers)
    shown = [f"'{cut(title, _LONGEST_TITLE)}'" for title in list(titles)[:_MOST_STRANGERS]]
    return ", ".join([*shown, *(["…"] if len(titles) > _MOST_STRANGERS else [])])


def _count(count: int, one: str, many: str) -> str:
    return f"{count} event{'' if count == 1 else 's'} {one if count == 1 else many}"


def _named(line: Line, people: People) -> str:
    whose = [names_of((line.person,), people)] if line.person else []
    return " ".join([*whose, *(word for word in (line.rotation, line.role) if word)])


def _difference(one: Difference) -> dict[str, Any]:
    return {
        "kind": one.kind.name.lower(),
        "start": format_instant(one.start),
        "end": format_instant(one.end),
        "calendar": list(one.calendar),
        "schedule": list(one.schedule),
    }
