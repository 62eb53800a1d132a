"""What a ladder needs that leads out of its rotation: the schedules of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oncall_cli.commands.session import Session
from oncall_cli.practice.escalation import others_named

if TYPE_CHECKING:
    from oncall_cli.model.rotation import Rotation
    from oncall_cli.schedule.schedule import Schedule


def other_schedules(session: Session, rotation: Rotation) -> dict[str, Schedule]:
    """Return the schedules of the rotations that a rotation escalates to; one that does not exist has none."""
    known = session.repository.rotation_ids()
    named = [name for name in others_named(rotation) if name in known]
    return {record.id: schedule for name in named for record, schedule in session.schedules(name)}
