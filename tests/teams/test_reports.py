"""The reports of the five teams: the week's summary, the end of a rotation, the sprint, the promise kept or not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.teams.conftest import Ask, StandIn

NOW = "2026-11-24T15:00:00Z"
TEAMS = Path(__file__).parent
Golden = Callable[[str, str], None]

REPORTS = {
    "students.txt": ("students", "desk", "--week"),
    "shield.txt": ("shield", "support", "--shift", "nadia"),
    "shield-rotation.md": ("shield", "support", "--shift", "nadia", "--template", "rotation"),
    "infrastructure.md": ("infrastructure", "infra", "--month", "--at", "2026-11-12", "--format", "md"),
    "sprint.txt": ("sprint", "product", "--sprint", "--at", "2026-11-05"),
    "weekly-livesite.md": ("weekly", "web", "--week", "--at", "2026-11-12", "--template", "livesite"),
}


@pytest.mark.parametrize("name", REPORTS)
def test_a_team_reads(name: str, run: Run, golden: Golden) -> None:
    """Each report is as it was last reviewed, and the text fits the terminal."""
    team, *words = REPORTS[name]
    outcome = run("-C", str(TEAMS / team), "report", *words, now=NOW)
    assert (outcome.code, outcome.err) == (0, "")
    golden(f"report/{name}", outcome.out)
    if name.endswith(".txt"):
        assert all(len(line) <= 80 for line in outcome.out.splitlines())


def test_d9_what_a_watch_did_is_counted(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """D9, D10: mails, issues, tasks, and the requests by scenario, those that wait for a meeting too."""
    stand_in("students", "ana")
    monday = "2026-11-23T09:30:00-05:00"
    run("start", now=monday)
    for kind, text in (("mail", "Told the press office"), ("issue", "Opened 212"), ("task", "Restored a file")):
        assert run("log", text, "--kind", kind, now=monday).code == 0
    run("request", "open", "Tide tables stop", "--section", "Scenario 1", "--ack", now="2026-11-23T10:00:00-05:00")
    run("request", "time", "tide-tables", "+25m", now="2026-11-23T10:30:00-05:00")
    run("request", "open", "A map, please", "--section", "Scenario 3", now="2026-11-23T10:40:00-05:00")
    run("request", "defer", "a-map-please", "staff meeting", now="2026-11-23T10:45:00-05:00")
    assert run("end", "-m", "Quiet", now="2026-11-23T13:00:00-05:00").code == 0
    told = ask("report", "desk", "--shift", now="2026-11-23T14:00:00-05:00")
    assert told["period"]["shift"] == "2026-11-23-ana-primary"
    assert told["logged"] == {"mail": 1, "issue": 1, "task": 1, "note": 0}
    assert told["requests"]["by_section"] == [
        {"name": "Scenario 1", "count": 1, "seconds": 1500},
        {"name": "Scenario 3", "count": 1, "seconds": 0},
    ]
    assert [one["status"] for one in told["requests"]["open"] if one["id"].startswith("2026-11-23")] == [
        "acknowledged",
        "deferred",
    ]
    assert told["interruptions"]["requests"] == 2


def test_v15_how_was_the_week_and_what_took_the_time(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """V15: Petra's week: each request, its hour, its time; at the end one command says it, against weeks before."""
    stand_in("shield", "petra")
    day = "2026-11-23T{}:00-05:00".format
    run("start", now=day("09:05"))
    opened = [
        ("VPN for a new hire", "Access", "Archive team", "09:30", "09:50"),
        ("Key for the batch job", "Access", "Archive team", "10:30", "12:00"),
        ("Packets are lost", "Network", "Billing team", "13:00", None),
    ]
    for title, section, who, came, acknowledged in opened:
        words = ("request", "open", title, "--section", section, "--by", who, "--from", "#gateway-support")
        assert run(*words, now=day(came)).code == 0
        if acknowledged:
            assert run("request", "ack", title.split()[0].lower(), now=day(acknowledged)).code == 0
    run("request", "time", "vpn", "+20m", now=day("11:00"))
    run("request", "time", "packets", "+40m", now=day("14:00"))
    run("request", "close", "vpn", "-m", "Made the account", now=day("11:05"))
    run("duty", "done", "iam-audit", "--note", "No key over 80 days", now=day("11:20"))
    end = "2026-11-30T08:58:00-05:00"
    assert run("end", "-m", "Three requests, two of them access.", now=end).code == 0
    after = "2026-11-30T09:10:00-05:00"
    told = ask("report", "support", "--shift", now=after)
    assert told["period"]["shift"] == "2026-11-23-petra-primary"
    asked = told["requests"]
    assert (asked["count"], asked["seconds"]) == (3, 3600)
    assert asked["by_section"] == [
        {"name": "Network", "count": 1, "seconds": 2400},
        {"name": "Access", "count": 2, "seconds": 1200},
    ]
    assert asked["by_requester"] == [
        {"name": "Billing team", "count": 1, "seconds": 2400},
        {"name": "Archive team", "count": 2, "seconds": 1200},
    ]
    # An hour and a half for the key; nobody said a word about the packets until time was spent on them.
    assert {one["id"] for one in asked["late"]} >= {"2026-11-23-key-for-the-batch-job"}
    audit = next(one for one in told["duties"] if one["id"] == "iam-audit")
    assert (audit["due"], audit["done"]) == (4, 1)
    assert audit["missed"] == ["2026-11-24", "2026-11-25", "2026-11-27"]  # Thursday is Thanksgiving
    trend = {one["key"]: one for one in told["trend"]}["requests"]
    assert (trend["earlier"], trend["now"], trend["word"]) == ([0, 0, 1, 3], 3, "more")
    filled = run("report", "support", "--shift", "--template", "rotation", now=after).out
    assert filled.startswith("# End of the rotation: Petra Kovacs\n")
    assert "Three requests, two of them access." in filled
    assert filled.endswith("The most time went into Network.\n")


def test_p1_the_weekly_summary_is_the_same_bytes_for_the_same_commit(stand_in: StandIn, run: Run) -> None:
    """P1: whoever makes it, on the day after or a month later; a commit that belongs to the week changes it."""
    clone = stand_in("weekly", "mila")
    words = ("report", "web", "--week", "--at", "2026-11-12", "--template", "livesite")
    first = run(*words, now="2026-11-16T09:00:00+01:00")
    assert first.code == 0
    assert "# Livesite summary, Web\n" in first.out
    assert "sev2, Sat 14 Nov 20:19: Grey tiles in Scandinavia; mitigated after 44m, review draft" in first.out
    clone.hand_to("oskar")
    assert run(*words, now="2026-12-20T23:00:00+01:00", ONCALL_TZ="America/New_York").out == first.out
    incident = "rotations/web/incidents/2026/2026-11-14-grey-tiles.yaml"
    clone.change(incident, "review: {state: draft", "review: {state: presented")
    assert "review presented" in run(*words, now="2026-12-20T23:00:00+01:00").out


def test_p14_the_promise_is_measured(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """P14: coverage of both roles, pages and requests against their targets; a gap shows, with its hours."""
    clone = stand_in("weekly", "lars")
    words = ("report", "web", "--week", "--at", "2026-11-12")
    kept = ask(*words, now=NOW)
    assert {one["role"]: (one["promised"], one["held"]) for one in kept["coverage"]["roles"]} == {
        "primary": (168 * 3600, 168 * 3600),
        "secondary": (168 * 3600, 168 * 3600),
    }
    assert kept["incidents"]["list"][0]["responded"] == "kept"
    clone.commit(
        {
            "rotations/web/overrides/2026-11-13-nobody.yaml": (
                "kind: nobody\nchanges:\n  - role: primary\n    start: 2026-11-13T22:00:00+01:00\n"
                "    end: 2026-11-14T06:00:00+01:00\n    person: nobody\nreason: Power cut\n"
                "created: 2026-11-13T20:00:00+01:00\n"
            )
        }
    )
    told = ask(*words, now=NOW)
    assert told["coverage"]["roles"][0]["on_purpose"] == 8 * 3600
    assert told["coverage"]["percent"] == 100
    # A role that nobody has: a gap that nobody meant.
    clone.change("rotations/web/rotation.yaml", "roles: [primary, secondary]", "roles: [primary, deputy]")
    told = ask(*words, now=NOW)
    assert [one["role"] for one in told["coverage"]["roles"] if one["gaps"]] == ["deputy"]
    assert told["coverage"]["percent"] == pytest.approx(100 * 160 / (160 + 168))
    text = " ".join(run(*words, now=NOW).out.split())
    assert "Nobody: deputy, Mon 9 Nov 00:00 – Mon 16 Nov 00:00." in text


def test_r9_measures_have_a_count_a_median_a_p90_and_their_definition(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """R8, R9: over both incidents of the autumn, from the files' own times, with the state of each review."""
    stand_in("sprint", "elif")
    period = ("--from", "2026-11-01", "--to", "2026-11-21")
    told = ask("report", "product", *period, now=NOW)
    # began 12:58 and 9:40, detected 13:01 and 15:10, acknowledged 13:04 and 15:20, mitigated 13:39 and 16:45
    minutes = {name: (one["count"], one["median"] / 60, one["p90"] / 60) for name, one in _measures(told).items()}
    assert minutes["acknowledge"] == (2, 6.5, 10)
    assert minutes["mitigate"] == (2, 233, 425)
    assert [one["review"] for one in told["incidents"]["list"]] == ["presented", "draft"]
    text = " ".join(run("report", "product", *period, now=NOW).out.split())
    assert "count median p90 of all incidents" in text
    assert "mitigate: from the start of the impact" in text
    assert " mean " not in text


def _measures(told: dict[str, dict[str, dict[str, dict[str, int]]]]) -> dict[str, dict[str, int]]:
    return told["incidents"]["measures"]


def test_r4_the_report_follows_the_sprints(ask: Ask, stand_in: StandIn) -> None:
    """R4: two weeks from a Wednesday, held against the four sprints before; three weeks in the other rotation."""
    stand_in("sprint", "aisha")
    told = ask("report", "product", "--sprint", now=NOW)
    assert told["period"]["start"] == "2026-10-28T13:00:00Z"
    assert told["period"]["end"] == "2026-11-11T14:00:00Z"  # the clocks went back
    assert [one["start"][:10] for one in told["earlier"]] == ["2026-09-02", "2026-09-16", "2026-09-30", "2026-10-14"]
    other = ask("report", "data", "--sprint", now=NOW)["period"]
    assert (other["start"][:10], other["end"][:10]) == ("2026-10-26", "2026-11-16")


def test_r13_interruptions_are_counted(ask: Ask, stand_in: StandIn, run: Run) -> None:
    """R12, R13: each page, request and announcement is one, on its day; a note is none."""
    stand_in("sprint", "brandt")
    day = "2026-11-20"
    before = ask("report", "product", "--from", day, "--to", "2026-11-21", now=NOW)["interruptions"]
    moment = "2026-11-20T15:00:00-05:00"
    run("log", "Looked at the dashboards", now=moment)
    assert run("log", "Load test on Monday", "--kind", "announcement", now=moment).code == 0
    run("request", "open", "An export for the fair", "-r", "product", now=moment)
    after = ask("report", "product", "--from", day, "--to", "2026-11-21", now=NOW)["interruptions"]
    assert after["count"] == before["count"] + 2
    assert after["announcements"] == before["announcements"] + 1
    assert after["stretches"] == [
        {"first": day, "pages": 0, "requests": after["requests"], "announcements": 1, "count": after["count"]}
    ]


def test_the_template_that_is_shipped_tells_of_the_example_team(run: Run) -> None:
    """Of each of its rotations, whatever their records say by now."""
    outcome = run("-C", str(TEAMS.parent.parent), "report", "--template", "week", now=NOW)
    assert (outcome.code, outcome.err) == (0, "")
    heads = [line for line in outcome.out.splitlines() if line.startswith("# ")]
    assert [head.partition(":")[0] for head in heads] == ["# Network", "# Platform", "# Support"]
    assert outcome.out.count("## Who bore what\n\n|") == len(heads)
