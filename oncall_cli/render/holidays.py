"""The holidays of rotations: which days, and which are to come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from oncall_cli.render.text import columns, one_line

if TYPE_CHECKING:
    from oncall_cli.model.rotation import Rotation

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def holidays_text(rotations: Iterable[Rotation], width: int) -> str:
    """Return a row for each day, with the rotations that have it."""
    found: dict[date, list[str]] = {}
    for rotation in rotations:
        for day in sorted(set(rotation.holidays)):
            found.setdefault(day, []).append(rotation.id)
    rows = [[f"{day} {_DAYS[day.weekday()]}", ", ".join(names)] for day, names in sorted(found.items())]
    return "\n".join(columns(rows, width)) or "there are no holidays yet: 'oncall holidays import US-NY --year 2027'"


def holidays_data(rotations: Iterable[Rotation]) -> list[dict[str, str]]:
    """Return each holiday of each rotation for a script."""
    return [
        {"rotation": rotation.id, "date": day.isoformat()}
        for rotation in rotations
        for day in sorted(set(rotation.holidays))
    ]


def imported_text(new: Mapping[str, list[date]], names: Mapping[date, str]) -> str:
    """Return the days that each rotation gets, by their names."""
    blocks = []
    for rotation, days in new.items():
        rows = [[f"  {day} {_DAYS[day.weekday()]}", one_line(names[day])] for day in days]
        blocks.append("\n".join([f"{rotation}: {len(days)} holiday{'' if len(days) == 1 else 's'}", *columns(rows)]))
    return "\n\n".join(blocks)
