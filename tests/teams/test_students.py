"""The students' desk: business hours, half days, a log that everybody reads."""

from __future__ import annotations

import pytest

from tests.conftest import Run
from tests.teams.conftest import Ask, StandIn

MONDAY = "2026-11-23T09:00:00-05:00"
EARLY = "2026-11-23T07:00:00-05:00"
ANA = "rotations/desk/shifts/2026/2026-11-23-ana-primary.yaml"
DESK = "rotations/desk/rotation.yaml"
COVER = "rotations/desk/overrides/2026-12-08-cover-dmitri.yaml"


def test_d1_the_desk_is_staffed_from_9_to_5_but_for_the_days_when_the_university_is_closed(
    stand_in: StandIn, run: Run, ask: Ask
) -> None:
    """D1: staff is on duty Monday to Friday from 9 to 5 without a gap; closed days are said beforehand."""
    stand_in("students", "mara")
    outcome = run("gaps", now=MONDAY)
    assert (outcome.code, "No gaps." in outcome.out, "NOT COVERED" in outcome.out) == (0, True, False)
    closed = [(gap["rotation"], gap["start"][5:10], gap["intended"]) for gap in ask("gaps", now=MONDAY)]
    winter = ["12-23", "12-24", "12-25", "12-28", "12-29", "12-30", "12-31", "01-01"]
    desk = [("desk", day, True) for day in ["11-26", "11-27", *winter]]
    assert closed == [*desk, ("imports", "12-26", True)]
    assert (run("check", now=MONDAY).code, ask("check", now=MONDAY)) == (0, [])


def test_d1_every_minute_of_a_week_is_somebodys(stand_in: StandIn, ask: Ask) -> None:
    """D1: the half days of the next full week follow each other from 9:00 to 17:00."""
    stand_in("students", "mara")
    week = ("--from", "2026-11-30 00:00", "--to", "2026-12-05 00:00")
    shifts = ask("schedule", "desk", *week, now=MONDAY)["shifts"]
    assert [(shift["start"][8:16], shift["end"][8:16], *shift["people"]) for shift in shifts] == [
        (f"{day}T{start}:00", f"{day}T{end}:00", person)
        for day, morning, afternoon in [
            ("30", "ana", "ben"),
            ("01", "chloe", "dmitri"),
            ("02", "esra", "ana"),
            ("03", "ben", "chloe"),
            ("04", "dmitri", "esra"),
        ]
        for start, end, person in [(14, 18, morning), (18, 22, afternoon)]
    ]


@pytest.mark.parametrize(
    ("old", "new", "hole"),
    [
        ('  - "monday-friday 09:00-17:00"\nroster', '  - "monday-friday 09:00-16:00"\nroster', "16:00 – 17:00"),
        ('hours: ["monday-friday 09:00-17:00"]', 'hours: ["monday-friday 08:00-17:00"]', "08:00 – 09:00"),
    ],
    ids=["shorter hours", "a longer promise"],
)
def test_d1_a_hole_is_found_before_anybody_falls_into_it(
    stand_in: StandIn, run: Run, ask: Ask, old: str, new: str, hole: str
) -> None:
    """D1: what leaves the desk empty is an error with its place, today."""
    stand_in("students", "mara").change(DESK, old, new)
    gaps = run("gaps", "desk", now=EARLY)
    assert (gaps.code, gaps.out.splitlines()[1].split("  ")[1]) == (1, f"Mon 23 Nov {hole}")
    assert gaps.out.splitlines()[1].endswith("  1h  primary  NOT COVERED")
    [error] = ask("check", now=EARLY)
    assert (error["code"], error["severity"], error["path"]) == ("E301", "error", DESK)
    assert f"nobody is primary of 'desk' from Mon 2026-11-23 {hole.replace('–', 'to')}" in error["message"]
    assert run("check", now=EARLY).code == 1


def test_d1_the_schedule_is_made_around_peoples_constraints(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """D1: Dmitri's exam is Ben's afternoon; without the cover the manager is told, and a wrong one is an error."""
    clone = stand_in("students", "mara")
    [answer] = ask("who", "desk", "--at", "2026-12-08 13:30", now=MONDAY)
    assert (answer["people"], answer["source"], answer["end"]) == (["ben"], "override", "2026-12-08T22:00:00Z")
    clone.change(COVER, "instead_of: dmitri", "instead_of: esra")
    assert (run("check", now=MONDAY).code, [problem["code"] for problem in ask("check", now=MONDAY)]) == (
        1,
        ["E303", "W401"],
    )
    clone.git("rm", "--quiet", COVER)
    [warning] = ask("check", now=MONDAY)
    assert (warning["code"], warning["path"]) == ("W401", "rotations/people/dmitri.yaml")
    assert "'dmitri' is away until 2026-12-09 and is primary of 'desk' from Tue 2026-12-08 13:00" in warning["message"]


def test_d3_reporting_for_duty_is_the_first_entry_of_the_log(stand_in: StandIn, run: Run) -> None:
    """D3: whoever comes to the desk says so, where everybody reads it."""
    clone = stand_in("students", "ana")
    outcome = run("start", now=MONDAY)
    assert outcome.code == 0
    assert outcome.out.startswith("Ana Figueroa reports for duty: desk, primary\n  until Mon 23 Nov 13:00, in 4h\n")
    assert "      Reporting for duty: Ana Figueroa at the data desk.\n" in outcome.out
    assert clone.last_commit() == ("ana@example.com", "ana reports for duty on desk (primary)", [ANA])
    assert clone.read(ANA) == (
        "person: ana\n"
        "role: primary\n"
        "started: 2026-11-23T09:00:00-05:00\n"
        "scheduled:\n"
        "  start: 2026-11-23T09:00:00-05:00\n"
        "  end: 2026-11-23T13:00:00-05:00\n"
        "log:\n"
        "  - at: 2026-11-23T09:00:00-05:00\n"
        "    by: ana\n"
        "    kind: start\n"
        "    text: Reporting for duty\n"
    )


def test_d4_ana_reads_what_happened_since_wednesday_and_nothing_older(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """D4: read the log and the issues since your own last shift, whoever stood the shifts between."""
    stand_in("students", "ana")
    news = ask("start", "--dry-run", now=MONDAY)["log"]
    assert [(entry["at"][8:16], entry["by"], entry["kind"], entry["about"]) for entry in news] == [
        ("19T14:48", "ben", "incident", "2026-11-19-downloads-503"),
        ("19T14:55", "felix", "note", None),
        ("19T15:30", "ben", "mail", "2026-11-19-marine-lab-download"),
        ("19T19:40", "chloe", "duty", "faq"),
        ("19T21:15", "chloe", "request", "2026-11-19-salinity-units"),
        ("20T14:50", "dmitri", "request", "2026-11-20-map-view"),
    ]
    screen = run("start", now=MONDAY).out
    assert "  Dmitri Volkov has not ended the shift before: ask for 'oncall end'\n" in screen
    assert "Handed over by Chloe Park, Thu 19 Nov 17:00\n" in screen
    assert "  Thu 19 Nov 09:48  ben: incident: Downloads answer 503, the uptime page is red\n" in screen
    assert "(2026-11-19-downloads-503)" in screen
    assert "  Fri 20 Nov 09:50  dmitri: request: A school asks for a map view" in screen
    assert "Restored buoys" not in screen  # her own, of Wednesday
    incidents = screen.split("Incidents, open or since your last shift\n")[1].split("\n\n")[0]
    assert incidents.startswith("  2026-11-19-downloads-503  sev1  resolved")
    requests = screen.split("Requests, open or since your last shift\n")[1].split("\n\n")[0]
    assert sum(line.startswith("  2026-11-") for line in requests.splitlines()) == 3


def test_d4_chloe_reads_the_rotations_that_she_shares_each_since_her_last_shift_there(
    stand_in: StandIn, run: Run, ask: Ask
) -> None:
    """D4: at the desk since the 19th, and of the imports, which she last watched on the 14th, all since then."""
    clone = stand_in("students", "ben")
    assert run("start", now="2026-11-21T10:00:00-05:00").code == 0
    assert run("log", "3,900 files came in", "--kind", "task", now="2026-11-21T11:50:00-05:00").code == 0
    clone.hand_to("chloe")
    news = ask("start", now="2026-11-24T09:00:00-05:00")["log"]
    assert [(entry["rotation"], entry["by"], entry["text"][:13]) for entry in news] == [
        ("desk", "dmitri", "A school asks"),
        ("imports", "ben", "3,900 files c"),
    ]


def test_d8_felix_is_not_on_duty_and_writes_into_the_log_of_whoever_is(stand_in: StandIn, run: Run) -> None:
    """D8: the log takes an entry whenever events warrant one, from whoever knows."""
    clone = stand_in("students", "ana")
    run("start", now=MONDAY)
    clone.hand_to("felix")
    outcome = run("log", "The spare controller is in", "-r", "desk", now="2026-11-23T10:20:00-05:00")
    assert outcome.out == "Logged at Mon 23 Nov 10:20 for Ana Figueroa's shift in desk.\n"
    assert clone.last_commit() == ("felix@example.com", "felix logs on desk: The spare controller is in", [ANA])
    assert clone.last_diff().endswith(
        "     text: Reporting for duty\n"
        "+  - at: 2026-11-23T10:20:00-05:00\n"
        "+    by: felix\n"
        "+    kind: note\n"
        "+    text: The spare controller is in\n"
    )


def test_d8_at_night_an_entry_waits_for_the_next_at_the_desk(stand_in: StandIn, run: Run) -> None:
    """D8: nobody is at the desk on Sunday evening, and Ana reads on Monday what was written then."""
    clone = stand_in("students", "felix")
    outcome = run("log", "Disks are slow", "--rotation", "desk", now="2026-11-22T21:00:00-05:00")
    assert outcome.out == "Logged at Sun 22 Nov 21:00 for Ana Figueroa's shift in desk, which has not begun yet.\n"
    clone.hand_to("ana")
    assert "  Sun 22 Nov 21:00  felix: Disks are slow\n" in run("start", now=MONDAY).out


def test_d9_the_end_of_watch_summarises_itself(stand_in: StandIn, run: Run) -> None:
    """D9: on leaving, "End of watch" with the mails, issues, tasks and what goes on; Ana says only the last."""
    clone = stand_in("students", "ana")
    run("start", now=MONDAY)
    about = ("--about", "2026-11-19-salinity-units")
    run("log", "Told North Coast the ticket", "--kind", "mail", *about, now="2026-11-23T10:10:00-05:00")
    run("log", "Wrong units in the salinity set", "--kind", "issue", "--about", "93", now="2026-11-23T10:30:00-05:00")
    run("log", "Cleaned up the mail folders", "--kind", "task", now="2026-11-23T12:30:00-05:00")
    left = "Issue 93 waits for the owner of the set"
    outcome = run("end", "--ongoing", left, now="2026-11-23T13:01:00-05:00")
    assert outcome.code == 0
    assert "- Next: Ben Achterberg, from Mon 23 Nov 13:00\n" in outcome.out
    assert clone.last_commit() == ("ana@example.com", "ana ends the watch on desk (primary)", [ANA])
    record = clone.read(ANA)
    assert "ended: 2026-11-23T13:01:00-05:00\n" in record
    assert record.endswith(
        "    kind: end\n"
        "    text: End of watch\n"
        "summary: |\n"
        "  1 mail answered, 1 issue created, 1 task done.\n"
        "  - Told North Coast the ticket\n"
        "  - Wrong units in the salinity set\n"
        "  - Cleaned up the mail folders\n"
        "  - Missed: Run the link checker and open an issue for each broken data set (2026-11-23)\n"
        "ongoing:\n"
        f"  - {left}\n"
    )
    clone.hand_to("ben")
    handed = run("start", now="2026-11-23T13:02:00-05:00").out
    assert "Handed over by Ana Figueroa, Mon 23 Nov 13:01; accepted by Ben Achterberg\n" in handed
    assert f"  - {left}\n" in handed


def test_d9_what_was_handed_over_does_not_get_lost_although_dmitri_never_ended_his_watch(
    stand_in: StandIn, run: Run
) -> None:
    """D9: ongoing problems: Ana was told of the salinity set, and says nothing of it; she is asked."""
    stand_in("students", "ana")
    assert "  - The salinity set says psu and holds g/kg" in run("start", now=MONDAY).out
    said = run("end", now="2026-11-23T13:01:00-05:00").err
    assert "nobody said that it goes on: The salinity set says psu and holds g/kg" in said
