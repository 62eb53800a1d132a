"""What the script on a page needs to know: the shifts around the day, as JSON that no markup can leave."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from oncall_cli.practice.site import Lane, Step, lanes, steps, window
from oncall_cli.render.people import name_of
from oncall_cli.render.text import one_line
from oncall_cli.schedule.shift import Source

if TYPE_CHECKING:
    from oncall_cli.model.time import Instant
    from oncall_cli.practice.team_state import RotationFiles
    from oncall_cli.render.site.frame import Frame
    from oncall_cli.schedule.shift import Shift

_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def block(data: Mapping[str, Any]) -> Markup:
    """Return JSON for the inside of a script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return Markup(text.translate(_ESCAPED))


def schedule_data(frame: Frame, rotations: Iterable[str]) -> Markup:
    """Return who holds what in the weeks around the day, for some of the rotations and those they escalate to."""
    start, end = window(frame.facts.day)
    known = frame.facts.state.rotations
    people = _People(frame)
    return block(
        {
            "rotations": [_rotation(known[name], frame.facts.day, people) for name in rotations],
            "day": frame.facts.day,
            "from": start,
            "to": end,
            "people": people.listed,
        }
    )


class _People:
    """Everybody whom the data name, each once: the shifts say their places in the list."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._places: dict[str, int] = {}
        self.listed: list[list[Any]] = []

    def place(self, person: str) -> int:
        """Return the place of a person, who is listed with a name, and the number of a colour where there is a page."""
        if person not in self._places:
            self._places[person] = len(self.listed)
            name = name_of(person, self._frame.facts.state.people)
            self.listed.append([person, name, self._frame.colours.get(person, -1)])
        return self._places[person]


def _rotation(files: RotationFiles, day: Instant, people: _People) -> dict[str, Any]:
    return {
        "id": files.record.id,
        "name": one_line(files.record.name),
        "zone": files.schedule.zone.name,
        "lanes": [_lane(lane, window(day)[0], people) for lane in lanes(files, *window(day))],
        "steps": [_step(step, people) for step in steps(files.record)],
        "policy": int(bool(files.record.escalation)),
    }


def _lane(lane: Lane, since: Instant, people: _People) -> dict[str, Any]:
    """Return a role; a shift is told by how long after the one before it begins, its length, and its people."""
    ends = [since, *(shift.end for shift in lane.shifts)]
    return {
        "role": lane.role,
        "named": int(lane.named),
        "shifts": [_shift(shift, shift.start - end, people) for end, shift in zip(ends, lane.shifts, strict=False)],
        "gaps": [[gap.start, gap.end, int(gap.intended)] for gap in lane.gaps],
    }


def _shift(shift: Shift, after: int, people: _People) -> list[Any]:
    places = [people.place(person) for person in shift.people]
    held: list[Any] = [after, shift.end - shift.start, places[0] if len(places) == 1 else places]
    return [*held, 1] if shift.source is Source.OVERRIDE else held


def _step(step: Step, people: _People) -> dict[str, Any]:
    """Return a step of the ladder: a role of a rotation, or the words for somebody."""
    if step.outside:
        return {"after": step.after, "name": one_line(step.outside.name)}
    if step.rotation:
        return {"after": step.after, "role": step.notify, "rotation": step.rotation}
    return {"after": step.after, "person": people.place(step.notify)}
