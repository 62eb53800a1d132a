"""Covers, swaps and taking over as a member of a team makes them: one commit each, and its exact diff.

Alice, bob and carol take weeks from Tuesday 09:00 in New York; on Wednesday the 18th, noon, carol is on call.
"""

from __future__ import annotations

import json

import pytest

from tests.commands.shift_team import SUPPORT, TEAM, WEDNESDAY, person
from tests.conftest import MakeTeam, Run

FOLDER = "rotations/platform/overrides"
FOUR = {
    **TEAM,
    "rotations/people/dan.yaml": person("Dan"),
    "rotations/platform/rotation.yaml": TEAM["rotations/platform/rotation.yaml"].replace("carol]", "carol, dan]"),
}
ALONE = {
    **TEAM,
    "rotations/platform/rotation.yaml": TEAM["rotations/platform/rotation.yaml"].replace(
        "  secondary: {offset: 1}\n", ""
    ),
}


def new(name: str, lines: str) -> str:
    """Return the diff of a commit that makes one override."""
    added = "".join(f"+{line}\n" for line in lines.splitlines())
    path = f"{FOLDER}/{name}.yaml"
    return (
        f"diff --git a/{path} b/{path}\nnew file mode 100644\n--- /dev/null\n+++ b/{path}\n"
        f"@@ -0,0 +1,{lines.count(chr(10))} @@\n{added}"
    )


PART_OF_A_SHIFT = """\
kind: cover
changes:
  - role: primary
    start: 2026-11-19T18:00:00-05:00
    end: 2026-11-20T08:00:00-05:00
    person: jo
    instead_of: carol
reason: A concert
requested_by: carol
created: 2026-11-18T12:00:00-05:00
"""


def test_a_part_of_ones_shift_goes_to_somebody(team: MakeTeam, run: Run) -> None:
    made = team(TEAM, "carol@example.com")
    span = ("--from", "thu 18:00", "--to", "fri 08:00")
    outcome = run("cover", "jo", "--for", "carol", *span, "--reason", "A concert", now=WEDNESDAY, TZ="America/New_York")
    assert outcome.code == 0
    assert made.last_diff() == new("2026-11-19-jo-covers-carol", PART_OF_A_SHIFT)
    assert (
        made.git("log", "-1", "--format=%s") == "jo covers for carol on platform (primary), 2026-11-19 to 2026-11-20\n"
    )
    assert outcome.out.startswith("1 shift changes hands")
    assert "primary: Jo instead of Carol, from Thu 19 Nov 18:00 until Fri 20 Nov 08:00" in outcome.out


WHOLE_SHIFT = """\
kind: cover
changes:
  - role: primary
    start: 2026-11-24T09:00:00-05:00
    end: 2026-12-01T09:00:00-05:00
    person: jo
    instead_of: alice
requested_by: jo
agreed_by: [jo]
created: 2026-11-18T12:00:00-05:00
"""


@pytest.mark.parametrize("shift", ["next", "2026-11-24", "2026-11-26"])
def test_i_cover_a_whole_shift(team: MakeTeam, run: Run, shift: str) -> None:
    made = team(TEAM, "jo@example.com")
    assert run("cover", "--for", "alice", "--shift", shift, "--role", "primary", now=WEDNESDAY).code == 0
    assert made.last_diff() == new("2026-11-24-jo-covers-alice", WHOLE_SHIFT)


def test_who_is_on_call_need_not_be_named(team: MakeTeam, run: Run) -> None:
    made = team(TEAM, "jo@example.com")
    assert run("cover", "--shift", "2026-11-24", now=WEDNESDAY).code == 0
    assert made.last_diff() == new("2026-11-24-jo-covers-alice", WHOLE_SHIFT)


SECONDARY = """\
kind: cover
changes:
  - role: secondary
    start: 2026-11-18T12:00:00-05:00
    end: 2026-11-24T09:00:00-05:00
    person: jo
    instead_of: alice
requested_by: jo
agreed_by: [jo]
created: 2026-11-18T12:00:00-05:00
"""


def test_a_shift_under_way_is_covered_from_now_and_in_another_role(team: MakeTeam, run: Run) -> None:
    made = team(TEAM, "jo@example.com")
    assert run("cover", "--for", "alice", "--shift", "2026-11-18", "--role", "secondary", now=WEDNESDAY).code == 0
    assert made.last_diff() == new("2026-11-18-jo-covers-alice", SECONDARY)


def test_a_second_cover_of_one_day_gets_a_number_and_only_its_file_is_committed(team: MakeTeam, run: Run) -> None:
    made = team(TEAM, "jo@example.com")
    for span in (("16:00", "18:00"), ("20:00", "22:00")):
        assert run("cover", "--for", "carol", "--from", span[0], "--to", span[1], now=WEDNESDAY, TZ="UTC").code == 0
    assert made.git("show", "--format=", "--name-only") == f"{FOLDER}/2026-11-18-jo-covers-carol-2.yaml\n"


def test_a_dry_run_tells_the_plan_and_writes_nothing(team: MakeTeam, run: Run) -> None:
    made = team(TEAM, "jo@example.com")
    outcome = run("cover", "--for", "alice", "--shift", "next", "--dry-run", now=WEDNESDAY)
    assert outcome.code == 0
    assert "Alice → Jo" in outcome.out
    assert "+    instead_of: alice" in outcome.out
    assert made.git("status", "--porcelain") == ""
    assert made.git("log", "--format=%s") == "The team begins\n"


def test_json_tells_the_override_the_plan_and_the_commit(team: MakeTeam, run: Run) -> None:
    made = team(TEAM, "jo@example.com")
    data = json.loads(run("cover", "--for", "alice", "--shift", "next", "--json", now=WEDNESDAY).out)["data"]
    assert (data["override"], data["rotation"]) == ("2026-11-24-jo-covers-alice", "platform")
    assert data["commit"] == made.git("rev-parse", "--short", "HEAD").strip()
    assert [change["after"] for change in data["plan"]["changes"]] == [["jo"]]


def test_auto_chooses_and_says_why(team: MakeTeam, run: Run) -> None:
    """Bob is carol's colleague without another place in her week: alice is its secondary."""
    made = team(ALONE, "carol@example.com")
    outcome = run("cover", "--auto", "--for", "carol", "--shift", "2026-11-18", now=WEDNESDAY)
    assert outcome.code == 0
    assert "    person: bob\n" in made.read(f"{FOLDER}/2026-11-18-bob-covers-carol.yaml")
    why = "Chosen as the best of those who are free: Bob (rested, 168h on call in the last 90 days)"
    assert why in outcome.out


WRONG = [
    (("cover",), 2, "it is not said until when"),
    (("cover", "--shift", "next"), 2, "does not say whose"),
    (("cover", "--for", "alice", "--shift", "soon"), 2, "'soon' names no shift"),
    (("cover", "--for", "alice", "--shift", "next", "--to", "sat"), 2, "--shift says the time already"),
    (("cover", "jo", "--auto", "--for", "alice", "--shift", "next"), 2, "--auto chooses who covers"),
    (("cover", "--for", "alise", "--shift", "next"), 3, "did you mean 'alice'?"),
    (("cover", "joo", "--for", "alice", "--shift", "next"), 3, "did you mean 'jo'?"),
    (("cover", "--for", "alice", "--shift", "next", "--role", "tertiary"), 3, "there is no role 'tertiary'"),
    (("cover", "--for", "alice", "--shift", "next", "-r", "platfrom"), 3, "did you mean 'platform'?"),
    (("cover", "--for", "carol", "--from", "yesterday", "--to", "sat"), 1, "is in the past"),
    (("cover", "--for", "carol", "--from", "sat", "--to", "fri"), 1, "is not after the start"),
    (("cover", "--for", "jo", "--from", "fri", "--to", "sat"), 1, "'jo' is not on call"),
    (("cover", "bob", "--for", "alice", "--shift", "next", "--role", "primary"), 1, "'bob' is secondary of 'platform'"),
    (("swap", "alice", "jo"), 1, "'jo' has no shift ahead"),
    (("swap", "alice", "bobb"), 3, "did you mean 'bob'?"),
    (("take",), 1, "'jo' is away from 2026-11-18 until 2026-11-19"),
    (("override", "remove", "2026-11-19-x"), 3, "there is no override yet"),
    (("override", "nobody", "--from", "fri", "--to", "sat"), 2, "Missing option '--reason'"),
    (("timeoff", "remove", "2026-12-24"), 1, "theirs begin on: 2026-11-18"),
    (("timeoff", "add", "--from", "24.12.", "--until", "2026-12-25"), 2, "--from: '24.12.' is neither a date"),
    (("timeoff", "add", "--from", "2026-11-18", "--until", "2026-11-20"), 1, "is away from 2026-11-18"),
]


@pytest.mark.parametrize(
    ("arguments", "code", "told"), WRONG, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_what_cannot_be_is_told_and_nothing_is_written(
    team: MakeTeam, run: Run, arguments: tuple[str, ...], code: int, told: str
) -> None:
    away = person("Jo", "time_off:\n  - {from: 2026-11-18, until: 2026-11-19}\n")
    made = team({**TEAM, "rotations/people/jo.yaml": away}, "jo@example.com")
    outcome = run(*arguments, now=WEDNESDAY)
    assert (outcome.code, outcome.out) == (code, "")
    assert told in outcome.err
    assert made.git("status", "--porcelain") == ""
    assert made.git("log", "--format=%s") == "The team begins\n"


SWAP = """\
kind: swap
changes:
  - role: primary
    start: 2026-11-24T09:00:00-05:00
    end: 2026-12-01T09:00:00-05:00
    person: bob
    instead_of: alice
  - role: primary
    start: 2026-12-01T09:00:00-05:00
    end: 2026-12-08T09:00:00-05:00
    person: alice
    instead_of: bob
reason: A wedding
requested_by: alice
agreed_by: [alice]
created: 2026-11-18T12:00:00-05:00
"""


def test_two_people_swap_their_next_shifts_and_swap_them_back(team: MakeTeam, run: Run) -> None:
    made = team(ALONE)
    before = run("schedule", "--json", now=WEDNESDAY).out
    assert run("swap", "alice", "bob", "--reason", "A wedding", now=WEDNESDAY).code == 0
    assert made.last_diff() == new("2026-11-24-alice-swaps-with-bob", SWAP)
    assert (
        made.git("log", "-1", "--format=%s") == "alice swaps 2026-11-24 with bob, 2026-12-01, on platform (primary)\n"
    )
    assert run("schedule", "--json", now=WEDNESDAY).out != before
    again = run("swap", "alice", "bob", "--shift", "2026-11-24", "--with", "2026-12-01", now=WEDNESDAY)
    assert again.code == 0
    assert "The swap 2026-11-24-alice-swaps-with-bob is taken back." in again.out
    assert made.git("show", "--format=%s", "--name-status") == (
        "remove the override 2026-11-24-alice-swaps-with-bob of platform\n\n"
        f"D\t{FOLDER}/2026-11-24-alice-swaps-with-bob.yaml\n"
    )
    assert run("schedule", "--json", now=WEDNESDAY).out == before


NEIGHBOURS = """\
kind: swap
changes:
  - role: primary
    start: 2026-11-24T09:00:00-05:00
    end: 2026-12-01T09:00:00-05:00
    person: alice
    instead_of: dan
  - role: secondary
    start: 2026-11-24T09:00:00-05:00
    end: 2026-12-01T09:00:00-05:00
    person: dan
    instead_of: alice
  - role: primary
    start: 2026-12-01T09:00:00-05:00
    end: 2026-12-08T09:00:00-05:00
    person: dan
    instead_of: alice
requested_by: alice
agreed_by: [alice]
created: 2026-11-18T12:00:00-05:00
"""


def test_neighbours_swap_although_one_is_the_others_secondary(team: MakeTeam, run: Run) -> None:
    made = team(FOUR)
    assert run("swap", "dan", "alice", now=WEDNESDAY).code == 0
    assert made.last_diff() == new("2026-11-24-dan-swaps-with-alice", NEIGHBOURS)
    assert run("check", now=WEDNESDAY).out == "8 files, no problems\n"


def test_a_swap_whose_handoff_hour_is_later_moved_stays_sane(team: MakeTeam, run: Run) -> None:
    """`instead_of` keeps it: nobody else loses an hour, and the hour left over stays whose it was."""
    made = team(ALONE)
    assert run("swap", "alice", "bob", now=WEDNESDAY).code == 0
    rotation = made.read("rotations/platform/rotation.yaml")
    made.commit({"rotations/platform/rotation.yaml": rotation.replace("tuesday 09:00", "tuesday 10:00")})
    assert run("check", now=WEDNESDAY).out == "7 files, no problems\n"
    held = [
        run("who", "platform", "--at", f"{when} America/New_York", "--json", now=WEDNESDAY).out
        for when in ("2026-11-24 09:30", "2026-11-24 10:00", "2026-12-01 09:30", "2026-12-08 09:30")
    ]
    assert [json.loads(one)["data"][0]["people"] for one in held] == [["carol"], ["bob"], ["alice"], ["bob"]]


def test_a_swap_that_no_longer_matches_anything_is_reported(team: MakeTeam, run: Run) -> None:
    """When the weeks become other people's, the swap changes nothing, and E303 says so."""
    made = team(ALONE)
    assert run("swap", "alice", "bob", now=WEDNESDAY).code == 0
    rotation = made.read("rotations/platform/rotation.yaml").replace("[alice, bob, carol]", "[carol, alice, bob]")
    made.commit({"rotations/platform/rotation.yaml": rotation})
    checked = run("check", now=WEDNESDAY)
    assert checked.code == 1
    assert "'alice' is not primary from Tue 2026-11-24 09:00 to Tue 2026-12-01 09:00" in checked.out


TAKEN = """\
kind: cover
changes:
  - role: primary
    start: 2026-11-18T12:00:00-05:00
    end: 2026-11-24T09:00:00-05:00
    person: jo
    instead_of: carol
requested_by: jo
agreed_by: [jo]
created: 2026-11-18T12:00:00-05:00
"""


def test_i_take_it_over_now_until_the_handoff(team: MakeTeam, run: Run) -> None:
    made = team(TEAM, "jo@example.com")
    outcome = run("take", now=WEDNESDAY)
    assert outcome.code == 0
    assert made.last_diff() == new("2026-11-18-jo-covers-carol", TAKEN)
    assert made.git("log", "-1", "--format=%s") == "jo takes over from carol on platform (primary)\n"
    assert "Report for duty with 'oncall start'." in outcome.out


LEFT = """\
kind: nobody
changes:
  - role: secondary
    start: 2026-11-18T12:00:00-05:00
    end: 2026-11-24T09:00:00-05:00
    person: nobody
    instead_of: alice
reason: alice takes over as primary
requested_by: alice
created: 2026-11-18T12:00:00-05:00
"""


def test_the_secondary_takes_over_and_their_place_is_told_to_be_empty(team: MakeTeam, run: Run) -> None:
    made = team(TEAM)
    assert run("take", now=WEDNESDAY).code == 0
    taken = TAKEN.replace("jo", "alice")
    assert made.last_diff() == new("2026-11-18-alice-covers-carol", taken) + new("2026-11-18-nobody-secondary", LEFT)
    data = json.loads(run("who", "platform", "--json", now=WEDNESDAY).out)["data"]
    assert [each["people"] for each in data] == [["alice"], []]


def test_in_several_rotations_it_must_be_said_which_is_taken(team: MakeTeam, run: Run) -> None:
    team({**TEAM, **SUPPORT})
    outcome = run("take", now="2026-11-17T20:00:00-05:00")
    assert outcome.code == 2
    assert "there are platform, support" in outcome.err
    assert "oncall take ROTATION" in outcome.err


def test_to_take_over_ends_where_a_shift_elsewhere_begins(team: MakeTeam, run: Run) -> None:
    """On Thursday alice is support; until then she can help."""
    team({**TEAM, **SUPPORT})
    outcome = run("take", "platform", now="2026-11-17T20:00:00-05:00", ONCALL_TZ="America/New_York")
    assert outcome.code == 0
    assert "primary: Alice instead of Carol, from Tue 17 Nov 20:00 until Thu 19 Nov 09:00" in outcome.out
    on_duty = run("take", "platform", now="2026-11-19T10:00:00-05:00")
    assert on_duty.code == 1
    assert "'alice' is primary of 'support'" in on_duty.err
