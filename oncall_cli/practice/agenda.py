"""What a meeting has to talk about: deferred requests, what takes too long, reviews, overdue action items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.incident import ActionState, ReviewState
from oncall_cli.model.request import RequestStatus
from oncall_cli.practice.requests import Limit, Queued, limits_crossed

if TYPE_CHECKING:
    from oncall_cli.model.incident import Action, Incident
    from oncall_cli.model.team import Policy
    from oncall_cli.model.time import Instant


class DueAction(NamedTuple):
    """An action item, and the incident that it came from."""

    incident: str
    action: Action

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been done by now."""
        return self.action.due is not None and self.action.due < today


class Agenda(NamedTuple):
    """What is to be talked about; deferred requests by the meeting that they wait for."""

    deferred: Mapping[str, list[Queued]]
    overdue: list[Queued]
    too_long: list[Queued]
    reviews: list[Incident]
    actions: list[DueAction]


def agenda(
    queued: Iterable[Queued], incidents: Iterable[Incident], policy: Policy, now: Instant, today: date
) -> Agenda:
    """Return what is waiting, each kind with the oldest first."""
    queued, incidents = list(queued), list(incidents)
    deferred: dict[str, list[Queued]] = {}
    for each in queued:
        if each.request.status is RequestStatus.DEFERRED:
            deferred.setdefault(each.request.defer_to or "a meeting", []).append(each)
    return Agenda(
        dict(sorted(deferred.items())),
        [each for each in queued if each.is_overdue(now)],
        [each for each in queued if Limit.STOP in limits_crossed(each.request, policy)],
        [one for one in incidents if one.review and one.review.state is ReviewState.IN_REVIEW],
        sorted(_overdue(incidents, today), key=lambda one: (one.action.due or today, one.incident)),
    )


def for_meeting(whole: Agenda, meeting: str) -> Agenda:
    """Return only what waits for one meeting."""
    return Agenda({meeting: whole.deferred[meeting]}, [], [], [], [])


def open_actions(incidents: Iterable[Incident], today: date) -> list[DueAction]:
    """Return the action items that are open: what is overdue first, the longest so at the top."""
    found = [
        DueAction(incident.id, action)
        for incident in incidents
        for action in incident.actions
        if action.state is ActionState.OPEN
    ]
    return sorted(found, key=lambda one: (one.is_overdue(today) is False, one.action.due or date.max, one.incident))


def _overdue(incidents: Iterable[Incident], today: date) -> Iterable[DueAction]:
    return [one for one in open_actions(incidents, today) if one.is_overdue(today)]
