"""The ladder of an incident or of a rotation: who, how to reach them, what is due and what is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from oncall_cli.lasting import span
from oncall_cli.model.time import Instant, format_instant
from oncall_cli.practice.posting import Post
from oncall_cli.render.people import ways_of
from oncall_cli.render.post import for_chat
from oncall_cli.render.text import columns, one_line
from oncall_cli.render.times import Times
from oncall_cli.render.who import rung_name

if TYPE_CHECKING:
    from oncall_cli.model.incident import Incident
    from oncall_cli.model.person import Person
    from oncall_cli.practice.escalation import Step
    from oncall_cli.practice.ladder import Rung

    People = Mapping[str, Person]


def ladder_text(head: str, found: Sequence[Step], after: Step | None, people: People, times: Times, width: int) -> str:
    """Return a line for each step: its number, when, whom, how to reach them, and which one is next."""
    rows = [
        [f"{'>' if step is after else ' '} {step.level}", _when(step, times), _whom(step.rung, people)]
        for step in found
    ]
    lines = columns(rows, width)
    return "\n".join([head, *lines, times.note()])


def step_words(step: Step, people: People) -> str:
    """Return what the timeline says of a step: ``Escalated to secondary Alice``."""
    return f"Escalated to {rung_name(step.rung, people)}"


def escalation_post(incident: Incident, steps: Sequence[Step], people: People, rotation: str) -> Post:
    """Return what is posted when the next levels are told; how to reach whoever has no destination of their own."""
    whom = "; ".join(_whom(step.rung, people) for step in steps)
    title = f"{incident.severity}, escalated: {one_line(incident.title)}"
    body = f"{one_line(rotation)}: {incident.status}. Now: {whom}\n{incident.id}"
    return Post(for_chat(title), for_chat(body))


def ladder_data(found: Sequence[Step], after: Step | None) -> list[dict[str, Any]]:
    """Return the ladder for a script."""
    return [
        {
            "level": step.level,
            "after": step.rung.after,
            "notify": step.rung.notify,
            "rotation": step.rung.rotation,
            "people": list(step.rung.people),
            "contact": step.rung.outside.ways() if step.rung.outside else {},
            "due": _maybe(step.due),
            "notified": _maybe(step.taken),
            "next": step is after,
        }
        for step in found
    ]


def _when(step: Step, times: Times) -> str:
    if step.taken is not None:
        return f"told {times.time_of_day(step.taken)}"
    if step.due is None:
        return f"after {span(step.rung.after)}" if step.rung.after else "at once" if step.level == 1 else "then"
    if step.due <= times.now:
        return f"due since {times.time_of_day(step.due)}"
    return f"due {times.distance(step.due)}"


def _whom(rung: Rung, people: People) -> str:
    ways = [ways_of(rung.outside)] if rung.outside else []
    ways += [ways_of(people[person].contact) for person in rung.people if person in people]
    reach = "; ".join(way for way in ways if way)
    note = f". {one_line(rung.outside.note)}" if rung.outside and rung.outside.note else ""
    return f"{rung_name(rung, people)}{f' ({reach})' if reach else ''}{note}"


def _maybe(at: Instant | None) -> str | None:
    return None if at is None else format_instant(at)
