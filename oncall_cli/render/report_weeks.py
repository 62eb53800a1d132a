"""The schedule of a report's period as a picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from oncall_cli.model.time import DAY
from oncall_cli.render.marks import marks_of
from oncall_cli.render.schedule import Listing
from oncall_cli.render.times import Times
from oncall_cli.render.weeks import Drawing, Looks, weeks_of

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.practice.report import Report

_LONGEST = 100 * DAY


def drawing(report: Report, people: Mapping[str, Person]) -> tuple[Drawing, ...]:
    """Return the picture of who was on call; none of a period whose boxes would be too small to be seen."""
    window, schedule = report.window, report.facts.rotation.schedule
    if window.end - window.start > _LONGEST:
        return ()
    shifts, gaps = schedule.shifts(window.start, window.end), schedule.gaps(window.start, window.end)
    roles = tuple(dict.fromkeys((*schedule.roles, *schedule.promised_roles)))
    listing = Listing(report.facts.rotation.rotation, window.start, window.end, shifts, gaps, roles)
    held = {person for shift in shifts for person in shift.people}
    # What is over has no now: it is drawn the same for ever.
    looks = Looks(Times(schedule.zone, window.seen), marks_of([*people, *held]), people)
    title = f"Who is on call, {looks.times.until(window.start, window.end)}, times in {schedule.zone}"
    found = weeks_of([listing], title, window.start, window.end)
    return (Drawing(found._replace(key=f"{found.key}-weeks"), looks),) if found.roles else ()
