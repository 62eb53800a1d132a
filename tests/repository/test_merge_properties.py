"""What holds for every merge of two shift records, whatever the two sides did to them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from oncall_cli.practice.three_way import merged
from oncall_cli.repository.merge import Merged, Versions, merge_file
from oncall_cli.repository.new_file import new_file
from oncall_cli.repository.parse import problems_in
from oncall_cli.repository.syntax import Tree, read_yaml

PATH = "rotations/platform/shifts/2026/2026-11-24-alice-primary.yaml"

TEXTS = st.sampled_from(["paged", "fixed: it", "looking # 3", "on it\nstill", "calm"])
ENTRIES = st.builds(
    lambda minute, by, text: {"at": f"2026-11-24T09:{minute:02d}:00-05:00", "by": by, "text": text},
    st.integers(0, 9),
    st.sampled_from(["alice", "bob"]),
    TEXTS,
)
RECORDS = st.fixed_dictionaries(
    {"person": st.sampled_from(["alice", "bob"]), "role": st.just("primary")},
    optional={
        "summary": TEXTS,
        "ended": st.sampled_from(["2026-11-25T09:00:00-05:00", "2026-11-25T10:00:00-05:00"]),
        # the same line twice is counted: a copy that one side adds makes up for one that the other takes away
        "log": st.lists(ENTRIES, min_size=1, max_size=4, unique_by=str),
        "ongoing": st.lists(TEXTS, min_size=1, max_size=3, unique=True),
        "checklist": st.lists(
            st.fixed_dictionaries({"text": TEXTS}, optional={"by": st.sampled_from(["alice", "bob"])}),
            min_size=1,
            max_size=3,
            unique_by=lambda item: item["text"],
        ),
    },
)
ADDED = st.lists(ENTRIES, min_size=1, max_size=3)


def log_of(data: bytes | None) -> list[object]:
    tree = read_yaml(data or b"", PATH)
    assert isinstance(tree, Tree)
    assert isinstance(tree.data, dict)
    log = tree.data.get("log")
    return log if isinstance(log, list) else []


def said(found: Merged) -> object:
    tree = read_yaml(found.data or b"", PATH)
    return tree.data if isinstance(tree, Tree) else found.data


@given(RECORDS, RECORDS, RECORDS)
@settings(max_examples=150, deadline=None)
def test_both_sides_get_the_same_record_or_the_same_dispute(base, ours, theirs) -> None:
    """A merge does not depend on who makes it; what comes out without a dispute is a valid record."""
    texts = [new_file(each) for each in (base, ours, theirs)]
    one = merge_file(PATH, Versions(texts[0], texts[1], texts[2]))
    two = merge_file(PATH, Versions(texts[0], texts[2], texts[1]))
    fields = [sorted((str(each.field), each.why) for each in found.disagreements) for found in (one, two)]
    assert fields[0] == fields[1]
    if not one.disagreements:
        assert said(one) == said(two)
        assert problems_in(PATH, one.data or b"") == []


@given(RECORDS, RECORDS, RECORDS)
@settings(max_examples=100, deadline=None)
def test_merging_again_changes_nothing(base, ours, theirs) -> None:
    """The merge of a merge with one of its sides is that merge."""
    texts = [new_file(each) for each in (base, ours, theirs)]
    once = merge_file(PATH, Versions(texts[0], texts[1], texts[2]))
    if not once.disagreements:
        again = [merge_file(PATH, Versions(texts[0], once.data, side)) for side in texts[1:]]
        assert [said(each) for each in again] == [said(once)] * 2
        assert all(each.disagreements == () for each in again)


@given(RECORDS, ADDED, ADDED)
@settings(max_examples=150, deadline=None)
def test_no_entry_of_either_side_is_lost(base, mine, theirs) -> None:
    """Every line that somebody added is in the log, once, and lines that are in order stay in order."""
    begun = sorted(base.get("log", ()), key=lambda entry: entry["at"])
    sides = [{**base, "log": [*begun, *added]} for added in (mine, theirs)]
    before = {**base, "log": begun} if begun else {key: base[key] for key in base if key != "log"}
    found = merge_file(PATH, Versions(new_file(before), new_file(sides[0]), new_file(sides[1])))
    assert found.disagreements == ()
    log = log_of(found.data)
    for side in sides:
        for entry in side["log"]:
            assert log.count(entry) >= side["log"].count(entry)
            assert log.count(entry) <= max(each["log"].count(entry) for each in sides)
    assert len(log) <= len(begun) + len(mine) + len(theirs)


@given(RECORDS, RECORDS)
@settings(max_examples=100, deadline=None)
def test_edits_of_different_fields_are_both_made(base, other) -> None:
    """What one side says of the log and the other of everything else is all there."""
    ours = {**base, "log": other.get("log", [])} if "log" in other else base
    theirs = {**other, **({"log": base["log"]} if "log" in base else {})}
    if "log" not in base:
        theirs.pop("log", None)
    found, clashes = merged(base, ours, theirs)
    assert clashes == []
    assert found == {**theirs, **({"log": ours["log"]} if "log" in ours else {})}
