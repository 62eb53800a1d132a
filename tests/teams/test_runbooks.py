"""Pages and runbooks in the lives of the teams: the entry for an alert, and the entry that was missing."""

from __future__ import annotations

from tests.conftest import Run
from tests.teams.conftest import Ask, StandIn

FRIDAY = "2026-11-20T10:00:00-08:00"
SKEW = "2026-11-11-clock-skew"
FOLDER = "rotations/infra/incidents/2026"


def test_m1_the_entry_is_found_though_the_numbers_differ(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """M1: Luca pastes the page, with another disk and another number; the runbook says what to do."""
    stand_in("infrastructure", "luca")
    found = run(
        "runbook", "find", "[FIRING:1]", "Disk", "usage", "97.3%", "on", "osd-41.us-west.example.net", now=FRIDAY
    )
    assert found.out.splitlines()[:2] == ["disk-usage: A disk is nearly full", "  runbooks/disk-usage.md"]
    assert "because of: disk, usage, osd" in found.out
    assert "oncall runbook show disk-usage" in found.err
    shown = run("runbook", "show", "disk-usage", "--heading", "mitigation", now=FRIDAY)
    assert "storectl out osd-N" in shown.out
    assert "Diagnosis" not in shown.out
    assert ask("runbook", "find", "Registry pull errors 3%", now=FRIDAY)[0]["id"] == "registry-pulls"


def test_m2_a_page_without_an_entry_leaves_one(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """M2: `check` lists the debt; the new page has alert, diagnosis and mitigation; the next page finds it."""
    clone = stand_in("infrastructure", "kira")
    alert = "Clock skew 1.9 s on node-b03"
    nothing = run("runbook", "find", alert, now=FRIDAY)
    assert (nothing.code, "oncall escalate" in nothing.err) == (3, True)
    debt = f"{FOLDER}/{SKEW}.yaml:4:1: warning: '{SKEW}' was resolved without a runbook [W421]"
    checked = run("check", now=FRIDAY)
    assert debt in checked.out
    assert f"oncall runbook new --from {SKEW}" in checked.out
    made = run("runbook", "new", "--from", SKEW, now=FRIDAY)
    assert made.code == 0, made.err
    assert clone.last_commit()[1:] == (
        f"Add the runbook clock-skew, from {SKEW}",
        [f"{FOLDER}/{SKEW}.yaml", "runbooks/clock-skew.md"],
    )
    page = clone.read("runbooks/clock-skew.md")
    assert "alerts:\n  - Clock skew 2.4 s on node-a14\nowner: kira\n" in page
    assert "## Mitigation\n\n- Drained the three nodes\n" in page
    assert debt not in run("check", now=FRIDAY).out
    assert ask("runbook", "find", alert, now=FRIDAY)[0]["id"] == "clock-skew"


def test_what_nobody_has_looked_at_and_what_leads_nowhere(stand_in: StandIn, run: Run) -> None:
    """`check` names runbooks that nobody has read for a year, and links between files that lead nowhere."""
    clone = stand_in("infrastructure", "ines")
    clone.change("runbooks/api-latency.md", "reviewed: 2026-07-14", "reviewed: 2025-07-14")
    clone.change("runbooks/disk-usage.md", "call\n  Granite", "call\n  [Granite](contacts.md)")
    said = run("check", now=FRIDAY).out
    assert "runbooks/api-latency.md:7:1: warning: nobody has looked at it since 2025-07-14 [W423]" in said
    assert "the link to 'contacts.md' leads to no file [W422]" in said


def test_r9_the_numbers_of_a_team_by_severity(stand_in: StandIn, ask: Ask) -> None:
    """R9: count, median and p90 of each time, with what it means, as computed by hand from the records."""
    stand_in("sprint", "aisha")
    found = ask("incident", "metrics", "--from", "2026-11-01", now="2026-11-20T12:00:00-05:00")
    assert found["total"]["count"] == 2
    assert set(found["definitions"]) >= {"detect", "acknowledge", "mitigate", "resolve", "median", "p90", "count"}
    worst = next(group for group in found["groups"] if group["name"] == "sev1")
    # 12:58 it hurts, 13:01 noticed, 13:04 acknowledged, 13:39 mitigated, 14:30 over; five minutes allowed
    for name, seconds in (("detect", 180), ("acknowledge", 180), ("mitigate", 2460), ("resolve", 5520)):
        assert worst[name] == {"count": 1, "median": seconds, "p90": seconds}
    assert worst["in_time"] == {"kept": 1, "of": 1}
