"""Which recorded shift is meant, and what was logged since one's own last."""

from __future__ import annotations

from oncall_cli.model.shift import ShiftRecord
from oncall_cli.practice.shifts import (
    end_of_my_last,
    entries_since,
    last_ended,
    last_seen,
    running_of,
    shift_before,
)
from tests.practice.records import at, entry, shift

CAROL = shift(
    "carol", "primary", ("10 09:00", "17 09:00"), "10 09:00", "17 09:12",
    (
        entry("10 09:00", "carol", "Reporting for duty", "start"),
        entry("12 02:14", "carol", "Paged"),
        entry("13 11:00", "jo", "Network drill", "announcement"),
        entry("17 09:12", "carol", "End of watch", "end"),
    ),
)  # fmt: skip
ALICE = shift("alice", "primary", ("03 09:00", "10 09:00"), "03 09:00", "12 09:00")
SECOND = shift("dan", "secondary", ("10 09:00", "17 09:00"), "10 09:05")
DAN = shift("dan", "primary", ("17 09:00", "24 09:00"), "17 09:14")
ALL = (ALICE, CAROL, SECOND, DAN)


def test_running_shifts_are_the_begun_and_unended_of_a_person_primary_first() -> None:
    assert running_of(ALL, "dan") == [DAN, SECOND]
    assert running_of(ALL, "carol") == []


def before(shifts: tuple[ShiftRecord, ...], role: str, start: str, now: str) -> ShiftRecord | None:
    return shift_before(shifts, role, at(start), begun_before=at(now), besides=DAN)


def test_the_shift_before_is_the_last_of_the_role_to_have_ended() -> None:
    assert before(ALL, "primary", "17 09:00", "17 09:14") == CAROL
    assert before(ALL, "secondary", "17 09:00", "17 09:14") == SECOND
    assert before(ALL, "shadow", "17 09:00", "17 09:14") is None


def test_a_cover_inside_a_turn_does_not_hide_the_turn() -> None:
    running = CAROL.model_copy(update={"ended": None})
    cover = shift("alice", "primary", ("12 18:00", "12 23:00"), "12 18:00", "12 22:00")
    assert before((running, cover), "primary", "17 09:00", "17 09:14") == running
    assert before((running, cover), "primary", "16 09:00", "16 09:14") == cover


def test_who_stands_the_same_turn_does_not_come_before() -> None:
    together = shift("erin", "primary", ("17 09:00", "24 09:00"), "17 09:00")
    assert before((CAROL, together), "primary", "17 09:00", "17 09:14") == CAROL


def test_a_handoff_is_of_the_primary_that_ended_last_else_of_who_runs() -> None:
    assert last_ended(ALL) == CAROL
    assert last_ended([SECOND, DAN]) == DAN
    assert last_ended([]) is None


def test_the_log_is_read_from_the_end_of_ones_own_last_shift_without_its_marks() -> None:
    assert end_of_my_last(ALL, "alice", at("18 09:00")) == at("12 09:00")
    told = entries_since({"platform": ALL}, last_seen({"platform": ALL}, "alice", at("18 09:00")))
    assert [one.entry.text for one in told] == ["Network drill"]


def test_a_rotation_where_one_never_stood_is_read_from_ones_last_shift_elsewhere() -> None:
    support = shift(
        "eve", "primary", ("10 09:00", "17 09:00"), "10 09:00", None,
        (entry("12 08:00", "eve", "Before"), entry("12 10:00", "eve", "After")),
    )  # fmt: skip
    logs = {"platform": ALL, "support": (support,)}
    told = entries_since(logs, last_seen(logs, "alice", at("18 09:00")))
    assert [(one.rotation, one.entry.text) for one in told] == [
        ("support", "After"),
        ("platform", "Network drill"),
    ]


def test_a_newcomer_reads_a_week() -> None:
    told = entries_since({"platform": ALL}, last_seen({"platform": ALL}, "erin", at("18 09:00")))
    assert [one.entry.text for one in told] == ["Paged", "Network drill"]
