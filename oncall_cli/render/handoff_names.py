"""What a template of a handoff may say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from oncall_cli.model.time import MINUTE
from oncall_cli.render.people import name_of, names_of

if TYPE_CHECKING:
    from oncall_cli.model.incident import Incident
    from oncall_cli.model.person import Person
    from oncall_cli.model.record import Record
    from oncall_cli.model.request import Request
    from oncall_cli.practice.handoff import Handoff
    from oncall_cli.practice.worked import Worked


class Known(NamedTuple):
    """What is open in the rotation, and what the shift worked on."""

    incidents: Sequence[Incident]
    requests: Sequence[Request]
    work: Worked


def handoff_names(
    handoff: Handoff, known: Known, people: Mapping[str, Person], said: Callable[[Record], dict[str, Any]]
) -> dict[str, Any]:
    """Return the names: ``said`` gives what the file of a record says."""
    shift, work = handoff.shift, known.work
    sections = [
        {"name": each.name, "requests": each.requests, "minutes": each.seconds // MINUTE, "open": each.open}
        for each in work.sections()
    ]
    return {
        "shift": {**said(shift), "summary": (shift.summary or "No summary yet.").strip()},
        "person": name_of(shift.person, people),
        "accepted": name_of(shift.accepted.by, people) if shift.accepted else "",
        "next": names_of(handoff.next_people, people) if handoff.next_people else "",
        "rotation": {"id": handoff.rotation_id, "name": handoff.rotation_name},
        "incidents": [said(each) for each in known.incidents],
        "requests": [said(each) for each in known.requests],
        "worked": {
            "incidents": [said(each) for each in work.incidents],
            "requests": [said(each) for each in work.requests],
            "sections": sections,
        },
    }
