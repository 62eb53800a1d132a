"""Team P: a week of the maps, with an outage that customers are told of, handed over on Tuesday morning."""

from __future__ import annotations

from collections.abc import Callable

from tests.commands.test_probe import pages
from tests.conftest import Run
from tests.teams.conftest import StandIn
from tests.teams.week import Week, squeezed


def at(day: str, time: str) -> str:
    month, _, number = day.rpartition("-")
    return f"2026-{month or '11'}-{number}T{time}:00+01:00"


def test_a_week_of_maps(stand_in: StandIn, run: Run, golden: Callable[[str, str], None]) -> None:
    """P4, P6, P8, P10, P11, P13."""
    clone = stand_in("weekly", "oskar")
    week = Week(clone, run)
    with pages() as address:
        clone.hand_to("ravi")
        path = "rotations/web/rotation.yaml"
        clone.change(path, "https://status.fernblick.example.com", f"{address}/status.json")
        clone.git("commit", "--amend", "--quiet", "--no-edit", "--date", at("23", "10:00"))
        clone.change(path, "https://tiles.fernblick.example.com/health", f"{address}/status.json?tiles")
        clone.git("commit", "--amend", "--quiet", "--no-edit", "--date", at("23", "11:00"))
        who = begins(week)
        works(week, who)
        hands_over(week, who)
        week.hold(golden, "weekly", address)


def begins(week: Week) -> str:
    """Mila ends, the next one accepts, and the responsibilities stand on the screen."""
    week.step("mila", at("24", "09:50"), "end --no-post -m 'Quiet but for the ferries.' --ongoing 'Ferry routes'")
    who = "oskar"
    screen = squeezed(week.step(who, at("24", "10:02"), "start --no-post").out)
    assert "Handed over by Mila" in screen
    assert "As primary Answers pages, triages the night's notifications once per working day" in screen
    assert "Answer pages within five minutes" in screen
    return who


def works(week: Week, who: str) -> None:
    """Triage, the release, a look at production, a test that others announce, and a message to customers."""
    week.step(who, at("24", "10:20"), "done 2")
    week.step(who, at("24", "10:25"), "probe --log")
    triage = "duty done triage --note 'All known'"
    week.step(who, at("24", "10:28"), triage)
    week.step(who, at("25", "10:28"), triage)
    week.step(who, at("25", "14:30"), "duty done release --note 'Release 214 is out'")
    week.step(who, at("26", "10:28"), triage)
    week.step("ravi", at("26", "15:00"), "log --kind announcement 'Failover test on Saturday at 8'")
    week.step("juna", at("26", "16:00"), "message render identified --incident grey-tiles --to customers --sent")


def hands_over(week: Week, who: str) -> None:
    """Tuesday morning: the summary, the page for the wiki, and the next one's name."""
    ended = week.step(who, at("12-01", "09:55"), "end --no-post --ongoing 'Failover test is not evaluated'")
    week.keep("The week is handed over", ended.out)
    assert "Missed: Triage the notifications (2026-11-27, 2026-11-30)" in ended.out
    following = "kofi"
    screen = squeezed(week.step(following, at("12-01", "10:01"), "start --no-post").out)
    assert "Failover test is not evaluated" in screen
    assert "! Thu 26 Nov 14:00 ravi: announcement: Failover test on Saturday at 8" in screen
    week.keep("Accepted", week.step(following, at("12-01", "10:05"), "handoff web").out)
    page = week.step(following, at("12-01", "10:05"), "handoff web --template week --format html").out
    assert "Failover test is not evaluated" in page
