"""What a meeting has to talk about: deferred requests, what takes too long, reviews, overdue action items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.incident import ReviewState
from oncall_cli.model.request import RequestStatus
from oncall_cli.practice.actions import Item, in_order
from oncall_cli.practice.requests import Limit, Queued, limits_crossed
from oncall_cli.practice.review import is_overdue, lacks_review

if TYPE_CHECKING:
    from oncall_cli.model.incident import Incident
    from oncall_cli.model.team import Team
    from oncall_cli.model.time import Instant


class Agenda(NamedTuple):
    """What is to be talked about; deferred requests by the meeting that they wait for."""

    deferred: Mapping[str, list[Queued]]
    overdue: list[Queued]
    too_long: list[Queued]
    reviews: list[Incident]
    late_reviews: list[Incident]
    """Those that are still drafts though their day has passed."""
    missing_reviews: list[Incident]
    """Incidents that the policy wants looked back on, and nobody has begun."""
    actions: list[Item]


def agenda(
    queued: Iterable[Queued],
    incidents: Iterable[Incident],
    actions: Iterable[Item],
    team: Team,
    now: Instant,
    today: date,
) -> Agenda:
    """Return what is waiting, each kind with the oldest first."""
    queued, incidents = list(queued), list(incidents)
    deferred: dict[str, list[Queued]] = {}
    for each in queued:
        if each.request.status is RequestStatus.DEFERRED:
            deferred.setdefault(each.request.defer_to or "a meeting", []).append(each)
    reviews = [one for one in incidents if one.review and one.review.state is ReviewState.IN_REVIEW]
    return Agenda(
        dict(sorted(deferred.items())),
        [each for each in queued if each.is_overdue(now)],
        [each for each in queued if Limit.STOP in limits_crossed(each.request, team.policy)],
        sorted(reviews, key=_by_due),
        sorted((one for one in incidents if is_overdue(one, today) and one not in reviews), key=_by_due),
        [one for one in incidents if lacks_review(one, team)],
        [item for item in in_order(actions, today) if item.is_overdue(today)],
    )


def for_meeting(whole: Agenda, meeting: str) -> Agenda:
    """Return only what waits for one meeting."""
    return Agenda({meeting: whole.deferred[meeting]}, [], [], [], [], [], [])


def _by_due(incident: Incident) -> tuple[date, str]:
    return (incident.review and incident.review.due) or date.max, incident.id
