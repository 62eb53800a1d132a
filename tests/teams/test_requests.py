"""Support requests in the lives of the teams: the mail, the clock, the limits, the table, the meeting."""

from __future__ import annotations

import csv
import io
import shlex
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.conftest import Run
from tests.teams.conftest import Ask, StandIn

MONDAY = "2026-11-23T09:30:00-05:00"
MAIL = """\
From: Grace Hall <grace@university.example.edu>
To: desk@example.org
Subject: Cannot download the tide tables
Date: Mon, 23 Nov 2026 09:12:00 -0500
Content-Type: text/plain; charset=utf-8

Hello,

the download stops at 4 GB.
"""
ID = "2026-11-23-cannot-download-the-tide-tables"
PATH = f"rotations/desk/requests/2026/{ID}.yaml"
SHIFT = "rotations/desk/shifts/2026/2026-11-23-ana-primary.yaml"


def test_d6_a_mail_becomes_a_request_in_one_command(stand_in: StandIn, run: Run) -> None:
    """D6: Ana, on duty, saves the mail; the request has its words, its sender, its time, and stands in her log."""
    clone = stand_in("students", "ana")
    run("start", now=MONDAY)
    (clone.root.parent / "tides.eml").write_bytes(MAIL.encode())
    outcome = run("request", "open", "--mail", "../tides.eml", now=MONDAY)
    assert outcome.code == 0, outcome.err
    assert clone.read(PATH) == (
        "title: Cannot download the tide tables\n"
        "requester: grace@university.example.edu\n"
        "channel: mail\n"
        "received: 2026-11-23T09:12:00-05:00\n"
        "text: |\n  Hello,\n\n  the download stops at 4 GB.\n"
        "status: open\n"
        "created: 2026-11-23T09:30:00-05:00\n"
    )
    assert clone.last_commit() == (
        "ana@example.com",
        f"Open the request {ID}: Cannot download the tide tables",
        [PATH, SHIFT],
    )
    assert f'    text: "Opened: Cannot download the tide tables"\n    about: {ID}\n' in clone.read(SHIFT)


def test_d7_an_issue_from_the_matching_template_and_its_number_kept(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """D7: two scenarios need a ticket number: a page that is filled in makes the issue, the record keeps it."""
    clone = stand_in("students", "ana")
    run("start", now=MONDAY)
    run("request", "open", "Cannot download the tide tables", "--by", "grace", now=MONDAY)
    said = run("request", "issue", "tide", "--template", "download-problem.md", now=MONDAY)
    parts = urlsplit(said.out.strip())
    assert (parts.netloc, parts.path) == ("github.com", "/example/tidepool-desk/issues/new")
    query = parse_qs(parts.query)
    assert (query["title"], query["template"]) == (["Cannot download the tide tables"], ["download-problem.md"])
    assert query["body"] == [f"Support request: https://github.com/example/tidepool-desk/blob/HEAD/{PATH}"]
    assert "Look for what must not be public" in said.err
    assert run("request", "issue", "tide", "#318", now=MONDAY).code == 0
    assert ask("request", "show", ID, now=MONDAY)["issue"] == "#318"
    assert "kind: issue" in clone.read(SHIFT)
    assert "has the issue #318 already" in run("request", "issue", "tide", "#319", now=MONDAY).err


def test_d10_the_third_scenario_waits_for_the_staff_meeting(stand_in: StandIn, run: Run) -> None:
    """D10: what may wait is on the meeting's agenda, in its own words."""
    stand_in("students", "ana")
    run("request", "open", "A *new* data set", "--by", "Harbour office", "-r", "desk", now=MONDAY)
    assert run("request", "defer", "new-data-set", "staff meeting", now=MONDAY).code == 0
    agenda = run("agenda", "staff meeting", now=MONDAY)
    assert agenda.out == (
        "## For staff meeting\n\n"
        "- Could the catalogue show a map? (2026-11-20-map-view, Lakeside High School, Fri 20 Nov 09:31)\n"
        "- A \\*new\\* data set (2026-11-23-a-new-data-set, Harbour office, Mon 23 Nov 09:30)\n"
    )
    missing = run("agenda", "board", now=MONDAY)
    assert (missing.code, "there are: staff meeting" in missing.err) == (3, True)


def test_v5_the_clock_runs_on_every_request_and_what_is_overdue_stands_first(
    stand_in: StandIn, run: Run, ask: Ask
) -> None:
    """V5: the service account has waited since Friday; a new one has an hour."""
    stand_in("shield", "petra")
    run("request", "open", "VPN for a new hire", "--from", "#support", "--by", "ana", "--section", "Access", now=MONDAY)
    listed = run("request", "list", now=MONDAY)
    first, second, *_ = [line for line in listed.out.splitlines() if line.startswith("2026")]
    assert "2026-11-20-new-service-account" in first
    assert "OVERDUE 2d 23h" in first
    assert "2026-11-23-vpn-for-a-new-hire" in second
    assert "acknowledge by 10:30" in second
    assert "OVERDUE" in run(now=MONDAY).out
    assert "Not acknowledged in time" in run("agenda", now=MONDAY).out
    assert run("request", "ack", "service-account", now=MONDAY).code == 0
    said = ask("request", "show", "2026-11-20-new-service-account", now=MONDAY)
    assert (said["status"], said["acknowledged"], said["acknowledged_by"]) == (
        "acknowledged",
        "2026-11-23T09:30:00-05:00",
        "petra",
    )
    again = run("request", "ack", "service-account", now=MONDAY)
    assert (again.code, "acknowledged already by 'petra'" in again.err) == (1, True)


def test_v6_handed_over_and_followed_to_the_end(stand_in: StandIn, run: Run) -> None:
    """V6: Tomas suits better; it stays on Petra's list until she closes it."""
    stand_in("shield", "petra")
    assert run("request", "delegate", "service-account", "tomas", now=MONDAY).code == 0
    assert "with tomas" in run("request", "list", now=MONDAY).out
    assert "there is no person 'thomas'" in run("request", "delegate", "service-account", "thomas", now=MONDAY).err
    assert run("request", "close", "service-account", "-m", "Account made", now=MONDAY).code == 0
    assert "service-account" not in run("request", "list", now=MONDAY).out
    assert "is closed" in run("request", "delegate", "service-account", "tomas", now=MONDAY).err


def test_v7_what_is_no_emergency_waits_for_stand_up(stand_in: StandIn, run: Run) -> None:
    """V7: the mapping team's question is on the agenda since Thursday."""
    stand_in("shield", "petra")
    assert run("agenda", "stand-up", now=MONDAY).out == (
        "## For stand-up\n\n"
        "- Could the upload timeout be ten minutes? (2026-11-19-longer-timeout, Mapping team, Thu 19 Nov 14:00)\n"
    )


def test_v11_the_two_limits_speak_up(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """V11: over half an hour it deserves an issue, over two hours the team; what failed and what solved it is kept."""
    stand_in("shield", "petra")
    quiet = run("request", "time", "service-account", "+20m", "--note", "Read the policy", now=MONDAY)
    assert (quiet.code, "make an issue" in quiet.err) == (0, False)
    loud = run("request", "time", "service-account", "+15m", now=MONDAY)
    assert "35m spent, over 30 minutes: make an issue" in loud.err
    run("request", "issue", "service-account", "#152", now=MONDAY)
    stop = run("request", "time", "service-account", "1h30m", now=MONDAY)
    assert "make an issue" not in stop.err
    assert "2h 5m spent, over 2 hours: stop and bring it to the team" in stop.err
    assert "Taking too long" in run("agenda", now=MONDAY).out
    run("request", "note", "service-account", "--tried", "The old role has no right to it", now=MONDAY)
    run("request", "note", "service-account", "Ask Lena", "--link", "https://example.com/policy", now=MONDAY)
    run("request", "close", "service-account", "--solution", "A role of its own", now=MONDAY)
    said = ask("request", "show", "2026-11-20-new-service-account", now=MONDAY)
    assert said["attempts"] == ["The old role has no right to it"]
    assert (said["solution"], said["links"]) == ("A role of its own", ["https://example.com/policy"])
    assert [each["text"] for each in said["notes"]] == ["Ask Lena"]


@pytest.mark.parametrize("form", ["csv", "json"])
def test_v14_a_line_per_request_with_the_same_columns_every_time(
    stand_in: StandIn, run: Run, ask: Ask, form: str
) -> None:
    """V14: the table that was kept by hand."""
    clone = stand_in("shield", "petra")
    assert run("request", "export", "--format", form, "--out", "out", now=MONDAY).code == 0
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(clone.read("out"))))
        assert clone.read("out").startswith(
            "id,rotation,received,title,kind,section,requester,channel,status,acknowledged,acknowledged_by,"
            "delegated_to,minutes,issue,defer_to,closed,closed_by,solution,links\r\n"
        )
    else:
        rows = [{key: str(value) for key, value in row.items()} for row in ask("request", "export", now=MONDAY)]
    assert [(row["id"], row["section"], row["minutes"]) for row in rows] == [
        ("2026-11-10-dns-timeouts", "Network", "130"),
        ("2026-11-17-read-access-logs", "Access", "20"),
        ("2026-11-19-longer-timeout", "Questions", "0"),
        ("2026-11-20-new-service-account", "Access", "0"),
    ]


def test_m4_a_question_that_is_not_quick_goes_to_the_lead_as_an_issue(stand_in: StandIn, run: Run) -> None:
    """M4: an issue is made of it, and the lead has it."""
    clone = stand_in("infrastructure", "luca")
    run("request", "open", "Can we have ARM runners?", "--by", "Build team", now=MONDAY)
    run("request", "time", "arm-runners", "35m", now=MONDAY)
    page = run("request", "issue", "arm-runners", now=MONDAY)
    assert page.out.startswith("https://github.com/example/infrastructure/issues/new?title=Can%20we%20have")
    assert run("request", "issue", "arm-runners", "#410", now=MONDAY).code == 0
    assert run("request", "delegate", "arm-runners", "marek", now=MONDAY).code == 0
    assert "with marek" in run("request", "list", now=MONDAY).out
    assert clone.git("log", "-1", "--format=%s") == "Hand to marek: 2026-11-23-can-we-have-arm-runners\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("open", 2, "the title is empty"),
        ("open x --mail nowhere.eml", 1, "'nowhere.eml' cannot be read"),
        ("open x -r nothing", 3, "there is no rotation 'nothing'"),
        ("ack nothing", 3, "there is no support request 'nothing'"),
        ("ack 2026-11", 2, "can mean 2026-11-10-dns-timeouts, 2026-11-17-read-access-logs"),
        ("time service-account soon", 2, "'soon' is no time of work"),
        ("ack service-account --at '2026-11-20 09:00'", 1, "before the request came"),
        ("note service-account", 2, "nothing to note"),
        ("close read-access", 1, "is closed"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(stand_in: StandIn, run: Run, words: str, code: int, said: str) -> None:
    clone = stand_in("shield", "petra")
    outcome = run("request", *shlex.split(words), now=MONDAY)
    assert (outcome.code, said in outcome.err) == (code, True), outcome.err
    assert clone.commits() == 1
    assert clone.git("status", "--porcelain") == ""
