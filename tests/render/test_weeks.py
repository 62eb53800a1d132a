"""A picture of weeks is true to scale, tells in words all that it shows, and lets no data become markup."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oncall_cli.model.person import Person
from oncall_cli.model.time import DAY, Instant, wall_of
from oncall_cli.model.zone import Zone
from oncall_cli.practice.lanes import Bar, Lane, Lanes
from oncall_cli.practice.stretches import Kind
from oncall_cli.render.marks import marks_of
from oncall_cli.render.svg_width import fitting, width
from oncall_cli.render.times import Times
from oncall_cli.render.weeks import PLOT, WIDTH, Looks, Row, Weeks, bands_of, weeks_before_and_after
from oncall_cli.render.weeks_svg import weeks_svg

SVG = "{http://www.w3.org/2000/svg}"
EVIL = "</text><script>alert(1)</script> & \"x\" 'y' \x1b[31m\u202e"
BERLIN = Zone.parse("Europe/Berlin")
PEOPLE = ("ana", "ben", "cleo")
# The week of 19 October 2026 in Berlin has 169 hours.
START = Instant(1792360800)
END = Instant(START + 169 * 3600)


def looks(name: str = "", now: int = 0, zone: Zone = BERLIN) -> Looks:
    people = {person: Person.model_validate({"name": name or person.title()}) for person in PEOPLE}
    return Looks(Times(zone, Instant(now)), marks_of(PEOPLE), people)


def picture(bars: list[Bar], start: int = START, end: int = END) -> Weeks:
    return Weeks("web", "Web", Instant(start), Instant(end), ((Row("web primary", "", tuple(bars)),),))


def boxes(svg: str) -> list[ElementTree.Element]:
    tree = ElementTree.fromstring(svg)
    return [box for box in tree.iter(f"{SVG}rect") if box.find(f"{SVG}title") is not None]


@st.composite
def rows(draw: st.DrawFn) -> list[Bar]:
    """Bars of an hour or more, one after the other with holes, within the week."""
    at, found = START, []
    while at < END and len(found) < 40:
        at += draw(st.sampled_from([0, 0, 3600, 50000]))
        end = min(END, at + draw(st.sampled_from([3600, 9000, 43200, 200000])))
        kind = draw(st.sampled_from(list(Kind)))
        people = () if kind in (Kind.GAP, Kind.NOBODY) else tuple(draw(st.sets(st.sampled_from(PEOPLE), min_size=1)))
        if at < end:
            found.append(Bar(Instant(at), Instant(end), people, False, kind, "x" if kind is Kind.OVERRIDE else None))
        at = end
    return found


@settings(deadline=None, max_examples=40)
@given(rows())
def test_boxes_are_true_to_scale(bars: list[Bar]) -> None:
    """Each bar is one box, as wide as its share of the time, in order and inside of the picture."""
    found = boxes(weeks_svg(picture(bars), looks()))
    assert len(found) == len(bars)
    reach = 0.0
    for bar, box in zip(bars, found, strict=True):
        x, wide = float(box.get("x", "")), float(box.get("width", ""))
        assert wide == pytest.approx(PLOT * (bar.end - bar.start) / (END - START), abs=0.1)
        assert x >= reach - 0.2
        reach = x + wide
        assert reach <= WIDTH


@settings(deadline=None, max_examples=40)
@given(rows())
def test_all_that_is_seen_is_also_said(bars: list[Bar]) -> None:
    """A screen reader gets every shift, gap and override; what does not fit its box stands in the legend."""
    svg = weeks_svg(picture(bars), looks())
    tree = ElementTree.fromstring(svg)
    words = tree.findtext(f"{SVG}desc") or ""
    for person in {person for bar in bars for person in bar.people}:
        assert person.title() in words
        assert person.title() in "".join(text.text or "" for text in tree.iter(f"{SVG}text"))
    assert words.count("NOT COVERED") == sum(bar.kind is Kind.GAP for bar in bars)
    assert words.count("by the override x") == sum(bar.kind is Kind.OVERRIDE for bar in bars)


@settings(deadline=None, max_examples=40)
@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_no_data_is_markup(name: str) -> None:
    """Whatever a name or a title holds, it is text of a picture that can be parsed."""
    for said in (EVIL, f"x{name}"):
        svg = weeks_svg(picture([Bar(START, END, PEOPLE)])._replace(title=said), looks(said))
        tags = {element.tag for element in ElementTree.fromstring(svg).iter()}
        assert tags == {
            f"{SVG}{tag}"
            for tag in ["svg", "title", "desc", "style", "defs", "pattern", "rect", "circle", "g", "text", "path"]
        }
        assert not re.search(r"\son\w+=|href|url\((?!#)", svg)


def test_a_change_is_seen_without_colour() -> None:
    """Before it is dashed and struck out, after it thick and bold; what does not change is neither."""
    same = Bar(START, Instant(START + DAY), ("ana",))
    was, will = (Bar(Instant(START + DAY), END, (person,), True) for person in ("ben", "cleo"))
    lanes = Lanes(START, END, (Lane("web", "primary", (same, was), (same, will)),))
    svg = weeks_svg(weeks_before_and_after(lanes, "Before and after", looks().times), looks())
    assert [box.get("stroke-dasharray") for box in boxes(svg)] == [None, "4 3", None, None]
    assert [box.get("stroke-width") for box in boxes(svg)] == [None, "1.5", None, "2.6"]
    names = [each for each in ElementTree.fromstring(svg).iter(f"{SVG}text") if each.text in ("Ana", "Ben", "Cleo")]
    written = [(each.text, each.get("text-decoration"), each.get("font-weight")) for each in names]
    assert written == [("Ana", None, None), ("Ben", "line-through", None), ("Ana", None, None), ("Cleo", None, "700")]
    assert "what it was" in svg
    assert "what it becomes" in svg


def test_weeks_in_which_nothing_changes_are_not_in_a_review() -> None:
    """Of four crowded weeks, only the one with the change is drawn."""
    days = [Instant(START + number * DAY) for number in range(29)]
    before = tuple(Bar(one, two, ("ana",), number == 16) for number, (one, two) in enumerate(pairwise(days)))
    lanes = Lanes(days[0], days[-1], (Lane("web", "primary", before, before),))
    (band,) = bands_of(weeks_before_and_after(lanes, "", looks().times), looks().times)
    assert band.start <= days[16] < band.end
    assert band.end - band.start <= 8 * DAY


def test_a_day_of_25_hours_is_longer_and_says_so() -> None:
    """The Sunday on which Berlin's clocks go back takes a 25th more room than its Saturday."""
    svg = weeks_svg(picture([Bar(START, END, ("ana",))]), looks())
    lines = sorted(float(x) for x in re.findall(r"M([\d.]+) 38V", svg))
    assert len(lines) == 7
    saturday, sunday = lines[6] - lines[5], WIDTH - 10 - lines[6]
    assert sunday / saturday == pytest.approx(25 / 24, abs=0.01)
    assert "Sun 25 (25 h)" in svg


@pytest.mark.parametrize(("now", "seen"), [(START - 1, 0), (START, 1), (END - 1, 1), (END, 0)])
def test_now_is_a_line_only_where_it_is(now: int, seen: int) -> None:
    """What is over, and what is to come, is drawn the same whenever one looks."""
    svg = weeks_svg(picture([Bar(START, END, ("ana",))]), looks(now=now))
    assert svg.count(">now<") == seen


@settings(deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=3), st.integers(0, 200))
def test_words_fit(choices: list[str], room: int) -> None:
    """Nothing is written that is estimated to be wider than its place; cut only when there is no other way."""
    assert width(fitting(choices, room, 12), 12) <= room
    said = fitting(choices, room, 12, cut=True)
    assert said == "…" or width(said, 12) <= room


def test_every_zone_begins_its_days_at_midnight() -> None:
    """A picture asked for in another zone has that zone's days."""
    tokyo = Zone.parse("Asia/Tokyo")
    times = Times(tokyo, Instant(0))
    start, end = (times.clock.instant(wall_of(day)) for day in (date(2026, 11, 23), date(2026, 11, 30)))
    svg = weeks_svg(picture([Bar(start, end, ("ana",))], start, end), looks(zone=tokyo))
    assert re.findall(r">(\w{3} \d+(?: Nov)?)<", svg) == [
        *("Mon 23 Nov", "Tue 24", "Wed 25", "Thu 26", "Fri 27", "Sat 28", "Sun 29")
    ]
