"""Team V: Petra's week as the shield of the gateway team, and Raj, who accepts it."""

from __future__ import annotations

from collections.abc import Callable

from tests.conftest import Run
from tests.teams.conftest import StandIn
from tests.teams.week import Week, squeezed

PETRA = "rotations/support/shifts/2026/2026-11-23-petra-primary.yaml"


def at(day: str, time: str) -> str:
    return f"2026-11-{day}T{time}:00-05:00"


def test_a_week_as_the_shield(stand_in: StandIn, run: Run, golden: Callable[[str, str], None]) -> None:
    """V3 to V16."""
    week = Week(stand_in("shield", "petra"), run)
    begins(week)
    works(week)
    hands_over(week)
    week.hold(golden, "shield")


def begins(week: Week) -> None:
    """Owen has forgotten to end; Petra takes the epics and sees what is overdue."""
    week.step("owen", at("23", "08:55"), "end --no-post -m 'A calm week.' --ongoing 'The account for the archive'")
    screen = squeezed(week.step("petra", at("23", "09:02"), "start --no-post").out)
    assert "Handed over by Owen Brightman, Mon 23 Nov 08:55; accepted by Petra Kovacs" in screen
    assert screen.index("2026-11-20-new-service-account OVERDUE") < screen.index(
        "2026-11-19-longer-timeout for stand-up"
    )
    assert "OVERDUE 6d: [high] Test sign-in with two tenants before a deploy (raj)" in screen
    assert "3 [ ] Put your name in the topic of #gateway-support Support this week: Petra Kovacs" in screen
    assert "3 when nothing is left" in screen
    for item in ("1", "2", "3", "4"):
        week.step("petra", at("23", "09:10"), f"done {item}")


def works(week: Week) -> None:
    """A VPN in two lines, an audit a day, a request that takes too long."""
    week.step("petra", at("23", "09:20"), "request ack new-service")
    week.step(
        "petra",
        at("23", "10:00"),
        "request open 'VPN for new hire' --from '#gateway-support' --by 'Billing team' --section access",
    )
    week.step("petra", at("23", "10:30"), "request time vpn-for +20m")
    week.step("petra", at("23", "10:31"), "request close vpn-for --solution 'Added to the group'")
    audit = "duty done iam-audit --note 'No key over 80 days'"
    week.step("petra", at("23", "10:50"), audit)
    week.step("petra", at("24", "09:30"), "request open 'Deploys hang' --by 'Mapping team' --section deploys")
    week.step("petra", at("24", "09:40"), "message render acknowledge --request deploys-hang --sent")
    week.step("petra", at("24", "10:50"), audit)
    week.step("petra", at("24", "12:00"), "request time deploys-hang +45m")
    long = week.step("petra", at("24", "15:00"), "request time deploys-hang +1h30m")
    assert "2h 15m spent, over 2 hours: stop and bring it to the team" in squeezed(long.err + long.out)
    week.step("petra", at("24", "15:05"), "request note deploys-hang --tried 'Restarted the runner'")
    week.step("petra", at("24", "15:10"), "request delegate deploys-hang raj")
    week.step("petra", at("25", "10:50"), audit)
    week.step("petra", at("25", "11:00"), "log --kind task 'Automated the access requests'")
    week.step("petra", at("27", "10:50"), audit)  # Thursday is Thanksgiving


def hands_over(week: Week) -> None:
    """Petra gives back; Raj accepts; both names are on the record."""
    for item in ("7", "8", "9"):
        week.step("petra", at("30", "08:40"), f"done {item}")
    ended = week.step("petra", at("30", "08:55"), "end --no-post --ongoing 'Deploys hang, with Raj'")
    week.keep("Petra hands over", ended.out)
    assert "still open on the checklist: Write the week's report" in ended.err
    screen = squeezed(week.step("raj", at("30", "09:00"), "start --no-post").out)
    assert "Handed over by Petra Kovacs, Mon 30 Nov 08:55; accepted by Raj Deshmukh" in screen
    assert "- Deploys hang, with Raj" in screen
    assert "Review the team's pull requests: Mon 23 Nov, Tue 24 Nov, Wed 25 Nov, Fri 27 Nov" in screen
    assert "Answer the IAM audit: " not in screen
    assert "accepted:\n  by: raj\n  at: 2026-11-30T09:00:00-05:00\n" in week.clone.read(PETRA)
    week.keep("As the team's report", week.step("raj", at("30", "09:05"), "handoff --template week").out)
    week.keep("In a chat", week.step("raj", at("30", "09:05"), "handoff --format text").out)
