"""Times of incidents, against a slow and obvious second computation."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from oncall_cli.model.incident import Impact, Incident
from oncall_cli.model.time import Instant
from oncall_cli.practice.metrics import IncidentSpans, spans_of, summary

SECONDS = st.lists(st.one_of(st.none(), st.integers(0, 1_000_000)), max_size=40)
MOMENT = st.one_of(st.none(), st.integers(0, 100).map(Instant))


@given(SECONDS)
def test_median_and_p90_are_what_their_definitions_say(values: list[int | None]) -> None:
    """Half take no longer than the median; the p90 is the least measured time that nine in ten keep."""
    known = [value for value in values if value is not None]
    found = summary(values)
    if not known:
        assert found is None
        return
    assert found is not None
    assert found.count == len(known)
    candidates = [each for each in known if Fraction(sum(one <= each for one in known), len(known)) >= Fraction(9, 10)]
    assert found.p90 == min(candidates)
    lower = min(each for each in known if 2 * sum(one <= each for one in known) >= len(known))
    upper = max(each for each in known if 2 * sum(one >= each for one in known) >= len(known))
    assert found.median == int(Fraction(lower + upper, 2))


@given(MOMENT, MOMENT, MOMENT, MOMENT, MOMENT, MOMENT)
def test_spans_are_counted_from_what_hurt_first(
    started: Instant | None,
    detected: Instant | None,
    created: Instant | None,
    acknowledged: Instant | None,
    mitigated: Instant | None,
    resolved: Instant | None,
) -> None:
    """Each time is counted between the two moments that its definition names, and never below zero."""
    incident = Incident(
        title="It broke",
        severity="sev1",
        impact=Impact(started=started),
        detected=detected,
        created=created,
        acknowledged=acknowledged,
        mitigated=mitigated,
        resolved=resolved,
    )
    found = spans_of(incident)
    ends = {"detect": detected, "acknowledge": acknowledged, "mitigate": mitigated, "resolve": resolved}
    begins = {"detect": [started], "acknowledge": [detected, created]}
    for name, end in ends.items():
        candidates = [one for one in begins.get(name, [started, detected, created]) if one is not None]
        expected = end - candidates[0] if candidates and end is not None else None
        assert getattr(found, name) == (expected if expected is not None and expected >= 0 else None)


def test_an_incident_by_hand() -> None:
    """02:10 it hurts, 02:13 noticed, 02:14 acknowledged, 02:41 mitigated, 02:52 over."""
    incident = Incident(
        title="It broke",
        severity="sev2",
        impact=Impact(started=Instant(600)),
        detected=Instant(780),
        acknowledged=Instant(840),
        mitigated=Instant(2460),
        resolved=Instant(3120),
    )
    assert spans_of(incident) == IncidentSpans(180, 60, 1860, 2520)
