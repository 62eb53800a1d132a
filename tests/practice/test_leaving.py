"""What becomes of covers, swaps and times by name when somebody leaves."""

from __future__ import annotations

from typing import Any

from oncall_cli.model.override import Override, OverrideKind
from oncall_cli.model.time import Instant, format_instant, parse_instant
from oncall_cli.practice.leaving import Farewell, farewell
from oncall_cli.practice.roster import Timing, roster_change
from oncall_cli.practice.team_state import RotationFiles
from oncall_cli.schedule.compile import compile_schedule
from oncall_cli.schedule.seats import Leave
from tests.schedule.build import change, override, rotation, version

NOW = parse_instant("2026-11-18T12:00:00-06:00")
# Ben has the week of 16 November, then cy, dee, ana; handoffs are on Mondays at nine in Chicago.
MEMBERS = ("ana", "ben", "cy", "dee")


def week(number: int, who: str | list[str], **fields: str) -> dict[str, Any]:
    """A change over the week that begins so many weeks after Monday, 23 November."""
    start = parse_instant("2026-11-23T15:00:00Z") + number * 7 * 86400
    return change(*(format_instant(Instant(start + edge)) for edge in (0, 7 * 86400)), who, **fields)


def said(who: str, *overrides: Override, **fields: Any) -> Farewell:
    """What a leave on 18 November ends."""
    record = rotation(**({"members": MEMBERS} if "layers" not in fields else {}) | fields)
    files = RotationFiles(record, overrides, compile_schedule(record, overrides))
    layer = record.all_layers()[0].name
    made = roster_change(record, layer, Leave(who), Timing(), {}, NOW)
    return farewell(files, made, who, NOW)


def told(end: Farewell) -> list[tuple[str, str | None]]:
    return [(str(promise.fate), promise.override) for promise in end.promises]


def test_a_cover_that_lies_ahead_is_taken_back() -> None:
    end = said("ben", override("cover", week(1, "ben", instead_of="dee")))
    assert told(end) == [("removed", "cover")]
    [edit] = end.edits
    assert (edit.path, edit.deleted) == ("rotations/platform/overrides/cover.yaml", True)


def test_a_cover_of_a_turn_that_is_no_more_is_taken_back() -> None:
    """Ana was to stand in for ben in a week that is not ben's any more."""
    end = said("ben", override("cover", week(3, "ana", instead_of="ben")))
    assert told(end) == [("removed", "cover")]


def test_what_is_over_before_the_leave_stays() -> None:
    """Who leaves at the handoff still stands the cover of the day before."""
    saturday = change("2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z", "cy", instead_of="ben")
    assert said("cy", override("cover", saturday)) == ((), ())


def test_a_cover_across_the_handoff_ends_there() -> None:
    weekend = change("2026-11-22T00:00:00Z", "2026-11-25T00:00:00Z", "dee")
    end = said("dee", override("cover", weekend))
    assert told(end) == [("ended", "cover")]
    assert end.edits[0].sets == [(("changes", 0, "end"), "2026-11-23T09:00:00-06:00")]


def test_of_a_group_the_others_go_on() -> None:
    weekend = change("2026-11-22T00:00:00Z", "2026-11-25T00:00:00Z", ["dee", "ana"])
    end = said("dee", override("both", week(2, ["ana", "dee"]), weekend))
    [edit] = end.edits
    assert not edit.deleted
    assert (("changes", 0, "person"), "ana") in edit.sets
    rest = {
        "role": "primary",
        "start": "2026-11-23T09:00:00-06:00",
        "end": "2026-11-24T18:00:00-06:00",
        "person": "ana",
    }
    assert edit.appends == [(("changes",), rest)]


def test_the_other_half_of_a_swap_comes_back() -> None:
    """The whole file of a swap that lies ahead goes: whoever gave a week for it has it again."""
    swap = override("swap", week(0, "ben", instead_of="cy"), week(3, "cy", instead_of="ben"))
    swap = swap.model_copy(update={"kind": OverrideKind.SWAP})
    end = said("ben", swap)
    assert told(end) == [("dissolved", "swap"), ("dissolved", "swap")]
    assert end.edits[0].deleted


def test_the_half_of_a_swap_that_has_been_stays() -> None:
    swap = override("swap", week(-2, "ben", instead_of="ana"), week(3, "ana", instead_of="ben"))
    end = said("ben", swap.model_copy(update={"kind": OverrideKind.SWAP}))
    assert told(end) == [("removed", "swap")]
    assert (end.edits[0].deleted, end.edits[0].removes) == (False, [("changes", 1)])


def test_times_by_name_end() -> None:
    stints = [
        {"person": "ben", "from": "2026-11-16", "until": "2026-11-30"},
        {"person": "eve", "from": "2026-11-30", "until": "2026-12-07"},
        {"person": "ben", "from": "2026-12-07", "until": "2026-12-14"},
    ]
    end = said("ben", roles={"primary": {}, "shadow": stints})
    assert told(end) == [("ended", None), ("removed", None)]
    [edit] = end.edits
    assert edit.sets == [(("roles", "shadow", 0, "until"), "2026-11-23 09:00")]
    assert edit.removes == [("roles", "shadow", 2)]


def test_who_keeps_a_place_in_another_layer_keeps_their_promises() -> None:
    rule = {"handoff": {"every": "1 week", "at": "monday 09:00"}}
    layers = [
        {"name": "days", **rule, "roster": [version("2026-01-05", "ana", "ben")]},
        {"name": "nights", **rule, "roster": [version("2026-01-05", "ben", "cy")]},
    ]
    assert said("ben", override("cover", week(1, "ben")), layers=layers) == ((), ())
