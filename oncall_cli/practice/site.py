"""What a team's site shows: its records, and the schedule around the day that it is made for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.incident import IncidentStatus
from oncall_cli.model.roles import PRIMARY
from oncall_cli.model.time import DAY, WEEK, Instant, Wall, day_of, wall_of
from oncall_cli.schedule.walls import WallClock

if TYPE_CHECKING:
    from oncall_cli.model.document import Runbook
    from oncall_cli.model.incident import Incident
    from oncall_cli.model.rotation import EscalationStep, OutsideContact, Rotation
    from oncall_cli.model.team import Team
    from oncall_cli.model.zone import Zone
    from oncall_cli.practice.feeds import Feed
    from oncall_cli.practice.load import LoadReport
    from oncall_cli.practice.report import Report
    from oncall_cli.practice.team_state import RotationFiles, TeamState
    from oncall_cli.schedule.shift import Gap, Shift

BACK, AHEAD = 4 * WEEK, 26 * WEEK
"""How far the timeline of a site reaches from its day."""


class RunbookPage(NamedTuple):
    """A runbook and the text below its head."""

    head: Runbook
    body: str


class IncidentPage(NamedTuple):
    """An incident of a rotation, and the review of it where one is written."""

    rotation: str
    incident: Incident
    review: str | None


class SiteFacts(NamedTuple):
    """All that a site is made of; ``day`` is the midnight, on the team's wall, that begins the day it is made for.

    What a site does not show is empty: without incidents there is no page about incidents.
    """

    team: Team
    day: Instant
    state: TeamState
    incidents: Sequence[IncidentPage] = ()
    runbooks: Mapping[str, RunbookPage] = MappingProxyType({})
    loads: Sequence[LoadReport] = ()
    reports: Sequence[Report] = ()
    feeds: Sequence[Feed] = ()
    unread: Sequence[str] = ()


class Lane(NamedTuple):
    """A role of a rotation: its whole shifts and its gaps in the weeks around the day."""

    role: str
    shifts: tuple[Shift, ...]
    gaps: tuple[Gap, ...]
    named: bool
    """Whether people hold it by name, as a newcomer who shadows does."""


class Step(NamedTuple):
    """Who is notified when nobody answers: a role of a rotation, or else a person or somebody outside."""

    after: int
    notify: str
    rotation: str | None = None
    outside: OutsideContact | None = None


def day_begins(now: Instant, zone: Zone) -> Instant:
    """Return the midnight that begins the day of an instant, on the wall of a zone."""
    clock = WallClock(zone)
    return clock.instant(wall_of(day_of(clock.wall(now))))


def days_after(day: Instant, count: int, zone: Zone) -> Instant:
    """Return the midnight so many days after another, on the wall of a zone."""
    clock = WallClock(zone)
    return clock.instant(Wall(clock.wall(day) + count * DAY))


def window(day: Instant) -> tuple[Instant, Instant]:
    """Return from when until when a site of a day knows the schedule."""
    return Instant(day - BACK), Instant(day + AHEAD)


def lanes(files: RotationFiles, start: Instant, end: Instant) -> list[Lane]:
    """Return each role of a rotation with its shifts and gaps, in the order of the roles."""
    schedule, gaps = files.schedule, files.schedule.gaps(start, end)
    return [
        Lane(
            role,
            tuple(schedule.shifts(start, end, (role,), cut=False)),
            tuple(gap for gap in gaps if gap.role == role),
            isinstance(files.record.roles.get(role), tuple),
        )
        for role in dict.fromkeys((*schedule.roles, *(gap.role for gap in gaps)))
    ]


def steps(rotation: Rotation) -> list[Step]:
    """Return the ladder of a rotation without the people of an instant; without a policy, its roles in order."""
    if rotation.escalation:
        return [_step(rotation, step) for step in rotation.escalation]
    others = [role for role, entry in rotation.roles.items() if role != PRIMARY and not isinstance(entry, tuple)]
    return [Step(0, role, rotation.id) for role in (PRIMARY, *others)]


def _step(rotation: Rotation, step: EscalationStep) -> Step:
    after = step.after.seconds
    if step.rotation:
        return Step(after, step.notify, step.rotation)
    outside = next((contact for contact in rotation.contacts if contact.id == step.notify), None)
    roles = {PRIMARY, *rotation.roles, *(layer.role for layer in rotation.all_layers())}
    return Step(after, step.notify, rotation.id if step.notify in roles else None, outside)


def open_incidents(facts: SiteFacts) -> list[IncidentPage]:
    """Return the incidents that are not over."""
    return [page for page in facts.incidents if page.incident.status is not IncidentStatus.RESOLVED]
