"""A document in a terminal, as Markdown, as a page and as pictures: nothing is lost, and no data becomes markup."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oncall_cli.render.bars import Bar, Chart, bar, bar_lines
from oncall_cli.render.document import Document, Section, Table
from oncall_cli.render.document_html import documents_html
from oncall_cli.render.document_markdown import charts_of, document_markdown
from oncall_cli.render.document_text import document_text
from oncall_cli.render.svg import bar_chart
from oncall_cli.render.text import width_of

NASTY = "<script>alert(1)</script> | \"a\" & 'b' [x](javascript:y) \x1b[31m\u202e"
# Words as people write them: what has no place to break is not folded.
TEXTS = st.lists(st.text(st.characters(codec="utf-8"), max_size=12), max_size=12).map(" ".join)


def document(text: str = NASTY, value: int = 3) -> Document:
    chart = Chart("web-days", text, (Bar(text, value, str(value)), Bar("none", 0, "0")))
    table = Table(("number", text), ((str(value), text), ("-", text)))
    return Document(text, (text,), (Section("one", "One", (table, chart, text)),))


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 60), st.booleans())
def test_a_bar_is_as_long_as_its_share(value: int, more: int, width: int, plain: bool) -> None:
    most = value + more
    drawn = bar(value, most, width, plain=plain)
    assert len(drawn) <= width
    assert bool(drawn) == bool(value)
    if plain:
        assert drawn.isascii()
    if value and value == most:
        assert drawn == ("#" if plain else "█") * width


def test_bars_stand_beside_their_numbers() -> None:
    bars = (Bar("Access", 90, "1h 30m"), Bar("Network", 45, "45m"), Bar("None", 0, "0s"))
    assert bar_lines(bars, 30) == [
        "  Access   1h 30m  ███████████",
        "  Network     45m  █████▌",
        "  None         0s",
    ]
    assert bar_lines(bars, 30, plain=True)[1] == "  Network     45m  ######"
    assert bar_lines(()) == []


@settings(deadline=None, max_examples=40)
@given(TEXTS, st.integers(0, 10**4))
def test_no_line_is_wider_than_the_terminal(text: str, value: int) -> None:
    for plain in (False, True):
        shown = document_text(document(text, value), plain=plain)
        assert all(width_of(line) <= 80 for line in shown.splitlines()), shown
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", shown)


def test_numbers_stand_under_each_other_at_their_ends() -> None:
    table = Table(("n", "time", "of what"), (("1", "2h 10m", "Access"), ("12", "-", "Network")))
    lines = document_text(Document("T", (), (Section("one", "One", (table,)),))).splitlines()
    assert lines[3:] == ["   n    time  of what", "   1  2h 10m  Access", "  12       -  Network"]


def test_markdown_holds_every_number_and_no_markup_of_the_data() -> None:
    plain, pictured = document_markdown(document()), document_markdown(document(), "week")
    for text in (plain, pictured):
        assert "<script" not in text.replace("\\<script", "")
        assert "\x1b" not in text
        rows = [line for line in text.splitlines() if line.startswith("|")]
        assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} <= {3, 4}
        assert "\\\\|" not in text
    assert "█" in plain
    assert "![" not in plain
    assert "](<week-web-days.svg>)" in pictured
    assert charts_of(document(), "week") == {"week-web-days.svg": f"{bar_chart(document().sections[0].parts[1])}\n"}


class Page(HTMLParser):
    """What a browser would find: the tags with their attributes, and the text outside of style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_page_runs_nothing_and_fetches_nothing() -> None:
    page = documents_html([document(), document("Other")])
    found = Page(page)
    names = {tag for tag, _ in found.tags}
    assert not names & {"script", "img", "link", "iframe", "a", "object", "base", "form"}
    assert not [name for _, said in found.tags for name in said if name.startswith("on") or name in ("href", "src")]
    policy = next(said["content"] for tag, said in found.tags if said.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    style = page.partition("<style>")[2].partition("</style>")[0]
    assert base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() in policy
    assert "<script>alert(1)</script>" in "".join(found.texts)
    assert names >= {"h1", "h2", "table", "svg", "title"}


@pytest.mark.parametrize("value", [0, 1, 10**9])
def test_a_picture_is_told_to_whoever_cannot_see_it(value: int) -> None:
    """It is XML, holds its numbers as text, and is the same bytes every time."""
    chart = document(value=value).sections[0].parts[1]
    assert isinstance(chart, Chart)
    drawn = bar_chart(chart)
    assert drawn == bar_chart(chart)
    root = ElementTree.fromstring(drawn)
    space = {"svg": "http://www.w3.org/2000/svg"}
    assert root.get("role") == "img"
    title, described = root.find("svg:title", space), root.find("svg:desc", space)
    assert title is not None
    assert described is not None
    assert (root.get("aria-labelledby") or "").split() == [title.get("id"), described.get("id")]
    assert "none: 0" in (described.text or "")
    assert len(root.findall(".//svg:rect", space)) == (1 if value else 0)
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {"svg", "title", "desc", "g", "text", "rect"}
