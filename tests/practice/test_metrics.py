"""How long the parts of an incident took, and their summary, against a slow count."""

from __future__ import annotations

from statistics import median as middle
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from oncall_cli.model.incident import Incident
from oncall_cli.practice.metrics import DEFINITIONS, spans_of, summary
from tests.practice.records import at


def incident(**said: Any) -> Incident:
    return Incident.model_validate({"title": "API", "severity": "sev1", **said})


def test_each_part_has_its_own_beginning() -> None:
    """Detection counts from the impact, all the rest from the detection."""
    one = incident(
        impact={"started": at("18 10:00")},
        detected=at("18 10:05"),
        acknowledged=at("18 10:07"),
        mitigated=at("18 10:35"),
        resolved=at("18 11:05"),
    )
    assert spans_of(one) == {"detect": 300, "acknowledge": 120, "mitigate": 1800, "resolve": 3600}
    assert spans_of(one).keys() == DEFINITIONS.keys()


def test_what_is_not_told_or_told_backwards_is_no_length() -> None:
    assert set(spans_of(incident()).values()) == {None}
    backwards = incident(detected=at("18 10:05"), acknowledged=at("18 10:04"), mitigated=at("18 10:05"))
    assert spans_of(backwards) == {"detect": None, "acknowledge": None, "mitigate": 0, "resolve": None}


@given(st.lists(st.none() | st.integers(0, 10**6), max_size=40))
def test_the_summary_is_what_a_slow_count_says(values: list[int | None]) -> None:
    known = [value for value in values if value is not None]
    found = summary(values)
    assert found.count == len(known)
    if not known:
        assert (found.median, found.p90) == (None, None)
        return
    assert found.median == int(middle(known))
    enough = [value for value in known if 10 * sum(other <= value for other in known) >= 9 * len(known)]
    assert found.p90 == min(enough)
