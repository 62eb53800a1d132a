"""What is finished: about it nothing is to be done any more, whatever the day, so that no first screen tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oncall_cli.practice.requests import is_open
from oncall_cli.practice.review import UNREAD, lacks_review
from oncall_cli.practice.shifts import is_running

if TYPE_CHECKING:
    from oncall_cli.model.action import ActionItem
    from oncall_cli.model.incident import Incident
    from oncall_cli.model.request import Request
    from oncall_cli.model.shift import ShiftRecord
    from oncall_cli.model.team import Team


def shift_finished(shift: ShiftRecord, _: Team) -> bool:
    """Whether nobody stands it."""
    return not is_running(shift)


def incident_finished(incident: Incident, team: Team) -> bool:
    """Whether it is resolved, looked back on where the team wants that, and all is done that was decided then."""
    unread = incident.review is not None and incident.review.state in UNREAD
    waits = unread or lacks_review(incident, team) or any(action.state == "open" for action in incident.actions)
    return incident.status == "resolved" and not waits


def request_finished(request: Request, _: Team) -> bool:
    """Whether it is closed."""
    return not is_open(request)


def action_finished(action: ActionItem, _: Team) -> bool:
    """Whether it is done."""
    return action.state == "done"
