"""Incidents in a list, in a chat, and at the moment in which one is opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from oncall_cli.lasting import span
from oncall_cli.model.time import Instant, format_instant
from oncall_cli.practice.posting import Post
from oncall_cli.practice.standing import began
from oncall_cli.render.people import name_of, names_of, ways_of
from oncall_cli.render.post import for_chat
from oncall_cli.render.text import columns, one_line
from oncall_cli.render.times import Times
from oncall_cli.render.who import rung_name

if TYPE_CHECKING:
    from oncall_cli.model.incident import Incident
    from oncall_cli.model.person import Person
    from oncall_cli.model.team import SeverityLevel
    from oncall_cli.practice.ladder import Rung

    People = Mapping[str, Person]


class Opened(NamedTuple):
    """What the severity of a new incident demands, and who and what is there to help."""

    name: str
    rotation: str
    severity: str
    level: SeverityLevel
    opened: Instant
    respond_by: Instant | None
    acknowledged: bool
    on_call: tuple[str, ...]
    ladder: Sequence[tuple[Rung, int | None]]
    """The steps that are still to come, and how many seconds after the detection each is due."""
    runbook: str | None
    suggested: tuple[str, str] | None
    """A runbook that the words of the alert lead to: its id and title."""
    message: str | None
    alike: tuple[str, ...]
    alone: bool
    """Whether it is the only open incident, which needs no name."""


def list_row(incident: Incident, people: People, times: Times) -> list[str]:
    """Return an incident's id, severity, status, age, who commands it, and its title."""
    start = began(incident)
    age = times.distance(start) if start is not None else ""
    who = incident.responders.get("commander") or next(iter(incident.responders.values()), None)
    name = name_of(who, people) if who else "nobody"
    return [incident.id, incident.severity, str(incident.status), age, name, one_line(incident.title)]


def incident_post(what: str, incident: Incident, rotation: str) -> Post:
    """Return what is posted when an incident moves on."""
    title = f"{incident.severity}, {what}: {one_line(incident.title)}"
    who = ", ".join(f"{role} {person}" for role, person in incident.responders.items())
    return Post(for_chat(title), for_chat(f"{one_line(rotation)}: {incident.status}. {who}\n{incident.id}".strip()))


def opened_text(opened: Opened, people: People, times: Times, width: int) -> str:
    """Return what is to be done now, a line for each thing, with the commands."""
    name = opened.name
    short = "" if opened.alone else f" {name}"
    rows = [["on call", _reach(opened.on_call, people)], ["respond", _respond(opened, times, short)]]
    if opened.ladder:
        steps = "; ".join(_later(rung, due, people) for rung, due in opened.ladder)
        rows.append(["no answer?", f"{steps}: oncall escalate{short}"])
    if opened.runbook:
        rows.append(["runbook", f"oncall runbook show {opened.runbook}"])
    elif opened.suggested:
        rows.append(["runbook?", f"{one_line(opened.suggested[1])}: oncall runbook show {opened.suggested[0]}"])
    if opened.message:
        rows.append(["customers", f"oncall message render {opened.message} --incident {name} --sent"])
    if opened.level.review:
        rows.append(["afterwards", f"a review, as after every {opened.severity}"])
    rows += [["the same?", f"oncall incident merge {name} {other}"] for other in opened.alike]
    head = f"Opened {name} in {opened.rotation}: {opened.severity}, {one_line(opened.level.title)}."
    return "\n".join([head, *columns([[f"  {label}", text] for label, text in rows], width)])


def opened_data(opened: Opened) -> dict[str, Any]:
    """Return the same for a script."""
    return {
        "id": opened.name,
        "rotation": opened.rotation,
        "severity": opened.severity,
        "on_call": list(opened.on_call),
        "respond_by": None if opened.respond_by is None else format_instant(opened.respond_by),
        "review": opened.level.review,
        "runbook": opened.runbook,
        "suggested_runbook": opened.suggested[0] if opened.suggested else None,
        "message": opened.message,
        "alike": list(opened.alike),
    }


def _reach(on_call: tuple[str, ...], people: People) -> str:
    if not on_call:
        return "nobody: take it, 'oncall incident ack', or 'oncall escalate'"
    ways = "; ".join(way for person in on_call if person in people and (way := ways_of(people[person].contact)))
    return f"{names_of(on_call, people)}  {ways}".rstrip()


def _respond(opened: Opened, times: Times, short: str) -> str:
    if opened.acknowledged:
        return "acknowledged"
    if opened.respond_by is None:
        return f"oncall incident ack{short}"
    return f"by {times.at(opened.respond_by)}, {times.distance(opened.respond_by)}: oncall incident ack{short}"


def _later(rung: Rung, due: int | None, people: People) -> str:
    return f"{f'after {span(due)} ' if due else ''}{rung_name(rung, people)}"
