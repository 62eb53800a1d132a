"""What the rules look at: every record of a team, and the schedules made of them, at one instant."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.time import WEEK, Instant

if TYPE_CHECKING:
    from oncall_cli.model.action import ActionItem
    from oncall_cli.model.document import Runbook
    from oncall_cli.model.incident import Incident
    from oncall_cli.model.override import Override
    from oncall_cli.model.person import Person
    from oncall_cli.model.request import Request
    from oncall_cli.model.rotation import Rotation
    from oncall_cli.model.shift import ShiftRecord
    from oncall_cli.model.team import Team
    from oncall_cli.schedule.schedule import Schedule

HORIZON = 8 * WEEK


class RotationRecords(NamedTuple):
    """One rotation with what belongs to it; of its history only as much as is looked at together."""

    rotation: Rotation
    schedule: Schedule
    overrides: tuple[Override, ...] = ()
    shifts: tuple[ShiftRecord, ...] = ()
    incidents: tuple[Incident, ...] = ()
    requests: tuple[Request, ...] = ()
    actions: tuple[ActionItem, ...] = ()

    @property
    def role_names(self) -> set[str]:
        """The roles that somebody can hold: those listed, and those that a layer fills."""
        return {*self.rotation.roles, *(layer.role for layer in self.rotation.all_layers())}


class SomeFiles(NamedTuple):
    """Some of the team's files: their bytes by path, records or not, and which of them the formatter would change."""

    contents: Mapping[str, bytes]
    uneven: frozenset[str] = frozenset()


class TeamRecords(NamedTuple):
    """What says who is on call and by which rules, and the instant from which the rules look ahead."""

    now: Instant
    team: Team | None
    people: Mapping[str, Person]
    rotations: tuple[RotationRecords, ...]
    runbooks: Mapping[str, Runbook]
    invalid: frozenset[str] = frozenset()
    """The paths of files that exist and cannot be read: naming one of them is not a second error."""
    pages: Mapping[str, bytes] = MappingProxyType({})
    """The bytes of every Markdown file, by path."""
    paths: Collection[str] = frozenset()
    """The paths of all files that can be read, records or not."""
    owners: Mapping[str, str] = MappingProxyType({})
    """The files that tell a git host whom to ask for a review, by path."""

    @property
    def ahead(self) -> tuple[Instant, Instant]:
        """The eight weeks that the schedule is held to."""
        return self.now, Instant(self.now + HORIZON)

    def has_person(self, person: str) -> bool:
        """Whether there is a file for that person."""
        return person in self.people or f"rotations/people/{person}.yaml" in self.invalid

    def has_runbook(self, runbook: str) -> bool:
        """Whether there is a file for that runbook."""
        return runbook in self.runbooks or f"runbooks/{runbook}.md" in self.invalid
