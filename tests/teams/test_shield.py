"""The support week that shields the gateway team, with the pager behind it."""

from __future__ import annotations

from itertools import pairwise

from tests.conftest import Run
from tests.teams.conftest import Ask, StandIn

MONDAY = "2026-11-23T09:00:00-05:00"
PETRA = "rotations/support/shifts/2026/2026-11-23-petra-primary.yaml"


def test_v1_who_is_the_one_contact_and_who_has_the_pager(stand_in: StandIn, run: Run) -> None:
    """V1: one first point of contact, and a second layer behind the pager; one question answers both."""
    stand_in("shield", "owen")
    outcome = run("--as", "nadia", "who", "support", now="2026-11-24T11:00:00-05:00")
    assert outcome.code == 0
    primary, secondary, ladder = outcome.out.index("primary"), outcome.out.index("secondary"), outcome.out.index("no a")
    assert "Petra Kovacs  +1-202-555-0133" in outcome.out[primary:secondary]
    assert "until Mon 30 Nov 09:00, in 5d 22h; then Raj Deshmukh" in outcome.out[primary:secondary]
    assert "Lena Hoffmann  +1-202-555-0130" in outcome.out[secondary:ladder]
    said = " ".join(outcome.out[ladder:].split())
    assert said.startswith(
        "no answer? after 15m secondary Lena Hoffmann; after 30m Keystone identity, support line (+1-"
    )


def test_v1_a_week_each_and_always_somebody_behind(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """V1: weeks begin on Monday at 9:00 Eastern, the two lists go round on their own, nobody is left out."""
    stand_in("shield", "petra")
    year = ("--from", "2026-11-23 09:00", "--to", "2027-11-22 09:00")
    said = ask("schedule", "support", *year, now=MONDAY)
    assert (said["gaps"], run("gaps", *year, now=MONDAY).code) == ([], 0)
    weeks = [shift for shift in said["shifts"] if shift["role"] == "primary"]
    pager = [shift for shift in said["shifts"] if shift["role"] == "secondary"]
    assert len(weeks) == 52
    assert {shift["start"][11:] for shift in weeks} == {"14:00:00Z", "13:00:00Z"}  # 9:00 in winter and in summer
    assert all(before["end"] == after["start"] for role in (weeks, pager) for before, after in pairwise(role))
    names = [*(shift["people"][0] for shift in weeks)]
    assert names[:8] == ["petra", "raj", "nadia", "owen", "raj", "petra", "nadia", "owen"]  # Christmas is swapped
    assert {name: names.count(name) for name in sorted(names)} == {"nadia": 13, "owen": 13, "petra": 13, "raj": 13}
    assert [*(shift["people"][0] for shift in pager[:4])] == ["lena", "tomas", "lena", "tomas"]


def test_v1_the_second_layer_is_covered_alone(stand_in: StandIn, ask: Ask) -> None:
    """V1: Tomas is at a conference, so Lena keeps the pager; the week's support does not notice."""
    stand_in("shield", "tomas")
    held = ask("who", "support", "--at", "2026-12-02 10:00", now=MONDAY)
    assert [(each["role"], each["people"], each["source"]) for each in held] == [
        ("primary", ["raj"], "roster"),
        ("secondary", ["lena"], "override"),
    ]


def test_v1_petra_begins_her_week_and_owen_learns_that_it_is_not_his(stand_in: StandIn, run: Run) -> None:
    """V1: the contact changes hands on Monday, and git says so."""
    clone = stand_in("shield", "petra")
    screen = run("start", now=MONDAY)
    assert screen.code == 0
    assert "Petra Kovacs reports for duty: support, primary\n  until Mon 30 Nov 09:00, in 7d\n" in screen.out
    assert "  Owen Brightman has not ended the shift before: ask for 'oncall end'\n" in screen.out
    assert "      Support this week: Petra Kovacs\n" in screen.out
    assert clone.last_commit() == ("petra@example.com", "petra reports for duty on support (primary)", [PETRA])
    assert "  end: 2026-11-30T09:00:00-05:00\n" in clone.read(PETRA)
    clone.hand_to("owen")
    refused = run("start", now="2026-11-23T09:10:00-05:00")
    assert (refused.code, refused.out, clone.commits()) == (1, "", 2)
    assert "Petra Kovacs is on call in 'support' until Mon 30 Nov 07:00" in refused.err  # Denver, where he lives
