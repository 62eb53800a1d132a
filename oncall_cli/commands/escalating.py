"""What the commands need that go up a ladder: the schedules of other rotations, and ways to reach people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from oncall_cli.commands.posting import delivered, own_addresses
from oncall_cli.commands.session import Session
from oncall_cli.model.team import Event
from oncall_cli.practice.escalation import others_named
from oncall_cli.practice.posting import Post

if TYPE_CHECKING:
    from oncall_cli.model.rotation import Rotation
    from oncall_cli.schedule.schedule import Schedule


def other_schedules(session: Session, rotation: Rotation) -> dict[str, Schedule]:
    """Return the schedules of the rotations that a rotation escalates to; one that does not exist has none."""
    known = session.repository.rotation_ids()
    named = [name for name in others_named(rotation) if name in known]
    return {record.id: schedule for name in named for record, schedule in session.schedules(name)}


def page(session: Session, rotation: Rotation, event: Event, people: Iterable[str], said: Post) -> None:
    """Tell people at their own addresses, those who have one."""
    for person in dict.fromkeys(people):
        record = session.repository.person(person)
        if record and (addresses := own_addresses(session, record, rotation, event)):
            delivered(session, addresses, said)
