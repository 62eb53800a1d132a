"""The site in a browser: quiet, right at every clock, readable by anybody, on paper and without scripts."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from oncall_cli.model.time import Instant, parse_instant
from oncall_cli.model.zone import Zone
from oncall_cli.render.times import Times
from tests.browser.conftest import BUILT, Open, Site, Sites
from tests.browser.looks import audit
from tests.conftest import Run

EVERY_TEAM = ("example", "infrastructure", "shield", "sprint", "students", "weekly")
CLOCKS = {
    "the second before a handoff": "2026-11-24T13:59:59Z",
    "the handoff": "2026-11-24T14:00:00Z",
    "a cover": "2026-11-25T23:30:00Z",
    "a holiday that is nobody's": "2026-11-26T15:00:00Z",
    "a night outside the hours": "2026-11-24T03:00:00Z",
    "Berlin falls back": "2026-10-25T01:00:00Z",
    "the hour that New York has twice": "2026-11-01T06:30:00Z",
    "New York springs forward": "2027-03-14T07:00:00Z",
    "the second before Berlin springs forward": "2027-03-28T00:59:59Z",
    "a handoff in the summer": "2027-04-06T13:00:00Z",
}
SHOWN = """() => Object.fromEntries([...document.querySelectorAll(".card.now")].flatMap((card) =>
    [...card.querySelectorAll(".role")].filter((role) => !role.hidden).map((role) => [
        `${card.dataset.rotation} ${role.dataset.role}`,
        [...role.querySelectorAll(".held .p")].map((person) => person.textContent)])))"""
TIMES = """() => [...document.querySelectorAll("time")].map((time) => [
    Date.parse(time.dateTime) / 1000, time.textContent,
    "day" in time.dataset ? "day" : "end" in time.dataset ? "end" : "", time.closest("[data-zone]")?.dataset.zone])"""


def address(site: Site, path: str = "index.html") -> str:
    return (site.folder / path).as_uri()


@pytest.mark.parametrize("team", EVERY_TEAM)
def test_no_page_says_anything_or_asks_for_anything_elsewhere(
    sites: Sites, visit: Open, served: Callable[[Site], str], team: str
) -> None:
    """Not from a folder, and not below a path of a host."""
    site = sites(team)
    pages = sorted(path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*.html"))
    for base in (site.folder.as_uri(), served(site)):
        seen = visit(f"{base}/index.html")
        for path in pages if team == "example" else site.kinds():
            seen.page.goto(f"{base}/{path}")
        assert seen.said == []
        assert [url for url in seen.asked if not url.startswith((f"{base}/", "data:"))] == []
        assert f"{base}/site.js" in seen.asked


@pytest.mark.parametrize("team", EVERY_TEAM)
def test_who_is_shown_is_who_the_command_says(
    sites: Sites, visit: Open, run: Run, monkeypatch: pytest.MonkeyPatch, team: str
) -> None:
    """At ten clocks, months after the site was made."""
    site = sites(team)
    monkeypatch.chdir(site.team)
    names = {each["id"]: each["name"] for each in json.loads(run("person", "list", "--json", now=BUILT).out)["data"]}
    page = visit(address(site)).page
    for what, now in CLOCKS.items():
        said = json.loads(run("who", "--json", now=now).out)["data"]
        expected = {f"{each['rotation']} {each['role']}": [names[person] for person in each["people"]] for each in said}
        page.clock.set_fixed_time(now)
        page.reload()
        shown = page.evaluate(SHOWN)
        assert {**{role: [] for role in shown}, **expected} == shown, what


def test_the_page_follows_the_clock(sites: Sites, visit: Open) -> None:
    """Whoever leaves it open sees the handoff happen."""
    page = visit("about:blank").page
    page.clock.install(time="2026-11-24T13:59:30Z")
    page.goto(address(sites("example")))
    before = page.evaluate(SHOWN)["platform primary"]
    page.clock.run_for(60_000)
    after = page.evaluate(SHOWN)["platform primary"]
    assert before != after


@pytest.mark.parametrize("choice", ["mine", "team", "rotation"])
def test_the_switch_shows_every_time_in_its_zone(sites: Sites, visit: Open, choice: str) -> None:
    """Also those that the page wrote itself; in a zone that is half an hour off."""
    site, own, team = sites("example"), "Asia/Kolkata", "America/New_York"
    seen = visit(address(site), zone=own)
    for path in ("index.html", "rotations/network.html", "people/farid.html"):
        seen.page.goto(address(site, path))
        seen.page.get_by_label("Zone in which times are shown").select_option(choice)
        told = seen.page.evaluate(TIMES)
        assert told
        before = Instant(0)
        for instant, text, form, place in told:
            times = Times(Zone({"mine": own, "team": team, "rotation": place}[choice]), parse_instant(BUILT))
            assert text == expected_text(times, Instant(instant), form, before), path
            before = Instant(instant)
    assert seen.said == []


def expected_text(times: Times, instant: Instant, form: str, before: Instant) -> str:
    """Return what the command would say: of an end, which stands after its beginning, the day only if it is another."""
    if form == "day":
        return times.day(instant)
    same = form == "end" and times.day(before) == times.day(instant)
    return times.time_of_day(instant) if same else times.at(instant)


def test_the_choice_of_a_zone_is_kept(sites: Sites, visit: Open, served: Callable[[Site], str]) -> None:
    site = sites("example")
    seen = visit(f"{served(site)}/index.html")
    seen.page.get_by_label("Zone in which times are shown").select_option("team")
    seen.page.get_by_role("link", name="People").click()
    assert seen.page.get_by_label("Zone in which times are shown").input_value() == "team"
    assert seen.said == []


@pytest.mark.parametrize("team", EVERY_TEAM)
def test_everybody_can_read_it(sites: Sites, visit: Open, axe: str, team: str) -> None:
    """Contrast, labels, headings, on a telephone and on a desk, by day and by night."""
    site = sites(team)
    seen = visit(address(site), now="2026-11-24T15:00:00Z")
    wrong = []
    for path in site.kinds():
        seen.page.goto(address(site, path))
        wrong += [f"{path}, {each}" for each in audit(seen.page, axe, quick=team != "example")]
    assert wrong == []


def test_a_runbook_is_found_by_a_pasted_alert(sites: Sites, visit: Open) -> None:
    site = sites("example")
    seen = visit(address(site, "runbooks/index.html"))
    field = seen.page.get_by_label("Search, or paste an alert")
    results = seen.page.locator(".results a")
    field.fill("FIRING tracking-api 5xx ratio 31.2% for 4 minutes")
    assert "racking" in results.first.inner_text()
    field.press("Enter")
    assert seen.page.evaluate("document.activeElement.textContent") == results.first.inner_text()
    field.fill("xyzzy")
    assert results.count() == 0
    assert seen.page.get_by_text("No runbook says these words.").is_visible()
    field.press("Escape")
    assert seen.page.get_by_role("group", name="All runbooks").is_visible()
    assert seen.said == []


def test_without_scripts_it_tells_the_day_that_it_was_made_for(
    sites: Sites, visit: Open, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = sites("example")
    page = visit(address(site), java_script_enabled=False).page
    monkeypatch.chdir(site.team)
    said = json.loads(run("who", "--json", now=BUILT).out)["data"]
    cards = page.locator(".cards").inner_text()
    names = {each["id"]: each["name"] for each in json.loads(run("person", "list", "--json", now=BUILT).out)["data"]}
    assert all(names[person] in cards for each in said for person in each["people"])
    assert "Times are in America/New_York" in page.locator("header").inner_text()
    assert "on Tue 20 Oct 2026" in page.locator("h1").inner_text()
    page.get_by_text("As a table").click()
    assert page.get_by_role("group", name="Shifts and gaps as a table").is_visible()
    for control in ("button", "select", "input"):
        assert page.locator(f"{control}:visible").count() == 0
    page.get_by_role("link", name="Runbooks").click()
    assert page.get_by_role("group", name="All runbooks").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_paper_there_is_ink_and_no_button(sites: Sites, visit: Open, scheme: str) -> None:
    """Black on white, whatever the screen was; the people and the weeks, and nothing to click."""
    page = visit(address(sites("example")), color_scheme=scheme).page
    page.emulate_media(media="print", color_scheme=scheme)
    for hidden in ("nav", ".bar-of-buttons", "#zone select", ".skip"):
        assert not page.locator(hidden).first.is_visible(), hidden
    for shown in ("h1", ".card", ".board .bar"):
        assert page.locator(shown).first.is_visible(), shown
    paper, ink = page.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    )
    assert paper == "rgb(255, 255, 255)"
    assert max(int(part) for part in ink.removeprefix("rgb(").rstrip(")").split(",")) < 80
