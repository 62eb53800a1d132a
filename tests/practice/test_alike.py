"""Incidents that were opened twice, the stages of a status page, and the severity that somebody means."""

from __future__ import annotations

from typing import Any

import pytest

from oncall_cli.errors import WrongUsage
from oncall_cli.model.incident import Incident
from oncall_cli.model.team import DEFAULT_SEVERITIES, Team
from oncall_cli.practice.alike import alike
from oncall_cli.practice.review import needs_review
from oncall_cli.practice.severity import severity_of
from oncall_cli.practice.stages import next_message, stages


def incident(name: str, **said: Any) -> Incident:
    made = Incident.model_validate({"title": "Down", "severity": "sev3", **said})
    made.read_from(name, made._source)
    return made


NINE, TEN, LATE = ("2026-11-18T09:00:00Z", "2026-11-18T10:00:00Z", "2026-11-18T17:00:00Z")


@pytest.mark.parametrize(
    ("second", "same"),
    [
        ({"detected": TEN}, True),
        ({"detected": TEN, "title": "  DOWN! "}, True),
        ({"detected": TEN, "title": "Up", "alert": "down"}, True),
        ({"detected": TEN, "title": "Down again"}, False),
        ({"detected": LATE}, False),
        ({"detected": TEN, "merged_into": "a"}, False),
    ],
)
def test_one_title_or_alert_and_about_one_time(second: dict[str, Any], same: bool) -> None:
    first, other = incident("a", detected=NINE), incident("b", **second)
    assert [(pair.first.id, pair.second.id) for pair in alike([other, first])] == ([("a", "b")] if same else [])


def test_what_came_again_after_it_was_over_is_another_one() -> None:
    first = incident("a", detected=NINE, resolved="2026-11-18T09:30:00Z")
    assert alike([first, incident("b", detected=TEN)]) == []


@pytest.mark.parametrize("said", ["1", "sev1", "SEV-1", "Sev 1", "customers cannot work", "cannot"])
def test_the_severity_that_is_meant(said: str) -> None:
    assert severity_of(said, DEFAULT_SEVERITIES) == "sev1"


@pytest.mark.parametrize("said", [None, "", "9", "customers", "s", "sev"])
def test_a_severity_that_is_none_names_what_there_is(said: str | None) -> None:
    with pytest.raises(WrongUsage) as wrong:
        severity_of(said, DEFAULT_SEVERITIES)
    assert "sev1 (Customers cannot work)" in wrong.value.hint


def test_the_stages_that_were_sent_and_the_one_that_fits_now() -> None:
    templates = {"message/investigating", "message/mitigated", "message/resolved", "review/coe"}
    sent = [{"template": "investigating", "at": NINE, "by": "al"}]
    found = incident("a", status="mitigated", messages=sent)
    assert [(told.stage.value, told.template, told.sent is not None) for told in stages(found, templates)] == [
        ("investigating", "message/investigating", True),
        ("monitoring", "message/mitigated", False),
        ("resolved", "message/resolved", False),
    ]
    assert next_message(found, templates) == "message/mitigated"
    assert next_message(incident("a", status="acknowledged", messages=sent), templates) is None


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"severity": "sev1"}, "every sev1 is reviewed"),
        ({"detected": NINE, "resolved": "2026-11-18T09:10:00Z"}, None),
        ({"detected": NINE, "resolved": "2026-11-18T09:10:01Z"}, "it lasted 11 minutes, longer than 10 minutes"),
        ({"impact": {"started": NINE, "ended": "2026-11-18T09:05:00Z"}, "resolved": TEN}, None),
    ],
)
def test_a_review_by_severity_or_by_how_long_it_hurt(said: dict[str, Any], why: str | None) -> None:
    assert needs_review(incident("a", **said), Team(name="T")) == why
