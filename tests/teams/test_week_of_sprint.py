"""Team R: the last days of Brandt's sprint, and the first of Cleo's."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from tests.commands.test_probe import pages
from tests.conftest import Run
from tests.teams.conftest import StandIn
from tests.teams.week import Week, squeezed

BRANDT = "rotations/product/shifts/2026/2026-11-11-brandt-primary.yaml"


def at(day: str, time: str) -> str:
    return f"2026-11-{day}T{time}:00-05:00"


def test_a_week_of_a_sprint(stand_in: StandIn, run: Run, golden: Callable[[str, str], None]) -> None:
    """R1, R5, R10 to R13."""
    clone = stand_in("sprint", "brandt")
    week = Week(clone, run)
    with pages() as address:
        clone.hand_to("elif")
        path = "rotations/product/rotation.yaml"
        clone.change(path, "https://app.meridian.example.com/health", f"{address}/health")
        clone.git("commit", "--amend", "--quiet", "--no-edit", "--date", at("18", "10:00"))
        ends(week)
        begins(week)
        week.hold(golden, "sprint", address)


def ends(week: Week) -> None:
    """An interruption, a page that is down, and the sprint's issue."""
    week.step("brandt", at("19", "09:20"), "duty done errors -r product --note 'Nothing new'")
    week.step(
        "brandt",
        at("19", "10:00"),
        "request open 'Why is the invoice late?' --by Sales --section questions",
    )
    week.step("brandt", at("19", "10:20"), "request time invoice +15m")
    week.step("brandt", at("19", "10:21"), "request close invoice --solution 'It is weekly'")
    down = week.step("brandt", at("20", "09:00"), "probe product --log", code=1)
    assert squeezed(down.out).startswith("DOWN Product health 0.")
    week.step("hana", at("20", "14:00"), "log -r product --kind announcement 'Load test on Monday at 7'")
    ended = week.step("brandt", at("20", "17:00"), "end product --no-post --ongoing 'Pennywise owes us a report'")
    week.keep("Brandt hands over", ended.out)
    assert "is scheduled until" in ended.err


def begins(week: Week) -> None:
    """Whoever is next accepts; the handoff is the body of the sprint's issue."""
    screen = squeezed(week.step("cleo", at("25", "09:00"), "start product --no-post").out)
    assert "Cleo" in screen.split(" reports for duty: product, primary", 1)[0]
    assert "Handed over by Brandt" in screen
    assert "! Fri 20 Nov 14:00 hana: announcement: Load test on Monday at 7" in screen
    today = screen.partition("Duties today")[2]
    assert 0 < today.index("Respond to incidents") < today.index("Look at new errors")
    assert "More on the checklist: 1 during the shift, 2 at the end, 2 when nothing is left: oncall done" in screen
    assert "accepted:\n  by: cleo\n" in week.clone.read(BRANDT)
    address = week.step("cleo", at("25", "09:10"), "handoff product --template sprint-issue --format issue").out.strip()
    said = parse_qs(urlsplit(address).query)
    assert said["title"] == ["On call: Product, sprint of brandt"]
    week.keep("The sprint's issue", said["body"][0] + "\n")
