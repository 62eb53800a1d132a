"""The plan of a change for a script: the shape that ``oncall diff`` promises, and what goes wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from oncall_cli.model.time import Instant, format_instant
from oncall_cli.render.schedule import gap_data

if TYPE_CHECKING:
    from oncall_cli.practice.alterations import Alteration
    from oncall_cli.practice.conflicts import Collision, Conflicts
    from oncall_cli.practice.gains import HolidayShift
    from oncall_cli.practice.plan import Plan
    from oncall_cli.schedule.comparison import HandChange, RotationGap
    from oncall_cli.schedule.fairness import Load


def plan_data(plan: Plan) -> dict[str, Any]:
    """Return the plan."""
    found = plan.comparison
    return {
        **_span(found.start, found.end, "from", "to"),
        "changes": [_change(change, plan.why[change]) for change in found.changes],
        "gaps": {"before": _gaps(found.gaps_before), "after": _gaps(found.gaps_after)},
        "load": {
            person: {"before": load_data(was), "after": load_data(plan.load_after[person])}
            for person, was in plan.load_before.items()
        },
        **_conflicts(plan.arising),
        "solved": [_collision(collision) for collision in plan.solved.collisions],
        "holidays": [_holiday(found) for found in plan.holidays],
        "lost_overrides": [lost._asdict() for lost in plan.lost],
    }


def load_data(load: Load) -> dict[str, int]:
    """Return a load, in seconds."""
    return load._asdict()


def _change(change: HandChange, why: Iterable[Alteration]) -> dict[str, Any]:
    return {
        "rotation": change.rotation,
        "role": change.role,
        **_span(change.start, change.end),
        "before": list(change.before),
        "after": list(change.after),
        "why": [str(reason) for reason in why],
        "past": change.past,
    }


def _gaps(gaps: Iterable[RotationGap]) -> list[dict[str, Any]]:
    return [{"rotation": rotation, **gap_data(gap)} for rotation, gap in gaps]


def _conflicts(found: Conflicts) -> dict[str, Any]:
    return {
        "collisions": [_collision(collision) for collision in found.collisions],
        "back_to_back": [
            {
                "person": row.person,
                "shifts": row.number,
                "places": [_place(*place) for place in row.places],
                **_span(row.start, row.end),
            }
            for row in found.in_a_row
        ],
        "two_places": [
            {
                "person": twice.person,
                "places": [_place(*place) for place in twice.places],
                **_span(twice.start, twice.end),
            }
            for twice in found.two_places
        ],
    }


def _collision(found: Collision) -> dict[str, Any]:
    return {"person": found.person, **_place(found.rotation, found.role), **_span(found.start, found.end)}


def _holiday(found: HolidayShift) -> dict[str, Any]:
    place = _place(found.rotation, found.role)
    return {"person": found.person, "day": found.day.isoformat(), **place, **_span(found.start, found.end)}


def _place(rotation: str, role: str) -> dict[str, str]:
    return {"rotation": rotation, "role": role}


def _span(start: Instant, end: Instant, first: str = "start", last: str = "end") -> dict[str, str]:
    return {first: format_instant(start), last: format_instant(end)}
