"""Which incidents are looked back on, and until when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncall_cli.model.incident import Impact, Incident, IncidentStatus, Review, ReviewState
from oncall_cli.model.team import Team
from oncall_cli.model.time import Instant
from oncall_cli.practice.review import due_day, is_overdue, lacks_review, needs_review, parse_state

TEAM = Team(name="Team")
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def incident(severity: str, minutes: int | None, **more: object) -> Incident:
    ended = None if minutes is None else Instant(minutes * 60)
    return Incident.model_validate(
        {"title": "It broke", "severity": severity, "impact": Impact(started=Instant(0), ended=ended), **more}
    )


@pytest.mark.parametrize(
    ("severity", "minutes", "reason"),
    [
        ("sev1", 1, "every sev1 is reviewed"),
        ("sev2", None, "every sev2 is reviewed"),
        ("sev3", 10, None),
        ("sev3", 11, "it lasted 11 minutes, longer than 10 minutes"),
        ("sev3", None, None),
        ("sev9", 30, "it lasted 30 minutes, longer than 10 minutes"),
    ],
)
def test_the_policy_decides(severity: str, minutes: int | None, reason: str | None) -> None:
    """M6: what the severity asks for, and every outage of more than ten minutes."""
    assert needs_review(incident(severity, minutes), TEAM) == reason


def test_what_is_over_and_has_none_lacks_one() -> None:
    """Nobody writes a review while it burns; and one is enough."""
    assert lacks_review(incident("sev1", 30), TEAM) is None
    assert lacks_review(incident("sev1", 30, status=IncidentStatus.MITIGATED), TEAM)
    assert lacks_review(incident("sev1", 30, status=IncidentStatus.RESOLVED, review=Review()), TEAM) is None


@pytest.mark.parametrize("state", list(ReviewState))
def test_a_review_is_overdue_until_it_is_presented(state: ReviewState) -> None:
    """M7: its day has passed, and nobody has presented it."""
    late = incident("sev1", 30, review=Review(state=state, due=date(2026, 11, 18)))
    assert is_overdue(late, date(2026, 11, 19)) is (state in (ReviewState.DRAFT, ReviewState.IN_REVIEW))
    assert not is_overdue(late, date(2026, 11, 18))


@given(DAYS, st.integers(0, 15), st.sets(DAYS, max_size=10))
def test_business_days_are_counted_one_by_one(day: date, count: int, holidays: set[date]) -> None:
    """Between the day and the due day, the due day included, there are as many business days as asked for."""
    due = due_day(day, count, holidays)
    between = [day + timedelta(days=number) for number in range(1, (due - day).days + 1)]
    assert sum(one.weekday() < 5 and one not in holidays for one in between) == count
    assert count == 0 or (due.weekday() < 5 and due not in holidays)


def test_states_are_said_with_a_blank_or_a_hyphen() -> None:
    """`--state in-review` and `--state "in review"` are one."""
    assert parse_state("in-review") is parse_state("In  review") is ReviewState.IN_REVIEW
    with pytest.raises(ValueError, match="there are 'draft', 'in review', 'presented', 'done'"):
        parse_state("finished")
