"""The site by keyboard alone: everything can be reached, is seen when it is, and the weeks can be walked and zoomed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Open, Site, Sites

if TYPE_CHECKING:
    from playwright.sync_api import Page

NOW = "2026-11-24T15:00:00Z"
REACHABLE = """() => {
    const all = [...document.querySelectorAll("a[href], button, select, input, summary, [tabindex]")];
    const reachable = all.filter((each) => each.tabIndex >= 0 && each.checkVisibility());
    reachable.forEach((each, place) => (each.dataset.place = place));
    return reachable.length;
}"""
FOCUSED = """() => {
    const focused = document.activeElement, style = getComputedStyle(focused), box = focused.getBoundingClientRect();
    return {
        place: Number(focused.dataset.place ?? -1),
        seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        html: focused.outerHTML.slice(0, 120),
    };
}"""
PAGES = (
    "index.html",
    "rotations/platform.html",
    "people/index.html",
    "people/alice.html",
    "incidents/index.html",
    "runbooks/index.html",
    "reports/platform.html",
    "load.html",
)
BAR = """() => {
    const focused = document.activeElement;
    return focused.closest(".track") ? focused.getAttribute("aria-label") : "";
}"""
LANES = """() => [...document.querySelectorAll(".lane:not(.head)")].map((lane) =>
    [...lane.querySelectorAll(".bar")].map((bar) => bar.getAttribute("aria-label")))"""


def opened(visit: Open, site: Site, path: str = "index.html", **settings: int) -> Page:
    size = {"width": settings.get("width", 1280), "height": 900}
    return visit((site.folder / path).as_uri(), now=NOW, viewport=size).page


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", PAGES)
def test_tab_reaches_everything_in_the_order_of_the_page(sites: Sites, visit: Open, path: str, width: int) -> None:
    """And what has the focus is on the screen, with a ring around it."""
    page = opened(visit, sites("example"), path, width=width)
    count = page.evaluate(REACHABLE)
    assert count > 6
    reached = []
    for _ in range(count):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused["seen"], focused
        assert focused["inside"], focused
        reached.append(focused["place"])
    assert reached == list(range(count))


def test_the_first_stop_leads_past_the_navigation(sites: Sites, visit: Open) -> None:
    page = opened(visit, sites("example"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('main').contains(document.activeElement)")


def test_arrows_walk_over_every_shift_and_gap(sites: Sites, visit: Open) -> None:
    """Each is told in words below the chart as it gets the focus."""
    page = opened(visit, sites("example"))
    lanes = page.evaluate(LANES)
    page.locator(".bar[tabindex='0']").focus()
    for _ in lanes:
        page.keyboard.press("ArrowUp")
    walked = []
    for lane in lanes:
        page.keyboard.press("Home")
        walked.append([page.evaluate(BAR)])
        for _ in lane[1:]:
            page.keyboard.press("ArrowRight")
            walked[-1].append(page.evaluate(BAR))
            assert page.locator(".said").inner_text() == walked[-1][-1]
        page.keyboard.press("ArrowDown")
    assert walked == lanes


def test_the_weeks_zoom_to_a_day_and_back_around_the_focus(sites: Sites, visit: Open) -> None:
    page = opened(visit, sites("example"))
    pressed = page.locator(".bar-of-buttons [aria-pressed='true']")
    page.locator(".bar[tabindex='0']").focus()
    seen = [pressed.inner_text()]
    for key in ("+", "+", "+", "+", "-", "-", "-", "-", "-"):
        page.keyboard.press(key)
        assert page.evaluate(BAR), f"the focus was lost at '{key}'"
        seen.append(pressed.inner_text())
    closer = ["6 weeks", "2 weeks", "Week", "Day", "Day"]
    assert seen == [*closer, "Week", "2 weeks", "6 weeks", "Quarter", "Quarter"]


def test_page_keys_and_buttons_move_through_time(sites: Sites, visit: Open) -> None:
    """As far as the site knows the schedule, and back to today."""
    page = opened(visit, sites("example"))
    label = page.locator(".lane.head .label")
    here = label.inner_text()
    page.locator(".bar[tabindex='0']").focus()
    page.keyboard.press("PageDown")
    later = label.inner_text()
    page.keyboard.press("PageUp")
    assert label.inner_text() == here != later
    page.get_by_role("button", name="Later").press("Enter")
    assert label.inner_text() == later
    for _ in range(20):
        page.get_by_role("button", name="Later").press("Enter")
    assert "2027" in label.inner_text()
    page.get_by_role("button", name="Today").press("Enter")
    assert label.inner_text() == here
    page.get_by_role("group", name="Zoom").get_by_role("button", name="Day").press("Enter")
    assert label.inner_text() == "Tue 24 Nov"
