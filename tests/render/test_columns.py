"""Cells under each other, within the width of the terminal whatever the data."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from oncall_cli.render.text import columns, width_of

# Of at most twelve columns.
WORD = st.text("abcdefgh日本", min_size=1, max_size=6)
CELL = st.lists(WORD, max_size=6).map(" ".join)
ROWS = st.integers(2, 5).flatmap(
    lambda size: st.lists(st.lists(CELL, min_size=size, max_size=size), min_size=1, max_size=6)
)


def test_what_fits_stands_beside_each_other() -> None:
    assert columns([["a", "bb", "c"], ["aaa", "b", "c c"]], 20) == ["a    bb  c", "aaa  b   c c"]


def test_a_last_cell_that_does_not_fit_goes_below() -> None:
    assert columns([["2026-11-19-salinity", "open", "Wrong units in it"]], 30) == [
        "2026-11-19-salinity  open",
        "      Wrong units in it",
    ]


def test_where_the_others_alone_are_too_wide_what_does_not_fit_goes_below_in_every_row() -> None:
    rows = [
        ["2026-11-19-salinity", "open", "h.brandt@example.com", "Wrong units"],
        ["2026-11-20-map", "for staff meeting", "", "A map?"],
    ]
    assert columns(rows, 44) == [
        "2026-11-19-salinity  open",
        "      h.brandt@example.com · Wrong units",
        "2026-11-20-map       for staff meeting",
        "      A map?",
    ]


@settings(deadline=None)
@given(ROWS)
def test_no_line_is_wider_than_the_terminal_and_no_word_is_lost(rows: list[list[str]]) -> None:
    """But for a first cell, or a word, that is wider by itself."""
    first = max(width_of(row[0]) for row in rows) + 2
    lines = columns(rows, 40)
    assert all(width_of(line) <= max(40, first + 12) for line in lines)
    told = sorted(word for line in lines for word in line.split() if word != "·")
    assert told == sorted(word for row in rows for cell in row for word in cell.split())
