"""The page of a rotation: who has it, by which rules, and what is to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oncall_cli.model.time import WEEK, Instant
from oncall_cli.practice.site import steps, window
from oncall_cli.render.site.data import schedule_data
from oncall_cli.render.site.home import rows, today
from oncall_cli.render.text import one_line

if TYPE_CHECKING:
    from oncall_cli.model.override import Change, Override
    from oncall_cli.model.rotation import Role, Stint
    from oncall_cli.practice.team_state import RotationFiles
    from oncall_cli.render.site.frame import Frame

TABLE = 2 * WEEK
MOST_GAPS = 8


def rotation_pages(frame: Frame) -> dict[str, bytes]:
    """Return a page for each rotation."""
    found: dict[str, bytes] = {}
    for files in frame.facts.state.rotations.values():
        found.update(_page(frame, files))
    return found


def _page(frame: Frame, files: RotationFiles) -> dict[str, bytes]:
    record, day = files.record, frame.facts.day
    gaps = files.schedule.gaps(day, window(day)[1])
    values = {
        "title": one_line(record.name),
        "record": record,
        "here": today(files, day),
        "steps": steps(record),
        "told": {role: entry for role, entry in record.roles.items() if _says(entry)},
        "rows": rows(files, day, Instant(day + TABLE)),
        "gaps": gaps[:MOST_GAPS],
        "more_gaps": len(gaps[MOST_GAPS:]),
        "changes": _changes(files, window(day)[0]),
        "holidays": [str(holiday) for holiday in record.holidays if str(holiday) >= frame.today],
        "calendars": [feed for feed in frame.facts.feeds if feed.rotation == record.id],
        "data": schedule_data(frame, [record.id]),
    }
    return frame.page(f"rotations/{record.id}.html", "rotation.html", values)


def _says(entry: Role | tuple[Stint, ...]) -> bool:
    """Whether there is more to say of a role than that it is the primary's."""
    return isinstance(entry, tuple) or bool(entry.offset or entry.responsibilities)


def _changes(files: RotationFiles, since: Instant) -> list[tuple[Change, Override]]:
    """Return what overrides change in the last weeks and from now on, by time."""
    found = [(change, one) for one in files.overrides for change in one.changes if change.end > since]
    return sorted(found, key=lambda pair: (pair[0].start, pair[1].id))
