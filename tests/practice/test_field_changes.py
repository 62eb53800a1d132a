"""Which fields changed, and whether taking a change back takes back that change and no more."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncall_cli.practice.field_changes import Data, FieldChange, field_changes
from oncall_cli.practice.taking_back import edit_back, takes_back

WORDS = st.sampled_from(["a", "b", "c", "d"])
DATA: st.SearchStrategy[Any] = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=12
)


def log(*texts: str) -> Data:
    return {"log": [{"at": str(at), "text": text} for at, text in enumerate(texts)]}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"name": "A"}, {"name": "A"}, []),
        ({"name": "A"}, {"name": "B"}, [FieldChange(("name",), "A", "B")]),
        ({"a": "1", "b": "2"}, {"b": "2", "c": "3"}, [FieldChange(("a",), "1", None), FieldChange(("c",), None, "3")]),
        ({"m": ["a", "b"]}, {"m": ["b", "a"]}, [FieldChange(("m",), ["a", "b"], ["b", "a"])]),
        (
            log("x", "z"),
            log("x", "y", "z"),
            [FieldChange(("log", 1, "text"), "z", "y"), FieldChange(("log", 2), None, {"at": "2", "text": "z"})],
        ),
        (log("x"), log("x", "y"), [FieldChange(("log", 1), None, {"at": "1", "text": "y"})]),
        ({"l": [{"a": "1"}, {"a": "2"}]}, {"l": [{"a": "2"}]}, [FieldChange(("l", 0), {"a": "1"}, None)]),
        ({"a": {"b": "1"}}, {"a": "b"}, [FieldChange(("a",), {"b": "1"}, "b")]),
        (None, {"a": "1"}, [FieldChange((), None, {"a": "1"})]),
    ],
)
def test_the_innermost_fields(before: Data, after: Data, expected: list[FieldChange]) -> None:
    assert list(field_changes(before, after)) == expected


@given(DATA, DATA)
def test_nothing_changed_is_said_of_the_same_alone(before: Data, after: Data) -> None:
    assert (list(field_changes(before, after)) == []) == (before == after)


@given(DATA, DATA)
def test_each_change_is_a_true_one(before: Data, after: Data) -> None:
    """What is said to stand there now does stand there, and did not before."""
    for change in field_changes(before, after):
        assert change.before != change.after
        found: Any = after
        if change.after is not None:
            for key in change.keys:
                found = found[key]
            assert found == change.after


def test_two_long_lists_are_not_matched_item_by_item() -> None:
    """A file of 50,000 values costs no minutes."""
    before: Data = [{"a": str(number % 7)} for number in range(20_000)]
    after: Data = [{"a": str(number % 5)} for number in range(20_000)]
    assert [change.keys for change in field_changes(before, after)] == [()]


@given(DATA, DATA)
def test_going_back_takes_back(old: Data, new: Data) -> None:
    assert takes_back(old, new, new, old)


@pytest.mark.parametrize(
    ("now", "then", "verdict"),
    [
        (["a", "b", "x"], ["a", "x"], True),
        (["x", "a", "b"], ["x", "a"], True),
        (["a", "b", "x"], ["a"], False),
        (["a", "b"], ["b"], False),
        (["a", "b"], ["a", "b"], False),
    ],
)
def test_a_list_of_names_that_others_edited_too(now: list[Data], then: list[Data], verdict: bool) -> None:
    """Our 'b' came to it; others' names stay."""
    assert takes_back({"m": ["a"]}, {"m": ["a", "b"]}, {"m": now}, {"m": then}) == verdict


def test_a_line_of_a_log_whose_place_has_moved() -> None:
    entry = {"at": "9", "text": "ours"}
    others = {"at": "1", "text": "theirs"}
    assert takes_back({"log": []}, {"log": [entry]}, {"log": [others, entry]}, {"log": [others]})
    assert not takes_back({"log": []}, {"log": [entry]}, {"log": [others, entry]}, {"log": [entry]})


@pytest.mark.parametrize(
    ("old", "new", "now", "removes", "sets"),
    [
        (log("x"), log("x", "y"), log("x", "y", "z"), [("log", 1)], []),
        ({}, log("x"), log("x"), [("log",)], []),
        ({}, log("x"), log("x", "y"), [("log", 0)], []),
        ({"a": "1"}, {"a": "2"}, {"a": "2", "b": "3"}, [], [(("a",), "1")]),
        ({}, {"a": "2"}, {"a": "2", "b": "3"}, [("a",)], []),
    ],
)
def test_an_edit_that_takes_back(old: Data, new: Data, now: Data, removes: list[object], sets: list[object]) -> None:
    edit = edit_back("x.yaml", old, new, now)
    assert edit is not None
    assert (list(edit.removes), list(edit.sets)) == (removes, sets)


@pytest.mark.parametrize(
    ("old", "new", "now"),
    [
        ({"a": "1"}, {"a": "2"}, {"a": "3"}),
        ({"a": "1"}, {}, {"b": "2"}),
        (log("x"), log("x", "y"), log("x")),
        ({"l": [["a"]]}, {"l": [["a"], ["b"]]}, {"l": [["a"], ["b"], ["b"]]}),
        ({"l": [{"a": "1"}]}, {"l": [{"a": "2"}]}, {"l": [{"a": "2"}, {"a": "3"}]}),
        ("a", "b", "b"),
    ],
)
def test_no_such_edit(old: Data, new: Data, now: Data) -> None:
    """A field that says something else by now, an item that is gone, twice there, or was edited."""
    edit = edit_back("x.yaml", old, new, now)
    assert edit is None
