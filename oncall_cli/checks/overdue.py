"""Rules W406 to W410 and W424: what the team promised itself by a day, or its customers by an hour, is done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from oncall_cli.checks.records import RotationRecords, TeamRecords
from oncall_cli.checks.rule import Finding
from oncall_cli.model.incident import ActionState, ReviewState
from oncall_cli.model.request import RequestStatus
from oncall_cli.model.team import Policy
from oncall_cli.model.time import day_of
from oncall_cli.practice.alike import alike
from oncall_cli.practice.review import lacks_review
from oncall_cli.practice.shifts import left_open
from oncall_cli.schedule.said import said

_UNREAD = (ReviewState.DRAFT, ReviewState.IN_REVIEW)


def reviews(records: TeamRecords, part: RotationRecords) -> Iterator[Finding]:
    """W406: the review of an incident is presented on its day."""
    today = _today(records, part)
    for incident in part.incidents:
        review = incident.review
        if review and review.due and review.due < today and review.state in _UNREAD:
            message = f"the review of '{incident.id}' was due on {review.due} and is '{review.state}'"
            yield Finding(incident.place("review", "due"), message, _ask(review.owner))


def actions(records: TeamRecords, part: RotationRecords) -> Iterator[Finding]:
    """W407: an action item is done on its day."""
    today = _today(records, part)
    for incident in part.incidents:
        for number, action in enumerate(incident.actions):
            if action.due and action.due < today and action.state is ActionState.OPEN:
                message = f"the action '{action.title}' was due on {action.due} and is open"
                yield Finding(incident.place("actions", number, "due"), message, _ask(action.owner))
    for own in part.actions:
        if own.due and own.due < today and own.state is ActionState.OPEN:
            message = f"the action '{own.title}' was due on {own.due} and is open"
            yield Finding(own.place("due"), message, _ask(own.owner))


def requests(records: TeamRecords, part: RotationRecords) -> Iterator[Finding]:
    """W408: a support request is acknowledged as soon as the policy says."""
    policy = records.team.policy if records.team else Policy()
    for request in part.requests:
        waits = request.status is RequestStatus.OPEN and not (request.acknowledged or request.delegated_to)
        if waits and request.received + policy.acknowledge_requests.seconds < records.now:
            since = said(part.schedule.clock, request.received)
            message = f"nobody has acknowledged the request '{request.id}' of {since}"
            hint = f"the policy is '{policy.acknowledge_requests}': acknowledge it, or give it its 'status'"
            yield Finding(request.place("received"), message, hint)


def missing_reviews(records: TeamRecords, part: RotationRecords) -> Iterator[Finding]:
    """W409: an incident that the policy wants looked back on has a review."""
    for incident in part.incidents if records.team else ():
        if records.team and (reason := lacks_review(incident, records.team)):
            message = f"'{incident.id}' has no review, though {reason}"
            yield Finding(incident.place("severity"), message, f"begin it: oncall incident review {incident.id}")


def _today(records: TeamRecords, each: RotationRecords) -> date:
    return day_of(each.schedule.clock.wall(records.now))


def _ask(owner: str | None) -> str:
    return f"ask '{owner}'; write what became of it, or another day" if owner else "give it an 'owner', or another day"


def open_shifts(records: TeamRecords, part: RotationRecords) -> Iterator[Finding]:
    """W410: a shift is ended by the one who stood it; after its time nobody hands anything over."""
    for shift in part.shifts:
        if left_open(shift, part.schedule, records.now):
            hint = "end it, so that somebody takes over what goes on: oncall end"
            message = f"'{shift.person}' is not on call any more and has not ended it"
            yield Finding(shift.place("started"), message, hint)


def opened_twice(_: TeamRecords, part: RotationRecords) -> Iterator[Finding]:
    """W424: what broke has one record, though two people opened it at the same time."""
    for first, second in alike(part.incidents):
        message = f"this seems to be the same incident as '{first.id}'"
        hint = f"let it go on as one: oncall incident merge {second.id} {first.id}"
        yield Finding(second.place("title"), message, hint)
