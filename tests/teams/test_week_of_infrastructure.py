"""A week of the infrastructure team in incidents: M1 to M3, and what a reader sees of it afterwards."""

from __future__ import annotations

from collections.abc import Callable

from tests.conftest import Run
from tests.teams.conftest import Ask, StandIn

NAME = "2026-11-23-disk-usage-91-on-osd-3"
PATH = f"rotations/infra/incidents/2026/{NAME}.yaml"
CLOCK = "2026-11-23T18:{:02d}:00-08:00"


def test_m1_to_m3_a_page_at_night_from_the_alert_to_what_is_still_to_be_written(
    stand_in: StandIn, run: Run, ask: Ask, golden: Callable[[str, str], None]
) -> None:
    """M1 to M3: Ines is on call from Monday; the alert has other numbers than the runbook, and then nothing fits."""
    clone = stand_in("infrastructure", "ines")
    assert run("start", now="2026-11-23T10:05:00-08:00").code == 0
    shift = clone.last_commit()[2][0]

    # M1: act on a page with the runbook.
    alert = "Disk usage 91% on osd-3"
    opened = run("incident", "open", "Disk usage 91% on osd-3", "--sev", "2", "--alert", alert, now=CLOCK.format(0))
    assert opened.code == 0, opened.err
    golden("incident-open.txt", opened.out)
    assert clone.last_commit() == (
        "ines@example.com",
        f"Open the incident {NAME}: Disk usage 91% on osd-3",
        [PATH, shift],
    )
    assert run("incident", "ack", "disk", now=CLOCK.format(2)).code == 0
    assert run("incident", "impact", "disk", "Uploads are slow", "--from", "17:50", now=CLOCK.format(4)).code == 0

    # M3: nothing fits: escalate, by the policy of the rotation.
    said = run("escalate", "disk", "--yes", now=CLOCK.format(6))
    assert "Escalated to secondary Jonas Weber." in said.out
    assert run("incident", "assign", "disk", "operations", "jonas", now=CLOCK.format(7)).code == 0
    clone.hand_to("jonas")
    # He lives an hour further east, and says his own times.
    told = ("incident", "note", "disk", "osd-3 rebalances onto itself", "--at", "19:09")
    assert run(*told, now=CLOCK.format(12)).code == 0
    sent = ("message", "render", "investigating", "--incident", NAME, "--to", "#infra-help", "--sent")
    assert run(*sent, now=CLOCK.format(12)).code == 0
    assert run("incident", "mitigate", "disk", "-m", "Took osd-3 out", now=CLOCK.format(21)).code == 0
    ended = ("incident", "impact", "disk", "--to", "19:20")
    assert run(*ended, now=CLOCK.format(22)).code == 0

    # M2: resolved without an entry that fitted: it is asked for. M6: it hurt for longer than ten minutes.
    resolved = run("incident", "resolve", "disk", now=CLOCK.format(40))
    assert f"No runbook told what to do: write down what did, 'oncall runbook new --from {NAME}'" in resolved.err
    assert f"A review is needed, every sev2 is reviewed: oncall incident review {NAME}" in resolved.err

    shown = run("incident", "show", NAME, now=CLOCK.format(50)).out
    assert max(len(line) for line in shown.splitlines()) <= 80
    for form in ("text", "md", "html"):
        golden(f"incident-show-{form}.txt", run("incident", "show", NAME, "--format", form, now=CLOCK.format(50)).out)
    assert ask("incident", "show", NAME, now=CLOCK.format(50))["seconds"] == {
        "detect": 10 * 60,
        "acknowledge": 2 * 60,
        "mitigate": 31 * 60,
        "resolve": 50 * 60,
        "outage": 30 * 60,
    }
    # The log of the shift tells of every step.
    about = [entry["text"] for entry in ask("handoff", "--shift", shift[-28:-5], now=CLOCK.format(50))[0]["log"]][1:]
    assert [text.partition(":")[0] for text in about] == [
        *("Opened as sev2", "Acknowledged", "Impact", "Escalated to secondary Jonas Weber"),
        *("jonas is operations", "Noted", "Sent 'message/investigating' to #infra-help", "Mitigated"),
        *("Impact", "Resolved"),
    ]
    assert run("check", now=CLOCK.format(50)).code == 0


def test_p13_what_others_announce_and_what_is_open_stand_on_the_start_screen(stand_in: StandIn, run: Run) -> None:
    """P13, R5: an incident that is open when the week is handed over is what the next one sees first."""
    stand_in("infrastructure", "ines")
    screen = run("start", now="2026-11-23T10:05:00-08:00").out
    assert "2026-11-19-registry-pulls" in screen
    listed = run("incident", "list", now="2026-11-23T10:06:00-08:00")
    assert listed.out == (
        "2026-11-19-registry-pulls  sev2  mitigated  4d 1h ago  Luca Bianchi\n      Builds cannot pull images\n"
    )


def test_m3_the_primary_sleeps_and_the_watch_goes_up_the_ladder(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """M3, P14: sev1 has 5 minutes and the ladder 10, 25 and 40: the later of the two, each level once."""
    clone = stand_in("infrastructure", "kira")
    line = ("incident", "open", "All disks are full", "--sev", "1", "-r", "infra", "--service", "object-store")
    assert run(*line, now=CLOCK.format(0)).code == 0
    seen = {}
    for minute in range(1, 59):
        run("watch", "--once", now=CLOCK.format(minute))
        timeline = ask("incident", "show", "all-disks", now=CLOCK.format(minute))["timeline"]
        for entry in timeline:
            if entry["kind"] == "escalated":
                seen.setdefault(entry["text"], entry["at"][14:16])
    assert seen == {
        "Escalated to secondary Jonas Weber": "10",
        "Escalated to Marek Dvorak": "25",
        "Escalated to Granite colocation, remote hands": "40",
    }
    assert clone.commits() == 5
