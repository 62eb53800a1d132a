"""The life of an incident: what may follow what, held against a table and an oracle that only looks at the times."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oncall_cli.errors import Refused
from oncall_cli.model.incident import Incident
from oncall_cli.model.time import Instant, parse_instant
from oncall_cli.model.zone import Zone
from oncall_cli.practice.doing import Doing
from oncall_cli.practice.edits import RecordEdit
from oncall_cli.practice.escalation import began_to_wait, level_of
from oncall_cli.practice.incident_edits import escalated, merge, move
from oncall_cli.practice.incident_rules import Step, skipped
from oncall_cli.practice.stamps import stamp

ZONE = Zone("America/New_York")
BEGAN = parse_instant("2026-11-18T10:00:00-05:00")
NEW: dict[str, Any] = {
    "title": "Down",
    "severity": "sev1",
    "detected": "2026-11-18T10:00:00-05:00",
    "responders": {"commander": "alice"},
    "timeline": [{"at": "2026-11-18T10:00:00-05:00", "by": "alice", "kind": "opened", "text": "Opened"}],
}
ORDER = ("detected", "acknowledged", "mitigated", "resolved")
KEYS = {Step.ACKNOWLEDGE: "acknowledged", Step.MITIGATE: "mitigated", Step.RESOLVE: "resolved"}

# By hand: the status that a step leads to when its time is now; None where it may not be taken.
TABLE: dict[tuple[str, Step], str | None] = {
    ("open", Step.ACKNOWLEDGE): "acknowledged",
    ("open", Step.MITIGATE): "mitigated",
    ("open", Step.RESOLVE): "resolved",
    ("open", Step.REOPEN): None,
    ("acknowledged", Step.ACKNOWLEDGE): None,
    ("acknowledged", Step.MITIGATE): "mitigated",
    ("acknowledged", Step.RESOLVE): "resolved",
    ("acknowledged", Step.REOPEN): None,
    ("mitigated", Step.ACKNOWLEDGE): None,
    ("mitigated", Step.MITIGATE): None,
    ("mitigated", Step.RESOLVE): "resolved",
    ("mitigated", Step.REOPEN): None,
    ("resolved", Step.ACKNOWLEDGE): None,
    ("resolved", Step.MITIGATE): None,
    ("resolved", Step.RESOLVE): None,
    ("resolved", Step.REOPEN): "acknowledged",
}
WAY = {"open": (), "acknowledged": (0,), "mitigated": (0, 1), "resolved": (0, 1, 2)}


def incident(data: Mapping[str, Any]) -> Incident:
    made = Incident.model_validate(data)
    made.read_from("2026-11-18-down", made._source._replace(path="rotations/web/incidents/2026/2026-11-18-down.yaml"))
    return made


def applied(data: dict[str, Any], edit: RecordEdit) -> dict[str, Any]:
    """Do to plain data what the edit does to a file."""
    after = {key: dict(value) if isinstance(value, dict) else value for key, value in data.items()}
    after.update(edit.fields)
    for keys, value in edit.sets:
        after.setdefault(str(keys[0]), {})[keys[1]] = value
    for key in edit.removes:
        place = after
        for part in key[:-1]:
            place = place[str(part)]
        del place[str(key[-1])]
    for keys, index, value in edit.inserts:
        after[str(keys[0])] = [*after[str(keys[0])][:index], value, *after[str(keys[0])][index:]]
    for keys, value in edit.appends:
        after[str(keys[0])] = [*after.get(str(keys[0]), []), value]
    return after


def at(minute: int) -> Doing:
    return Doing(Instant(BEGAN + 60 * minute), "bob", ZONE)


@pytest.mark.parametrize(("status", "step"), list(TABLE), ids=lambda part: str(part))
def test_what_may_follow_what(status: str, step: Step) -> None:
    data = NEW
    for number in WAY[status]:
        data = applied(data, move(incident(data), tuple(Step)[number], at(number + 1)))
    assert incident(data).status == status
    expected = TABLE[status, step]
    if expected is None:
        with pytest.raises(Refused):
            move(incident(data), step, at(9))
    else:
        assert incident(applied(data, move(incident(data), step, at(9)))).status == expected


def allowed(data: Mapping[str, Any], step: Step, moment: int, reopened: int | None) -> bool:
    """Say whether a step may be taken, by putting its time among the others: the slow and obvious way."""
    known = {key: parse_instant(data[key]) for key in ORDER if key in data}
    if step is Step.REOPEN:
        return "resolved" in known and moment >= max(known.values()) and moment >= (reopened or 0)
    if KEYS[step] in known:
        return False
    if step is not Step.ACKNOWLEDGE and reopened is not None and moment < reopened:
        return False
    times = {**known, KEYS[step]: Instant(moment)}
    return [times[key] for key in ORDER if key in times] == sorted(times.values())


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(Step), st.integers(-5, 60)), max_size=12))
def test_whatever_people_do_status_and_times_agree(done: list[tuple[Step, int]]) -> None:
    data, reopened = NEW, None
    for step, minute in done:
        moment = BEGAN + 60 * minute
        may = allowed(data, step, moment, reopened)
        try:
            edit = move(incident(data), step, at(minute))
        except Refused:
            assert not may, (data, step, minute)
            continue
        assert may, (data, step, minute)
        data = applied(data, edit)
        reopened = moment if step is Step.REOPEN else reopened
        now = incident(data)
        expected = next((key for key in reversed(ORDER) if key in data and key != "detected"), "open")
        assert now.status == expected
        moments = [entry.at for entry in now.timeline]
        assert moments == sorted(moments)


def test_resolving_first_is_allowed_and_what_was_left_out_is_named() -> None:
    assert skipped(incident(NEW), Step.RESOLVE) == ["acknowledged", "mitigated"]
    resolved = applied(NEW, move(incident(NEW), Step.RESOLVE, at(30)))
    late = applied(resolved, move(incident(resolved), Step.ACKNOWLEDGE, at(5)))
    now = incident(late)
    assert (now.status, now.acknowledged) == ("resolved", BEGAN + 300)
    assert [entry.kind for entry in now.timeline] == ["opened", "acknowledged", "resolved"]


def test_whoever_acknowledges_commands_and_a_second_one_does_not() -> None:
    taken = applied(NEW, move(incident(NEW), Step.ACKNOWLEDGE, at(1)))
    assert taken["responders"] == {"commander": "bob"}
    alone = {key: value for key, value in NEW.items() if key != "responders"}
    assert applied(alone, move(incident(alone), Step.ACKNOWLEDGE, at(1)))["responders"] == {"commander": "bob"}


def test_what_is_reopened_has_the_ladder_before_it_again() -> None:
    told = applied(NEW, escalated(incident(NEW), at(6), {2: "Escalated to secondary"}))
    assert level_of(incident(told)) == 2
    solved = applied(told, move(incident(told), Step.RESOLVE, at(10)))
    back = incident(applied(solved, move(incident(solved), Step.REOPEN, at(20))))
    assert (back.status, level_of(back), began_to_wait(back)) == ("open", 0, BEGAN + 1200)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(Step), st.integers(0, 60)), max_size=6), st.integers(-30, 30))
def test_two_that_are_merged_keep_their_times_in_order(done: list[tuple[Step, int]], shift: int) -> None:
    """Whatever became of both before, the one that goes on has its times in order, and every entry of both."""
    two = []
    for offset in (0, shift):
        data = {**NEW, "detected": _spelled(BEGAN + 60 * offset)}
        for step, minute in done[offset != 0 :]:
            try:
                data = applied(data, move(incident(data), step, at(minute + offset)))
            except Refused:
                continue
        two.append(data)
    old, into = (incident(data) for data in two)
    old.read_from("2026-11-18-other", old._source)
    try:
        _, edit = merge(old, into, at(200))
    except Refused:
        assert into.status == "resolved"
        assert old.status != "resolved"
        return
    now = incident(applied(two[1], edit))
    times = [moment for key in ORDER if (moment := getattr(now, key)) is not None]
    assert times == sorted(times)
    assert {(entry.at, entry.text) for entry in (*old.timeline, *into.timeline)} <= {
        (entry.at, entry.text) for entry in now.timeline
    }


def _spelled(moment: int) -> str:
    return stamp(Instant(moment), ZONE)
