"""The first page: who is on call now, what is open, and the weeks of every rotation."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.time import DAY, WEEK, Instant
from oncall_cli.practice.site import Lane, lanes, open_incidents
from oncall_cli.render.site.data import schedule_data
from oncall_cli.render.site.frame import HOME

if TYPE_CHECKING:
    from oncall_cli.model.rotation import Rotation
    from oncall_cli.model.zone import Zone
    from oncall_cli.practice.team_state import RotationFiles
    from oncall_cli.render.site.frame import Frame
    from oncall_cli.schedule.shift import Gap, Shift

TABLE = WEEK
GAPS = 8 * WEEK
"""How far ahead the first page tells of gaps, as far as `oncall check` does."""


class Today(NamedTuple):
    """A rotation on the day of the page: who holds each role in its course, which is true all day long."""

    record: Rotation
    zone: Zone
    lanes: list[Lane]


class Row(NamedTuple):
    """A line of the table beside the timeline."""

    record: Rotation
    zone: Zone
    role: str
    what: Shift | Gap


def home_page(frame: Frame) -> dict[str, bytes]:
    """Return the first page."""
    rotations = frame.facts.state.rotations
    day = frame.facts.day
    values = {
        "today": [today(files, day) for files in rotations.values()],
        "data": schedule_data(frame, rotations),
        "open": open_incidents(frame.facts),
        "gaps": _gaps(frame),
        "rows": [row for files in rotations.values() for row in rows(files, day, Instant(day + TABLE))],
    }
    return frame.page(HOME, "home.html", values)


def _gaps(frame: Frame) -> list[Row]:
    """Return what was promised for the coming weeks and nobody covers, the first to come first."""
    day = frame.facts.day
    found = [
        Row(files.record, files.schedule.zone, gap.role, gap)
        for files in frame.facts.state.rotations.values()
        for gap in files.schedule.gaps(day, Instant(day + GAPS))
        if not gap.intended
    ]
    return sorted(found, key=lambda row: row.what.start)


def today(files: RotationFiles, day: Instant) -> Today:
    """Return a rotation with its shifts of the day; a role held by name is left out while nobody has it."""
    found = lanes(files, day, Instant(day + DAY))
    return Today(files.record, files.schedule.zone, [lane for lane in found if lane.shifts or not lane.named])


def rows(files: RotationFiles, start: Instant, end: Instant) -> list[Row]:
    """Return the shifts and gaps of some weeks, as a table says them."""
    found: list[Row] = []
    for lane in lanes(files, start, end):
        all_of_it: tuple[Shift | Gap, ...] = (*lane.shifts, *lane.gaps)
        found += [Row(files.record, files.schedule.zone, lane.role, what) for what in all_of_it]
    return sorted(found, key=lambda row: row.what.start)
