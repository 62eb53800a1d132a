"""Holidays frozen into a rotation's file: which days are new, and where in the list each of them stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from oncall_cli.model.rotation import Rotation
from oncall_cli.practice.edits import Keys, RecordEdit, Value

_KEYS = ("holidays",)
# As many dates as an editor shows on one line.
_MOST_ON_A_LINE = 7


def new_days(rotation: Rotation, days: Iterable[date]) -> list[date]:
    """Return the days that the rotation does not name yet, in their order."""
    return sorted({*days} - {*rotation.holidays})


def holidays_edit(rotation: Rotation, days: Iterable[date]) -> RecordEdit:
    """Return the edit that adds the new ones of the days, each before the first later one."""
    new = new_days(rotation, days)
    listed = list(rotation.holidays)
    if not listed or (_on_one_line(rotation) and len(listed) + len(new) > _MOST_ON_A_LINE):
        written = [day.isoformat() for day in sorted({*listed, *new})]
        return RecordEdit(rotation.path, sets=((_KEYS, written),))
    inserts: list[tuple[Keys, int, Value]] = []
    for day in new:
        # A list that somebody keeps in another order is left in it.
        place = next((index for index, other in enumerate(listed) if other > day), len(listed))
        listed.insert(place, day)
        inserts.append((_KEYS, place, day.isoformat()))
    return RecordEdit(rotation.path, inserts=inserts)


def _on_one_line(rotation: Rotation) -> bool:
    """Whether the list stands in brackets behind its key, where no day can have a comment of its own."""
    return rotation.place(*_KEYS, 0).line == rotation.place(*_KEYS).line
