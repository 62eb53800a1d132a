"""Where the records name people: each mention with its record and the keys that lead to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.errors import Place, Problem
from oncall_cli.model.suggest import suggestion

if TYPE_CHECKING:
    from collections.abc import Collection

    from oncall_cli.checks.records import RotationRecords, TeamRecords
    from oncall_cli.model.incident import Incident
    from oncall_cli.model.override import Override
    from oncall_cli.model.record import Record
    from oncall_cli.model.request import Request
    from oncall_cli.model.rotation import RosterVersion, Rotation
    from oncall_cli.model.shift import ShiftRecord
    from oncall_cli.schedule.shift import Keys


class Mention(NamedTuple):
    """A record that names a person, and where."""

    record: Record
    keys: Keys
    person: str

    @property
    def place(self) -> Place:
        """The line and column."""
        return self.record.place(*self.keys)


def mentions(records: TeamRecords) -> Iterator[Mention]:
    """Yield every mention of a person, except in history, and in an escalation, which may name roles and outsiders."""
    for each in records.rotations:
        yield from in_rotation(each.rotation)
        for override in each.overrides:
            yield from in_override(override)
    for runbook in records.runbooks.values():
        if runbook.owner:
            yield Mention(runbook, ("owner",), runbook.owner)


def strangers(rotation: Rotation, overrides: Iterable[Override], known: Collection[str]) -> list[Problem]:
    """Return a problem for each place where a rotation or its overrides put somebody on call who has no file.

    This is E201 for the answers of one rotation, without reading anything else.
    """
    named = [*in_rotation(rotation), *(mention for override in overrides for mention in in_override(override))]
    return [
        Problem(
            "E201", mention.place, f"there is no person '{mention.person}'", suggestion(mention.person, known, "person")
        )
        for mention in named
        if mention.person not in known
    ]


def in_rotation(rotation: Rotation) -> Iterator[Mention]:
    """Yield the members of every roster version, and those who hold a role by name."""
    yield from _in_roster(rotation, ("roster",), rotation.roster)
    for number, layer in enumerate(rotation.layers):
        yield from _in_roster(rotation, ("layers", number, "roster"), layer.roster)
    for role, entry in rotation.roles.items():
        for number, stint in enumerate(entry if isinstance(entry, tuple) else ()):
            yield Mention(rotation, ("roles", role, number, "person"), stint.person)


def _in_roster(rotation: Rotation, keys: Keys, roster: Iterable[RosterVersion]) -> Iterator[Mention]:
    for version_number, version in enumerate(roster):
        for number, member in enumerate(version.members):
            for position, person in enumerate(member):
                yield Mention(rotation, (*keys, version_number, "members", number, position), person)


def in_override(override: Override) -> Iterator[Mention]:
    """Yield who is named by an override."""
    for number, change in enumerate(override.changes):
        for position, person in enumerate(change.people):
            yield Mention(override, ("changes", number, "person", position), person)
        if change.instead_of:
            yield Mention(override, ("changes", number, "instead_of"), change.instead_of)
    if override.requested_by:
        yield Mention(override, ("requested_by",), override.requested_by)
    for number, person in enumerate(override.agreed_by):
        yield Mention(override, ("agreed_by", number), person)


def in_history(records: RotationRecords) -> Iterator[Mention]:
    """Yield who is named by what happened."""
    for shift in records.shifts:
        yield from _in_shift(shift)
    for incident in records.incidents:
        yield from _in_incident(incident)
    for request in records.requests:
        yield from _in_request(request)
    for action in records.actions:
        if action.owner:
            yield Mention(action, ("owner",), action.owner)


def _in_shift(shift: ShiftRecord) -> Iterator[Mention]:
    yield Mention(shift, ("person",), shift.person)
    for number, entry in enumerate(shift.log):
        yield Mention(shift, ("log", number, "by"), entry.by)
    for number, item in enumerate(shift.checklist):
        if item.by:
            yield Mention(shift, ("checklist", number, "by"), item.by)
    if shift.accepted:
        yield Mention(shift, ("accepted", "by"), shift.accepted.by)


def _in_incident(incident: Incident) -> Iterator[Mention]:
    for role, person in incident.responders.items():
        yield Mention(incident, ("responders", role), person)
    for number, entry in enumerate(incident.timeline):
        yield Mention(incident, ("timeline", number, "by"), entry.by)
    for number, message in enumerate(incident.messages):
        if message.by:
            yield Mention(incident, ("messages", number, "by"), message.by)
    if incident.review and incident.review.owner:
        yield Mention(incident, ("review", "owner"), incident.review.owner)
    for number, action in enumerate(incident.actions):
        if action.owner:
            yield Mention(incident, ("actions", number, "owner"), action.owner)


def _in_request(request: Request) -> Iterator[Mention]:
    if request.delegated_to:
        yield Mention(request, ("delegated_to",), request.delegated_to)
    for number, spent in enumerate(request.spent):
        yield Mention(request, ("spent", number, "by"), spent.by)
