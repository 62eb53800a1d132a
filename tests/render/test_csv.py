"""A spreadsheet never runs what somebody wrote."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from oncall_cli.render.csv import csv_text

CELLS = (
    st.text(st.characters(codec="utf-8"))
    | st.integers()
    | st.none()
    | st.sampled_from(["=1+1", "@SUM(A1)", "-x", "\t="])
)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_every_cell_is_read_back_and_none_is_a_formula(rows: list[tuple[object, object]]) -> None:
    read = list(csv.reader(io.StringIO(csv_text(["a", "b"], rows), newline="")))
    assert read[0] == ["a", "b"]
    assert len(read) == len(rows) + 1
    for got, given_ in zip(read[1:], rows, strict=True):
        for cell, value in zip(got, given_, strict=True):
            if isinstance(value, int):
                assert cell == str(value)
            else:
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
