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
    shown = [_rotation(frame, known[name]) for name in rotations]
    named = {person for each in shown for lane in each["lanes"] for shift in lane["shifts"] for person in shift[2]}
    named |= {step["person"] for each in shown for step in each["steps"] if "person" in step}
    return block(
        {
            "day": frame.facts.day,
            "from": start,
            "to": end,
            "zone": frame.facts.team.timezone.name,
            "people": {person: _person(frame, person) for person in sorted(named)},
            "rotations": shown,
        }
    )


def _person(frame: Frame, person: str) -> list[Any]:
    """Return a name, and the number of a colour for whoever has a page."""
    known = frame.facts.state.people
    return [name_of(person, known), frame.colours.get(person, -1)]


def _rotation(frame: Frame, files: RotationFiles) -> dict[str, Any]:
    start, end = window(frame.facts.day)
    return {
        "id": files.record.id,
        "name": one_line(files.record.name),
        "zone": files.schedule.zone.name,
        "lanes": [_lane(lane) for lane in lanes(files, start, end)],
        "steps": [_step(step) for step in steps(files.record)],
        "policy": int(bool(files.record.escalation)),
    }


def _lane(lane: Lane) -> dict[str, Any]:
    return {
        "role": lane.role,
        "named": int(lane.named),
        "shifts": [_shift(shift) for shift in lane.shifts],
        "gaps": [[gap.start, gap.end, int(gap.intended)] for gap in lane.gaps],
    }


def _shift(shift: Shift) -> list[Any]:
    held: list[Any] = [shift.start, shift.end, list(shift.people)]
    return [*held, 1] if shift.source is Source.OVERRIDE else held


def _step(step: Step) -> dict[str, Any]:
    """Return a step of the ladder: a role of a rotation, or the words for somebody."""
    if step.outside:
        return {"after": step.after, "name": one_line(step.outside.name)}
    if step.rotation:
        return {"after": step.after, "role": step.notify, "rotation": step.rotation}
    return {"after": step.after, "person": step.notify}
