"""Which incidents are looked back on, why, until when, and what their records do not say yet."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.errors import Refused
from oncall_cli.model.incident import IncidentStatus, ReviewState
from oncall_cli.model.time import Instant
from oncall_cli.practice.edits import Keys, RecordEdit, Value
from oncall_cli.practice.standing import began

if TYPE_CHECKING:
    from oncall_cli.model.incident import Incident
    from oncall_cli.model.team import Team

UNREAD = (ReviewState.DRAFT, ReviewState.IN_REVIEW)
_SATURDAY = 5
_DAY = timedelta(days=1)


class ReviewPlan(NamedTuple):
    """Where the document of a review is, who sees it through, and until when."""

    path: str
    owner: str
    due: date
    state: ReviewState = ReviewState.DRAFT


def needs_review(incident: Incident, team: Team) -> str | None:
    """Return why the policy asks for a review, None where it does not."""
    severity = team.severities.get(incident.severity)
    if severity and severity.review:
        return f"every {incident.severity} is reviewed"
    length = impact_length(incident)
    limit = team.policy.review_after
    if length is not None and length > limit.seconds:
        minutes = -(-length // 60)
        return f"it lasted {minutes} minutes, longer than {limit}"
    return None


def impact_length(incident: Incident) -> int | None:
    """Return how long it hurt, in seconds, until it was mitigated at the latest; None while that is not known."""
    start = began(incident)
    ends = (incident.impact.ended, incident.mitigated, incident.resolved)
    end = next((moment for moment in ends if moment is not None), None)
    return None if start is None or end is None else max(0, end - start)


def lacks_review(incident: Incident, team: Team) -> str | None:
    """Return why an incident that is over should have a review, where it has none."""
    over = incident.status in (IncidentStatus.MITIGATED, IncidentStatus.RESOLVED) and incident.merged_into is None
    return needs_review(incident, team) if over and incident.review is None else None


def is_overdue(incident: Incident, today: date) -> bool:
    """Whether the day of its review has passed, and it has not been presented."""
    review = incident.review
    return review is not None and review.state in UNREAD and review.due is not None and review.due < today


def due_day(day: date, count: int, holidays: Collection[date]) -> date:
    """Return the business day that comes ``count`` business days after a day."""
    while count > 0:
        day += _DAY
        if day.weekday() < _SATURDAY and day not in holidays:
            count -= 1
    return day


def over_at(incident: Incident, now: Instant) -> Instant:
    """Return when an incident was over, from which the review's days are counted."""
    return next((moment for moment in (incident.resolved, incident.mitigated) if moment is not None), now)


def document_path(incident: Incident) -> str:
    """Return where its document is: beside the record, unless the record says another place there."""
    folder = incident.path.rpartition("/")[0]
    usual = f"{incident.path.removesuffix('.yaml')}.md"
    path = incident.review.path if incident.review and incident.review.path else usual
    if path.rpartition("/")[0] != folder or not path.endswith(".md"):
        hint = f"keep it beside the incident, such as '{usual}', or edit it by hand"
        raise Refused(
            f"the document '{path}' is not one that is written from the record", hint, incident.place("review")
        )
    return path


def unknowns(incident: Incident) -> list[str]:
    """Return the questions that the record leaves open."""
    asked = [
        (incident.impact.started is None, "When did it begin to hurt?"),
        (incident.impact.ended is None and incident.mitigated is None, "When did it stop to hurt?"),
        (incident.impact.text is None, "Who noticed, how many, and what could they not do?"),
        (incident.detected is None, "When and how was it noticed?"),
        (incident.acknowledged is None, "Who acknowledged it, and when?"),
        (not incident.responders, "Who responded, and who led?"),
        (not incident.services, "Which services were touched?"),
        (incident.runbook is None, "Which runbook would have helped?"),
        (not incident.actions, "What will be different the next time?"),
    ]
    return [question for is_open, question in asked if is_open]


def plan_edit(incident: Incident, plan: ReviewPlan) -> RecordEdit | None:
    """Return what the record has to say of its review; None where it says so already."""
    said = {"path": plan.path, "state": str(plan.state), "owner": plan.owner, "due": plan.due.isoformat()}
    review = incident.review
    if review is None:
        return RecordEdit(incident.path, fields={"review": said})
    known = {"path": review.path, "state": str(review.state), "owner": review.owner, "due": str(review.due or "")}
    sets: list[tuple[Keys, Value]] = [(("review", key), value) for key, value in said.items() if known[key] != value]
    return RecordEdit(incident.path, sets=sets) if sets else None


def state_edit(incident: Incident, state: ReviewState) -> RecordEdit:
    """Return what brings a review to another state; refuse where there is none, or it is there already."""
    if incident.review is None:
        raise Refused(f"'{incident.id}' has no review yet", hint=f"begin it: oncall incident review {incident.id}")
    if incident.review.state is state:
        place = incident.place("review", "state")
        raise Refused(f"the review of '{incident.id}' is '{state}' already", "see oncall agenda", place)
    return RecordEdit(incident.path, sets=((("review", "state"), str(state)),))


def parse_state(text: str) -> ReviewState:
    """Return the state that a word names, with a blank or a hyphen in it; raise ``ValueError`` for another."""
    wanted = " ".join(text.lower().replace("-", " ").split())
    try:
        return ReviewState(wanted)
    except ValueError:
        known = ", ".join(f"'{state}'" for state in ReviewState)
        raise ValueError(f"'{text}' is no state of a review: there are {known}") from None
