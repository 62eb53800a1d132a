"""Team D: a week of half days at the data desk, from "Reporting for duty" to "End of watch", and over again."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.commands.test_probe import pages
from tests.conftest import Run
from tests.teams.conftest import StandIn
from tests.teams.week import Week, squeezed

MAIL = """\
From: Grace Hall <grace@university.example.edu>
To: desk@example.org
Subject: Cannot download the tide tables
Date: Mon, 23 Nov 2026 09:12:00 -0500
Content-Type: text/plain; charset=utf-8

The download stops at 4 GB.
"""
ANA = "rotations/desk/shifts/2026/2026-11-23-ana-primary.yaml"
LINKS = """\
  - {{title: Uptime, url: "{0}/status.json", probe: true}}
  - {{title: Status JSON, url: "{0}/status.json", probe: true, json: status.indicator, expect: none}}
"""


def at(day: str, time: str) -> str:
    return f"2026-11-{day}T{time}:00-05:00"


def test_a_week_at_the_desk(stand_in: StandIn, run: Run, golden: Callable[[str, str], None]) -> None:
    """D3 to D11."""
    clone = stand_in("students", "ana")
    week = Week(clone, run)
    with pages() as address:
        clone.hand_to("mara")
        old = clone.read("rotations/desk/rotation.yaml").partition("links:\n")[2].partition("  - {title: Issues")[0]
        clone.change("rotations/desk/rotation.yaml", old, LINKS.format(address))
        clone.git("commit", "--amend", "--quiet", "--no-edit", "--date", at("22", "10:00"))
        monday(week)
        afternoon(week)
        rest(week)
        week.hold(golden, "students", address)


def monday(week: Week) -> None:
    """Ana has the morning: a mail, an outage, a look at production, a line from outside."""
    clone = week.clone
    screen = squeezed(week.step("ana", at("23", "09:00"), "start --no-post").out)
    assert "Ana Figueroa reports for duty: desk, primary until Mon 23 Nov 13:00, in 4h" in screen
    assert "Logged since your last shift" in screen
    assert "10:00 Run the link checker and open an issue for each broken data set" in screen
    assert '1 [ ] Post "Reporting for duty" Reporting for duty: Ana Figueroa at the data desk.' in screen
    assert "Group mail https://mail.example.com/groups/tidepool" in screen
    for item in ("1", "2", "3", "4"):
        week.step("ana", at("23", "09:05"), f"done {item}")
    (clone.root.parent / "tides.eml").write_bytes(MAIL.encode())
    week.step("ana", at("23", "09:20"), "request open --mail ../tides.eml")
    week.step("ana", at("23", "09:25"), "request ack tide")
    week.step("ana", at("23", "09:40"), "request issue tide '#88'")
    week.step("ana", at("23", "09:45"), "message render scenario-1-outage --request tide --sent")
    probed = week.step("ana", at("23", "10:00"), "probe desk --log")
    assert squeezed(probed.out).startswith("up Uptime 0.")
    week.step("ana", at("23", "10:30"), "duty done broken-links --note 'Two, both of one owner'")
    week.step("felix", at("23", "11:00"), "log -r desk --kind announcement 'Network drill at noon'")
    week.step("ana", at("23", "12:30"), "request time tide +40m")
    early = week.step("ana", at("23", "12:58"), "end --no-post --ongoing 'Tide tables stop at 4 GB'")
    week.keep("Ana hands over", early.out)
    assert "still open on the checklist: Summarise mails sent" in early.err
    assert (
        "summary: |\n  1 mail answered, 1 issue created, 1 request handled, 1 duty done, 1 announcement."
        in clone.read(ANA)
    )


def afternoon(week: Week) -> None:
    """Ben accepts, reads what happened, defers what may wait for the staff meeting, and ends."""
    clone = week.clone
    screen = squeezed(week.step("ben", at("23", "13:01"), "start desk --no-post").out)
    assert "Handed over by Ana Figueroa, Mon 23 Nov 12:58; accepted by Ben Achterberg" in screen
    assert "! Mon 23 Nov 11:00 felix: announcement: Network drill at noon" in screen
    assert "2026-11-23-cannot-download-the-tide-tables acknowledged" in screen
    assert "accepted:\n  by: ben\n  at: 2026-11-23T13:01:00-05:00\n" in clone.read(ANA)
    week.step("ben", at("23", "14:00"), "request open 'Could the map show depth?' --by 'A teacher'")
    week.step("ben", at("23", "14:05"), "request defer could-the-map 'staff meeting'")
    week.step("ben", at("23", "16:00"), "request close tide --solution 'The proxy cut it; raised to 16 GB'")
    agenda = week.step("mara", at("23", "16:30"), "agenda 'staff meeting'").out
    assert "Could the map show depth?" in agenda
    week.keep("Ben hands over", week.step("ben", at("23", "17:00"), "end --no-post -m 'Tide tables work again.'").out)
    week.keep("Ana's, accepted", week.step("mara", at("24", "08:00"), "handoff --shift 2026-11-23-ana-primary").out)
    filled = week.step("mara", at("24", "08:00"), "handoff desk --template end-of-watch").out
    assert filled == "Tide tables work again.\n\nOngoing:\n- nothing\n"


def rest(week: Week) -> None:
    """Everybody who comes takes over from whoever went, until Thanksgiving; the first of them reads it all."""
    begin = ("--from", "2026-11-24 09:00", "--to", "2026-11-28")
    said = json.loads(week.run("schedule", "desk", *begin, "--json", now=at("24", "09:00")).out)["data"]
    stood = [shift for shift in said["shifts"] if shift["people"]]
    assert [shift["people"][0] for shift in stood] == ["chloe", "dmitri", "esra", "ana"]
    screens = []
    for shift in stood:
        [who] = shift["people"]
        screens.append(squeezed(week.step(who, shift["start"], "start desk --no-post").out))
        week.step(who, shift["end"], "end --no-post")
    assert "Handed over by Ben Achterberg" in screens[0]
    assert "Probed. up: Uptime, Status JSON" in screens[0]
    assert "Mara Lindholm: Edit rotations/desk/rotation.yaml (rotations/desk/rotation.yaml)" in screens[0]
    assert "accepted by Ana" in screens[-1]
    filled = week.step("mara", at("26", "08:00"), "handoff desk --template end-of-watch").out
    assert filled.startswith("Quiet: nothing was logged.\n- Missed: ")
