"""The algebra of spans against sets of seconds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from oncall_cli.model.time import Instant
from oncall_cli.schedule.spans import Span, difference, intersection, union

edges = st.integers(0, 40).map(Instant)
raw = st.lists(st.tuples(edges, edges), max_size=8)
sorted_spans = raw.map(union)


def seconds(spans: list[Span]) -> set[int]:
    return {second for start, end in spans for second in range(start, end)}


def proper(spans: list[Span]) -> bool:
    return all(start < end for start, end in spans) and all(
        one[1] <= other[0] for one, other in zip(spans, spans[1:], strict=False)
    )


@given(raw)
def test_union(spans: list[Span]) -> None:
    """Every second of any, in spans that do not touch."""
    joined = union(spans)
    assert seconds(joined) == seconds(spans)
    assert all(start < end for start, end in joined)
    assert all(one[1] < other[0] for one, other in zip(joined, joined[1:], strict=False))


@given(sorted_spans, sorted_spans)
def test_intersection_and_difference(one: list[Span], other: list[Span]) -> None:
    """Every second of both; every second of one and not of the other."""
    assert seconds(intersection(one, other)) == seconds(one) & seconds(other)
    assert seconds(difference(one, other)) == seconds(one) - seconds(other)
    assert proper(intersection(one, other))
    assert proper(difference(one, other))
