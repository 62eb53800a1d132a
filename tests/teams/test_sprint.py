"""The sprint-long rotation with primary and support, from 9 to 5 Eastern."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import Run
from tests.teams.conftest import Ask, StandIn

MONDAY = "2026-11-23T09:00:00-05:00"
WEDNESDAY = "2026-11-25T09:00:00-05:00"
PRODUCT = "rotations/product/rotation.yaml"
# In Chicago, where he lives, 14:00 Eastern is an hour earlier.
DARIOS = "13:00 (14:00 America/New_York) Merge dependency updates (oncall runbook show dependency-updates)"
NEW_YORK = ZoneInfo("America/New_York")


def duties(screen: str) -> list[str]:
    """Return the lines about duties of a start screen."""
    return screen.partition("Duties today\n")[2].partition("\n\n")[0].splitlines()


def without(text: str, begin: str, end: str) -> tuple[str, str]:
    """Return a text without the part from one line to another, and that part."""
    head, _, rest = text.partition(begin)
    part, _, tail = rest.partition(end)
    return f"{head}{end}{tail}", f"{begin}{part}"


def local(instant: str) -> datetime:
    """Return an instant of the program's JSON by the wall in New York."""
    return datetime.fromisoformat(instant).astimezone(NEW_YORK)


def test_r1_duties_come_in_the_order_of_their_priority_not_of_the_clock(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """R1: the duties have an order, the file has it, and whoever starts sees it; the team changes it by an edit."""
    clone = stand_in("sprint", "cleo")
    tuesday = "2026-12-01T09:00:00-05:00"
    before = ask("start", "--dry-run", now=tuesday)["shifts"][0]["duties"]
    assert [duty["id"] for duty in before] == ["incidents", "errors", "deployments"]
    rest, errors = without(clone.read(PRODUCT), "  - id: errors\n", "  - id: deployments\n")
    last = "  - id: dependency-updates\n"
    clone.commit({PRODUCT: rest.replace(last, errors + last)}, "Deploy before looking at errors")
    assert duties(run("start", now=tuesday).out) == [
        "         Respond to incidents",
        "  11:00  Deploy to production (oncall runbook show deploy)",
        "  09:30  Look at new errors before somebody reports them",
    ]


def test_r1_support_has_duties_of_its_own(stand_in: StandIn, run: Run) -> None:
    """R1: what the support is for stands below the primary's duties, and is shown to the support."""
    stand_in("sprint", "dario")
    screen = run("start", now=MONDAY).out
    assert "Dario Conti reports for duty: product, support\n" in screen
    assert " ".join(" ".join(duties(screen)).split()) == DARIOS


def test_r2_support_takes_over_for_the_day_that_was_agreed(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """R2: Brandt is away on Monday; Cleo, his support, is primary, and Dario supports her."""
    clone = stand_in("sprint", "cleo")
    held = {each["role"]: each for each in ask("who", "product", now=MONDAY)}
    assert {role: (each["people"], each["source"]) for role, each in held.items()} == {
        "primary": (["cleo"], "override"),
        "support": (["dario"], "override"),
    }
    assert held["primary"]["next"] == {"people": ["brandt"], "start": "2026-11-24T14:00:00Z"}
    screen = " ".join(run("who", "product", now=MONDAY).out.split())
    assert "until Mon 23 Nov 17:00, in 8h; then Brandt Olsen from Tue 24 Nov 09:00" in screen
    assert (
        "no answer? after 15m support Dario Conti; after 30m Elif Demir (+1-617-555-0154); after 1h Skyward cloud"
        in screen
    )
    home = " ".join(run(now=MONDAY).out.split())
    assert "product primary Cleo Martin until Mon 23 Nov 17:00, then Brandt Olsen from Tue 24 Nov 09:00" in home
    reason = run("why", "product", now=MONDAY).out
    assert "Cleo Martin for Brandt Olsen\n" in reason
    assert "“Brandt is away for the day”" in reason
    assert run("start", now=MONDAY).code == 0
    assert clone.last_commit()[1] == "cleo reports for duty on product (primary)"


def test_r2_support_takes_over_when_the_primary_is_away_and_nobody_knew(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """R2: on Tuesday Brandt is ill; Cleo stands in, and the schedule says so from then on, until 5 o'clock."""
    clone = stand_in("sprint", "cleo")
    tuesday = "2026-11-24T10:00:00-05:00"
    assert ask("who", "product", now=tuesday)[0]["people"] == ["brandt"]
    assert run("start", "product", "--cover", now=tuesday).code == 0
    cover = "rotations/product/overrides/2026-11-24-cleo-covers-brandt.yaml"
    shift = "rotations/product/shifts/2026/2026-11-24-cleo-primary.yaml"
    subject = "cleo reports for duty on product (primary), covering for brandt"
    left = "rotations/product/overrides/2026-11-24-nobody-support.yaml"
    assert clone.last_commit() == ("cleo@example.com", subject, [cover, left, shift])
    assert "    person: cleo\n    instead_of: brandt\n" in clone.read(cover)
    [primary, support] = ask("who", "product", now=tuesday)
    assert (primary["people"], primary["end"]) == (["cleo"], "2026-11-24T22:00:00Z")
    assert support["people"] == []  # nobody is in two places
    assert run("check", now=tuesday).code == 0


@pytest.mark.parametrize(
    ("wall", "code"),
    [("08:59", 3), ("09:00", 0), ("16:59", 0), ("17:00", 3)],
)
@pytest.mark.parametrize("day", ["2027-03-12", "2027-03-15"])
def test_r3_somebody_answers_from_9_to_5_eastern(stand_in: StandIn, run: Run, day: str, wall: str, code: int) -> None:
    """R3: nine to five by the clock in New York, on the Friday before the clocks change and the Monday after."""
    stand_in("sprint", "elif")
    outcome = run("who", "product", "--at", f"{day} {wall}", now=MONDAY)
    assert outcome.code == code
    assert ("primary    nobody" in outcome.out) is (code == 3)


def test_r3_the_hours_keep_to_the_wall_through_the_change_of_the_clocks(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """R3: 14:00 UTC becomes 13:00 UTC on 14 March 2027, each day has its eight hours, and no minute is lost."""
    stand_in("sprint", "elif")
    around = ("--from", "2027-03-11 00:00", "--to", "2027-03-17 00:00")
    said = ask("schedule", "product", *around, now=MONDAY)
    assert [(each["start"], each["end"][11:16]) for each in said["shifts"] if each["role"] == "primary"] == [
        ("2027-03-11T14:00:00Z", "22:00"),
        ("2027-03-12T14:00:00Z", "22:00"),
        ("2027-03-15T13:00:00Z", "21:00"),
        ("2027-03-16T13:00:00Z", "21:00"),
    ]
    assert said["gaps"] == []
    far = " ".join(run("--as", "hana", "who", "product", "--at", "2027-03-15 07:00", now=MONDAY).out.split())
    assert "until Mon 15 Mar 14:00 (17:00 America/New_York)" in far  # Hana reads in Los Angeles


def test_r3_the_answer_is_as_urgent_as_the_trouble(stand_in: StandIn, run: Run, ask: Ask) -> None:
    """R3: each severity has its target, and an incident its severity; one that the team does not know is an error."""
    clone = stand_in("sprint", "aisha")
    text = clone.read("oncall.yaml")
    assert "sev1: {title: The product cannot be used, respond: 15 minutes" in text
    assert [(each["id"], each["severity"]) for each in ask("incident", "list", "--all", now=MONDAY)] == [
        ("2026-11-17-stale-search", "sev2"),
        ("2026-11-05-checkout-down", "sev1"),
    ]
    clone.change("rotations/product/incidents/2026/2026-11-17-stale-search.yaml", "severity: sev2", "severity: urgent")
    assert run("check", now=MONDAY).code == 1
    [problem] = [each for each in ask("check", now=MONDAY) if each["severity"] == "error"]
    assert (problem["path"].endswith("stale-search.yaml"), "'urgent'" in problem["message"]) == (True, True)


@pytest.mark.parametrize(
    ("rotation", "first_day", "weeks", "order"),
    [
        ("product", "2026-09-02", 2, ["aisha", "brandt", "cleo", "dario"]),
        ("data", "2026-09-14", 3, ["felipe", "gwen", "hana"]),
    ],
)
def test_r4_a_shift_is_a_sprint_for_any_number_of_weeks(
    stand_in: StandIn, ask: Ask, rotation: str, first_day: str, weeks: int, order: list[str]
) -> None:
    """R4: who is primary on a day is told by counting sprints from the first day of one, for two years."""
    stand_in("sprint", "elif")
    first = datetime.fromisoformat(first_day).replace(hour=9, tzinfo=NEW_YORK)
    window = ("--from", first_day, "--to", "2028-09-01")
    said = ask("schedule", rotation, "--role", "primary", *window, now=MONDAY)
    days = [(local(shift["start"]), shift["people"], shift["source"]) for shift in said["shifts"]]
    planned = [(day, people) for day, people, source in days if source == "roster"]
    assert len(planned) > 500
    assert {day.strftime("%H:%M") for day, _ in planned} == {"09:00"}
    sprint = timedelta(weeks=weeks)
    assert all(people == [order[(day - first) // sprint % len(order)]] for day, people in planned)


def test_r4_cleo_begins_on_the_first_day_and_the_record_is_of_the_whole_sprint(stand_in: StandIn, run: Run) -> None:
    """R4: one shift, one record, from Wednesday at 9:00 to the Tuesday after next at 17:00."""
    clone = stand_in("sprint", "brandt")
    assert run("end", "-m", "Quiet.", now="2026-11-24T17:00:00-05:00").code == 0
    clone.hand_to("cleo")
    screen = run("start", now=WEDNESDAY).out
    assert "Cleo Martin reports for duty: product, primary\n  until Tue 8 Dec 17:00, in 13d 8h\n" in screen
    assert "Handed over by Brandt Olsen, Tue 24 Nov 17:00; accepted by Cleo Martin\n" in screen
    ended = "rotations/product/shifts/2026/2026-11-11-brandt-primary.yaml"
    begun = "rotations/product/shifts/2026/2026-11-25-cleo-primary.yaml"
    assert clone.last_commit()[2] == [ended, begun]
    assert clone.read(ended).endswith("accepted:\n  by: cleo\n  at: 2026-11-25T09:00:00-05:00\n")
    assert "scheduled:\n  start: 2026-11-25T09:00:00-05:00\n  end: 2026-12-08T17:00:00-05:00\n" in clone.read(begun)


def test_r4_on_thanksgiving_cleo_is_told_when_her_sprint_goes_on(stand_in: StandIn, run: Run) -> None:
    """R4: in the middle of a sprint nobody works on a holiday; the next day of it is named, not its first."""
    stand_in("sprint", "cleo")
    refused = run("start", now="2026-11-26T10:00:00-05:00")
    assert refused.code == 1
    assert "nobody is on call in 'product' until Mon 30 Nov 09:00" in refused.err
    assert "you are next on call in 'product' as primary, from Mon 30 Nov 09:00" in refused.err
