"""Two calendars held against each other, second by second."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from oncall_cli.model.time import Instant
from oncall_cli.practice.calendar_difference import Kind, Names, Piece, differences, segments

LENGTH = 30
PIECES = st.lists(
    st.tuples(
        st.integers(-5, LENGTH).map(Instant),
        st.integers(-5, LENGTH + 5).map(Instant),
        st.frozensets(st.sampled_from("abc"), min_size=1, max_size=2),
    ),
    max_size=6,
)
WINDOW = Instant(0), Instant(LENGTH)


def named(pieces: list[Piece], second: int) -> Names:
    return frozenset(who for start, end, names in pieces if start <= second < end for who in names)


@given(PIECES, PIECES)
def test_segments_tell_every_second(said: list[Piece], pieces: list[Piece]) -> None:
    """They lie one after the other, none is empty, and no two neighbours are the same."""
    found = segments(said, pieces, WINDOW)
    told = [(theirs, ours) for start, end, theirs, ours in found for _ in range(start, end)]
    assert told == [(named(said, second), named(pieces, second)) for second in range(LENGTH)]
    assert all(one[2:] != other[2:] for one, other in zip(found, found[1:], strict=False))


@given(PIECES, PIECES)
def test_differences_are_where_they_differ(said: list[Piece], pieces: list[Piece]) -> None:
    """Each second in which they name others is in one difference; only after the last event are some told together."""
    found = differences(said, pieces, WINDOW)
    for second in range(LENGTH):
        theirs, ours = named(said, second), named(pieces, second)
        [*about] = [one for one in found if one.start <= second < one.end]
        if about and about[0].kind is Kind.ENDS:
            assert not theirs
            continue
        assert [(set(one.calendar), set(one.schedule)) for one in about] == ([(theirs, ours)] if theirs != ours else [])
