"""Duties and checklists for a person: what is due, what is done, what is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from oncall_cli.model.time import format_instant
from oncall_cli.render.people import name_of, names_of
from oncall_cli.render.template import ready_text
from oncall_cli.render.text import RED, columns, one_line, styled, visible, wrapped
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.practice.checklist import Phase
    from oncall_cli.practice.duty_log import Occurrence

    People = Mapping[str, Person]


def duties_text(
    found: Sequence[Occurrence], people: People, times: Times, width: int = 80, colour: bool = False
) -> str:
    """Return a row for each duty: until when, whose, which, and whether it is done."""
    rows = [
        [
            _when(one, times),
            f"{one.rotation} {one.duty.id}",
            names_of(one.people, people) if one.people else "nobody",
            f"{_state(one, people, times)}: {one_line(one.duty.title)}",
        ]
        for one in found
    ]
    lines = columns(rows, width)
    return "\n".join(line.replace("MISSED", styled("MISSED", RED, colour)) for line in lines) or "No duty falls due."


def duties_data(found: Iterable[Occurrence], times: Times) -> list[dict[str, Any]]:
    """Return the duties for a script."""
    return [
        {
            "rotation": one.rotation,
            "id": one.duty.id,
            "title": one.duty.title,
            "day": one.day.isoformat(),
            "due": format_instant(one.due),
            "people": list(one.people),
            "state": _word(one, times),
            "done": format_instant(one.done.at) if one.done else None,
            "by": one.done.by if one.done else None,
            "note": one.done.text if one.done else None,
        }
        for one in found
    ]


def instructions_text(duty: Any, width: int = 80) -> str:
    """Return what there is to know of a duty while it is done."""
    lines = wrapped(one_line(duty.instructions), min(width, 80)) if duty.instructions else []
    return "\n".join([*lines, *([f"oncall runbook show {duty.runbook}"] if duty.runbook else [])])


def checklist_text(phases: Iterable[Phase], names: Mapping[str, str], people: People, times: Times) -> str:
    """Return the items of each list with a number to tick them by, and the text that each has ready."""
    blocks = []
    for phase in phases:
        lines = [f"To do {phase.title}"]
        for item in phase.items:
            tick = item.ticked
            who = f"  ({name_of(tick.by, people)}, {times.at(tick.done)})" if tick and tick.by and tick.done else ""
            lines.append(f"  {item.number:>2} [{'x' if tick else ' '}] {one_line(item.text)}{who}")
            if item.ready and not tick:
                lines += [f"         {line}" for line in visible(ready_text(item.ready, **names)).split("\n")]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) or "This rotation has no checklists."


def checklist_data(phases: Iterable[Phase]) -> list[dict[str, Any]]:
    """Return the items for a script."""
    return [
        {
            "list": phase.name,
            "number": item.number,
            "text": item.text,
            "done": format_instant(item.ticked.done) if item.ticked and item.ticked.done is not None else None,
            "by": item.ticked.by if item.ticked else None,
        }
        for phase in phases
        for item in phase.items
    ]


def _when(one: Occurrence, times: Times) -> str:
    return f"{times.at(one.due)}"


def _word(one: Occurrence, times: Times) -> str:
    return "done" if one.done else "missed" if one.is_missed(times.now) else "due"


def _state(one: Occurrence, people: People, times: Times) -> str:
    if one.done:
        return f"done by {name_of(one.done.by, people)}"
    return "MISSED" if one.is_missed(times.now) else "due"
