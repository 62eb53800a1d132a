"""A new rotation: what its file says, and with which handoff it begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from oncall_cli.errors import Refused
from oncall_cli.model.hours import Hours
from oncall_cli.model.rotation import Handoff, Layer, people_together
from oncall_cli.model.time import HandoffTime, Instant, LocalMoment, Period, Unit
from oncall_cli.model.zone import Zone
from oncall_cli.practice.edits import RecordEdit, Value
from oncall_cli.schedule.roster_edit import LayerRoster
from oncall_cli.schedule.seats import Members
from oncall_cli.schedule.walls import WallClock


class NewRotation(NamedTuple):
    """What there is to know of a rotation that begins; without a zone it has the team's."""

    id: str
    name: str
    timezone: Zone | None
    handoff: Handoff
    hours: tuple[Hours, ...]
    members: Members
    secondary: bool


class Beginning(NamedTuple):
    """When the first turn begins, and what is written."""

    start: Instant
    edit: RecordEdit


def usual_time(every: Period) -> str:
    """Return the handoff time that most would choose."""
    return {Unit.WEEK: "monday 09:00", Unit.MONTH: "1 09:00"}.get(every.unit, "09:00")


def handoff_of(every: Period, at: HandoffTime) -> Handoff:
    """Return the rule; raise ``ValueError`` where the time does not fit the period."""
    needs = {Unit.WEEK: at.weekday is not None, Unit.MONTH: at.month_day is not None}
    if not needs.get(every.unit, at.weekday is None and at.month_day is None):
        raise ValueError(f"'{at}' does not fit a handoff every {every}: write it as '{usual_time(every)}'")
    return Handoff(every=every, at=at)


def parse_members(text: str) -> Members:
    """Return the members that the words of ``text`` name in their order; ``ana+ben`` stand their turn together."""
    members = tuple(people_together(word.split("+")) for word in text.replace(",", " ").split())
    if not members:
        raise ValueError("somebody must be on call: name a person by an id, such as 'alice'")
    return members


def parse_all_hours(text: str) -> tuple[Hours, ...]:
    """Return the restrictions between the semicolons of ``text``; none is around the clock."""
    return tuple(Hours.parse(part.strip()) for part in text.split(";") if part.strip())


def beginning(new: NewRotation, zone: Zone, earliest: Instant) -> Beginning:
    """Return what a new rotation writes; its first turn is the first that can begin at ``earliest`` or later."""
    if new.secondary and len(set(new.members)) < 2:
        raise Refused("a secondary needs two members: it is whoever has the next turn", hint="name another --member")
    since = LocalMoment(WallClock(zone).wall(earliest), is_date=False)
    roster = LayerRoster(_layer(new, since), zone, {})
    return Beginning(roster.turns.start(0), _edit(new, roster.begin(roster.turns.wall(0)) or since))


def _layer(new: NewRotation, since: LocalMoment) -> Layer:
    roster = [{"from": since, "members": new.members}]
    return Layer.model_validate({"handoff": new.handoff, "hours": new.hours, "roster": roster})


def _edit(new: NewRotation, since: LocalMoment) -> RecordEdit:
    members: Sequence[Value] = [member[0] if len(member) == 1 else list(member) for member in new.members]
    roles: dict[str, Value] = {"secondary": {"offset": 1}} if new.secondary else {}
    return RecordEdit(
        f"rotations/{new.id}/rotation.yaml",
        new={
            "name": new.name,
            "timezone": str(new.timezone or ""),
            "handoff": {"every": str(new.handoff.every), "at": str(new.handoff.at)},
            "hours": [str(entry) for entry in new.hours],
            "roster": [{"from": str(since), "members": members}],
            "roles": roles,
        },
    )
