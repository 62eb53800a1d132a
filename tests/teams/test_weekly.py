"""The weekly primary and secondary of the maps team, around the clock."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from tests.conftest import Run
from tests.teams.conftest import Ask, StandIn

TUESDAY = "2026-11-24T10:00:00+01:00"
YEAR = ("--from", "2026-11-24 10:00", "--to", "2027-11-23 10:00")
WEB = "rotations/web/rotation.yaml"
SWAP = "rotations/web/overrides/2026-12-08-swap-juna-mila.yaml"
MILA = "rotations/web/shifts/2026/2026-11-17-mila-primary.yaml"
OSKAR = "rotations/web/shifts/2026/2026-11-24-oskar-primary.yaml"


def events(path: Path) -> list[Event]:
    """Return the events that an outside reader finds in a feed."""
    return IcsCalendarStream.calendar_from_ics(path.read_bytes().decode("utf-8")).events


def times(feed: list[Event]) -> set[tuple[str, str]]:
    """Return when the events begin and end, as the program's JSON writes it."""
    return {(f"{event.dtstart:%Y-%m-%dT%H:%M:%SZ}", f"{event.dtend:%Y-%m-%dT%H:%M:%SZ}") for event in feed}


def shifts_of(said: dict[str, Any], role: str) -> list[tuple[str, str, str]]:
    """Return the shifts of a role in a schedule: start, end, person."""
    return [(one["start"], one["end"], *one["people"]) for one in said["shifts"] if one["role"] == role]


def test_p2_a_feed_for_each_role_and_each_person(stand_in: StandIn, run: Run, ask: Ask, tmp_path: Path) -> None:
    """P2: a calendar subscribes to a role, and everybody to their own; both say what the schedule says."""
    stand_in("weekly", "kofi")
    feeds = tmp_path / "feeds"
    assert run("ics", "--out", str(feeds), *YEAR, now=TUESDAY).code == 0
    said = ask("schedule", "web", *YEAR, now=TUESDAY)
    for role in ("primary", "secondary"):
        held = shifts_of(said, role)
        assert times(events(feeds / "rotations" / f"web-{role}.ics")) == {(start, end) for start, end, _ in held}
    own = events(feeds / "people" / "kofi.ics")
    assert times(own) == {(one["start"], one["end"]) for one in said["shifts"] if one["people"] == ["kofi"]}
    assert {event.summary for event in own} == {
        "On call: Kofi Mensah (web primary)",
        "On call: Kofi Mensah (web secondary)",
    }
    assert {str(event.transparency) for event in own} == {"TRANSPARENT"}


def test_p2_a_swap_changes_two_events_and_a_second_run_none(stand_in: StandIn, run: Run, tmp_path: Path) -> None:
    """P2: a calendar that has the feed sees the same events with other names, not others."""
    clone = stand_in("weekly", "mila")
    primary = tmp_path / "primary.ics"

    def feed() -> dict[str, str]:
        assert run("ics", "web", "--role", "primary", "--out", str(primary), *YEAR, now=TUESDAY).code == 0
        return {str(event.uid): str(event.summary) for event in events(primary)}

    swapped, same_bytes = feed(), primary.read_bytes()
    assert (feed(), primary.read_bytes()) == (swapped, same_bytes)
    clone.git("rm", "--quiet", SWAP)
    clone.git("commit", "--quiet", "--message", "Juna and Mila keep their weeks")
    plain = feed()
    assert plain.keys() == swapped.keys()
    assert [(plain[uid][9:13], swapped[uid][9:13]) for uid in sorted(plain) if plain[uid] != swapped[uid]] == [
        ("Juna", "Mila"),
        ("Mila", "Juna"),
    ]


def test_p3_there_is_always_a_primary_and_a_secondary(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """P3: for a year ahead both are held at every instant, and nobody is both at once."""
    stand_in("weekly", "lars")
    said = ask("schedule", "web", *YEAR, now=TUESDAY)
    assert (said["gaps"], run("gaps", *YEAR, now=TUESDAY).code, run("check", now=TUESDAY).code) == ([], 0, 0)
    for role in ("primary", "secondary"):
        held = shifts_of(said, role)
        assert (held[0][0], held[-1][1]) == ("2026-11-24T09:00:00Z", "2027-11-23T09:00:00Z")
        assert all(before[1] == after[0] for before, after in pairwise(held))
    both = [
        (start, person)
        for start, end, person in shifts_of(said, "primary")
        for other, until, backup in shifts_of(said, "secondary")
        if person == backup and start < until and other < end
    ]
    assert both == []


def test_p4_this_weeks_secondary_is_next_weeks_primary(stand_in: StandIn, ask: Ask) -> None:
    """P4: the handoff is on Tuesday morning, by the clock in Berlin; only a swap breaks the rule, and says so."""
    stand_in("weekly", "lars")
    said = ask("schedule", "web", *YEAR, now=TUESDAY)
    next_primary = {one["start"]: one for one in said["shifts"] if one["role"] == "primary"}
    secondaries = shifts_of(said, "secondary")
    assert len(secondaries) == 52
    assert {start[11:] for start, _, _ in secondaries} == {"09:00:00Z", "08:00:00Z"}  # winter and summer
    broken = [
        (end[:10], next_primary[end]["override"])
        for _, end, person in secondaries
        if end in next_primary and next_primary[end]["people"] != [person]
    ]
    assert broken == [("2026-12-08", "2026-12-08-swap-juna-mila"), ("2026-12-22", "2026-12-08-swap-juna-mila")]


def test_p4_mila_hands_over_to_oskar_on_tuesday_morning(stand_in: StandIn, run: Run) -> None:
    """P4: last week's primary ends the watch, and her secondary accepts what she leaves."""
    clone = stand_in("weekly", "mila")
    summary = "One release, no page. The review of the grey tiles is due on Saturday."
    assert run("end", "-m", summary, now="2026-11-24T09:58:00+01:00").code == 0
    clone.hand_to("oskar")
    screen = run("start", now=TUESDAY).out
    assert "Oskar Brandl reports for duty: web, primary\n" in screen
    assert "Handed over by Mila Petrovic, Tue 24 Nov 09:58; accepted by Oskar Brandl\n" in screen
    assert "The tile cache has half of its memory until the new nodes come\n" in screen
    assert clone.last_commit() == ("oskar@example.com", "oskar reports for duty on web (primary)", [MILA, OSKAR])
    assert clone.read(MILA).endswith("accepted:\n  by: oskar\n  at: 2026-11-24T10:00:00+01:00\n")


def test_p5_noor_shadows_a_week_before_she_enters(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """P5: a newcomer sees a week from beside; nobody calls her, and her log is her own."""
    clone = stand_in("weekly", "noor")
    held = {each["role"]: each["people"] for each in ask("who", "web", now=TUESDAY)}
    assert held == {"primary": ["oskar"], "secondary": ["kofi"], "shadow": ["noor"]}
    ladder = run("who", "web", now=TUESDAY).out.partition("no answer?")[2]
    assert "Noor" not in ladder
    assert "Noor Aziz reports for duty: web, shadow\n" in run("start", now=TUESDAY).out
    noor = "rotations/web/shifts/2026/2026-11-24-noor-shadow.yaml"
    assert clone.last_commit() == ("noor@example.com", "noor reports for duty on web (shadow)", [noor])
    run("log", "Saw how a page is answered", now="2026-11-25T11:00:00+01:00")
    assert "    by: noor\n    kind: note\n    text: Saw how a page is answered\n" in clone.read(noor)
    after = [each["role"] for each in ask("who", "web", "--at", "2026-12-01 10:00", now=TUESDAY)]
    assert after == ["primary", "secondary"]


def test_p5_kofi_shadowed_and_then_joined_and_no_shift_of_the_past_moved(stand_in: StandIn, ask: Ask) -> None:
    """P5: joining is a dated version of the roster: what came before it is as it was."""
    clone = stand_in("weekly", "kofi")
    autumn = ("--from", "2026-10-01", "--to", "2026-11-10")
    mine = ask("schedule", "web", "--person", "kofi", *autumn, now=TUESDAY)["shifts"]
    assert [(one["role"], one["start"][:10]) for one in mine] == [
        ("shadow", "2026-10-05"),  # midnight in Berlin is the evening before in UTC
        ("secondary", "2026-10-20"),
        ("primary", "2026-10-27"),
    ]
    before = ("--from", "2026-07-07 10:00", "--to", "2026-10-20 10:00", "--role", "primary")
    as_it_is = ask("schedule", "web", *before, now=TUESDAY)
    clone.change(WEB, "  - from: 2026-10-20\n    members: [oskar, kofi, juna, lars, mila]\n", "")
    assert ask("schedule", "web", *before, now=TUESDAY) == as_it_is


def test_p5_noor_joins_by_a_version_of_the_roster_that_begins_later(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """P5: after her week she gets a place at the end of the list, and nobody's shift before that moves."""
    clone = stand_in("weekly", "noor")
    until = ("--from", "2026-11-24 10:00", "--to", "2026-12-29 10:00", "--role", "primary")
    as_it_is = ask("schedule", "web", *until, now=TUESDAY)
    version = "  - from: 2026-12-29\n    members: [oskar, kofi, juna, lars, mila, noor]\nroles:\n"
    clone.change(WEB, "roles:\n", version)
    assert ask("schedule", "web", *until, now=TUESDAY) == as_it_is
    mine = ask("schedule", "web", "--person", "noor", now=TUESDAY)["shifts"]
    assert [(one["role"], one["start"][:10]) for one in mine] == [
        ("shadow", "2026-11-24"),
        ("secondary", "2027-01-26"),
        ("primary", "2027-02-02"),
    ]
    told = run("check", now=TUESDAY).out
    assert "'mila' is not on call any more and has not ended it [W410]" in told
    assert told.endswith("\n26 files, 1 warning\n")


def test_p5_a_newcomer_shadows_a_week_and_then_enters_in_one_command(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """P5: one commit writes the week beside Oskar's successor and the place at the end of the next cycle."""
    clone = stand_in("weekly", "juna")
    words = ("--name", "Sara Lind", "--email", "sara@example.com", "--phone", "+1-646-555-0170")
    assert run("person", "add", "sara", *words, now=TUESDAY).code == 0
    before = ask("schedule", "web", "--from", "2026-10-20 10:00", "--to", "2026-12-01 10:00", now=TUESDAY)["shifts"]
    told = run("rotation", "join", "sara", "--shadow", "1 week", now=TUESDAY)
    assert told.code == 0, told.err
    assert clone.last_commit()[1:] == ("sara joins the roster of web from 2026-12-29", [WEB])
    assert "  - from: 2026-12-29\n    members: [oskar, kofi, juna, lars, mila, sara]\n" in clone.read(WEB)
    assert "    - {person: sara, from: 2026-12-01 10:00, until: 2026-12-08 10:00}\n" in clone.read(WEB)
    assert (
        ask("schedule", "web", "--from", "2026-10-20 10:00", "--to", "2026-12-01 10:00", now=TUESDAY)["shifts"]
        == before
    )
    said = ask("schedule", "web", "--from", "2026-12-01 10:00", "--to", "2027-02-16 10:00", now=TUESDAY)
    own = {(one["role"], one["start"]) for one in said["shifts"] if one["people"] == ["sara"]}
    assert own == {
        ("shadow", "2026-12-01T09:00:00Z"),
        ("secondary", "2027-01-26T09:00:00Z"),
        ("primary", "2027-02-02T09:00:00Z"),
    }
    assert run("check", now=TUESDAY).code == 0


def test_p12_juna_knows_her_weeks_when_the_sprint_is_planned(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """P12: one question lists the weeks of a person, with what was swapped, in their own zone."""
    stand_in("weekly", "juna")
    outcome = run("schedule", "--person", "juna", "--to", "2027-01-19 10:00", now=TUESDAY)
    assert outcome.code == 0
    assert [" ".join(line.split()) for line in outcome.out.splitlines()[1:7]] == [
        "Tue 1 Dec 10:00 – Tue 8 Dec 10:00 secondary Juna Keller",
        "Tue 22 Dec 10:00 – Tue 29 Dec 10:00 primary Juna Keller",
        "by 2026-12-08-swap-juna-mila",
        "Tue 5 Jan 2027 10:00 – Tue 12 Jan 10:00 secondary Juna Keller",
        "Tue 12 Jan 2027 10:00 – Tue 19 Jan 10:00 primary Juna Keller",
        "",
    ]
    assert len(ask("schedule", "web", "--person", "juna", now=TUESDAY)["shifts"]) == 5  # twelve weeks by themselves


def test_p13_ravi_announces_his_load_test_to_whoever_is_on_call(stand_in: StandIn, run: Run) -> None:
    """P13: from another team into the log of the week, and first on the screen of the one whom it will hit."""
    clone = stand_in("weekly", "ravi")
    words = "Load test also on Friday 27 November at 9:00"
    outcome = run("log", words, "--kind", "announcement", now="2026-11-23T17:00:00+01:00")
    assert outcome.out == "Logged at Mon 23 Nov 17:00 for Mila Petrovic's shift in web.\n"
    assert clone.last_commit() == ("ravi@example.com", f"ravi logs on web: {words}", [MILA])
    assert f"    by: ravi\n    kind: announcement\n    text: {words}\n" in clone.read(MILA)
    clone.hand_to("oskar")
    news = " ".join(run("start", now=TUESDAY).out.partition("Logged since your last shift\n")[2].split())
    assert news.startswith(
        "! Thu 19 Nov 16:00 ravi: announcement: "
        "Load test against the search on Thursday 26 November from 14:00 to 15:00 "
        f"! Mon 23 Nov 17:00 ravi: announcement: {words} "
    )


def test_p13_who_is_on_duty_already_finds_the_announcement_in_their_log(stand_in: StandIn, run: Run) -> None:
    """P13: after the handoff a test is announced to Oskar, and stands in what he hands over."""
    clone = stand_in("weekly", "oskar")
    run("start", now=TUESDAY)
    clone.hand_to("ravi")
    run("log", "Test moved to 15:00", "--kind", "announcement", now="2026-11-24T11:00:00+01:00")
    assert clone.last_commit()[2] == [OSKAR]
    shown = run("handoff", "--shift", "2026-11-24-oskar-primary", now=TUESDAY).out
    assert "- Tue 24 Nov 11:00 Ravi Menon *announcement*: Test moved to 15:00\n" in shown
