"""Data that wants out of its place, through every command and to every destination: it stays data.

A new destination is an entry of ``DESTINATIONS``: what must be true of what comes out, beside the same of a team whose
texts are harmless. A new command is an entry of ``READING``, ``writing`` or ``FAILING``.
"""

from __future__ import annotations

import contextlib
import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar
from markdown_it import MarkdownIt

from tests.conftest import MakeTeam, Outcome, Run, TeamFolder
from tests.payloads.hostile import COMMAND_LINE, FORGED, HARMLESS, PAYLOAD, hostile_team

NOW = "2026-11-20T12:00:00-05:00"

# what a terminal would obey, hide or turn around
_OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
)

READING: dict[str, list[list[str]]] = {
    "terminal": [
        [],
        ["who"],
        ["who", "platform", "--at", "2026-11-25 19:00"],
        ["schedule"],
        ["schedule", "--person", "bob"],
        ["calendar"],
        ["calendar", "--weeks", "2"],
        ["gaps"],
        ["load"],
        ["why", "platform"],
        ["why", "platform", "--at", "2026-11-25 19:00"],
        *([noun, "list"] for noun in ("rotation", "person", "override", "timeoff", "holidays", "incident", "runbook")),
        ["request", "list"],
        ["rotation", "show", "platform"],
        ["person", "show", "bob"],
        ["override", "show", "2026-11-25-cover"],
        ["incident", "show", "2026-11-18-labels"],
        ["ics", "--list"],
        ["escalate", "-r", "platform"],
        ["request", "show", "2026-11-18-key"],
        ["check"],
    ],
    "page": [["runbook", "show", "labels"]],
    "markdown": [["handoff"], ["handoff", "--shift", "2026-11-10-alice-primary"]],
    "csv": [["load", "--format", "csv"]],
    "ics": [
        ["ics"],
        ["ics", "platform", "--role", "primary"],
        ["ics", "--person", "bob"],
        ["ics", "--gaps", "--duties", "--all-day"],
        ["ics", "--person", "alice", "--duties", "--alarm", "1 day"],
    ],
}


def writing(text: str) -> list[list[str]]:
    """Return the commands that change something, with a text wherever they take one."""
    return [
        ["start", "platform", "--cover"],
        ["log", text],
        ["log", "--kind", "mail", "--about", text, text],
        ["end", "--as", "bob", "-m", text, "--ongoing", text],
        ["timeoff", "add", "--from", "2027-01-04", "--until", "2027-01-06", "--note", text],
        ["override", "nobody", "--from", "2026-12-24 00:00", "--to", "2026-12-25 00:00", "--reason", text],
        ["override", "remove", "2026-11-25-cover"],
        ["cover", "alice", "--for", "bob", "--from", "2026-11-21 09:00", "--to", "2026-11-22 09:00"],
        ["swap", "alice", "bob", "--shift", "2026-12-09", "--with", "2026-12-16"],
        ["take", "platform"],
        ["incident", "open", text, "--sev", "1", "-r", "platform", "--service", text, "--alert", text],
        ["incident", "note", "-i", "labels", text, "--command", text, "--link", text],
        ["incident", "impact", "-i", "labels", text],
        ["incident", "mitigate", "labels", "-m", text],
        ["incident", "resolve", "labels", "-m", text],
        ["rotation", "new", "web", "--name", text, "--every", "1 week", "--at", "tuesday 09:00", "--member", "bob"],
        ["rotation", "leave", "bob"],
        [
            "person",
            "add",
            "carol",
            "--name",
            text,
            "--email",
            "carol@example.com",
            "--chat",
            text,
            "--phone",
            "+1-212-5550101",
        ],
    ]


# Each thing that does not exist is named in the answer.
FAILING = [
    ["who", COMMAND_LINE],
    ["who", "--at", COMMAND_LINE],
    ["why", "platform", "--role", COMMAND_LINE],
    ["person", "show", COMMAND_LINE],
    ["incident", "show", COMMAND_LINE],
    ["incident", "open", "x", "--sev", COMMAND_LINE],
    ["incident", "assign", COMMAND_LINE, "bob"],
    ["escalate", COMMAND_LINE],
    ["handoff", "--shift", COMMAND_LINE],
    ["log", "--kind", COMMAND_LINE, "x"],
    ["log", COMMAND_LINE],
    ["--as", COMMAND_LINE, "start"],
    ["-C", "/nowhere/" + COMMAND_LINE.replace("\0", ""), "who"],
    ["--" + COMMAND_LINE],
    [COMMAND_LINE],
    ["rotation", "join", COMMAND_LINE],
    ["cover", COMMAND_LINE, "--shift", "next"],
    ["timeoff", "add", "--from", COMMAND_LINE, "--until", COMMAND_LINE],
    ["person", "add", COMMAND_LINE, "--name", "x"],
    ["ics", "--out", COMMAND_LINE],
    ["ics", "--check", COMMAND_LINE],
    ["ics", "--check", "https://" + COMMAND_LINE],
    ["ics", "--person", "bob", "--alarm", COMMAND_LINE],
    ["holidays", "import", COMMAND_LINE],
]


def shown_safely(seen: Outcome) -> None:
    """A terminal: nothing that it obeys, and no line that begins as the data would have it."""
    obeyed_by_nothing(seen)
    for stream in seen.out, seen.err:
        assert not re.search(rf"^{FORGED}", stream, re.MULTILINE), stream


def obeyed_by_nothing(seen: Outcome) -> None:
    """Any text: nothing that a terminal obeys, and no failure of ours."""
    for stream in seen.out, seen.err:
        assert not _OBEYED.search(stream.replace("\r\n", "\n")), ascii(stream)
    assert "Traceback" not in seen.err


def json_safely(seen: Outcome) -> None:
    """JSON: one value, nothing raw that a terminal obeys; beside an answer, talk for a person."""
    shown_safely(seen)
    assert json.loads(seen.out or seen.err)["version"] == 1


def in_a_terminal(hostile: Outcome, harmless: Outcome) -> None:
    shown_safely(hostile)
    assert hostile.code == harmless.code


def as_a_page(hostile: Outcome, harmless: Outcome) -> None:
    """A page's own text begins its own lines, as many as it has."""
    obeyed_by_nothing(hostile)
    assert len(hostile.out.splitlines()) == len(harmless.out.splitlines())


def as_markdown(hostile: Outcome, harmless: Outcome) -> None:
    """No link, picture, raw HTML, heading, list, table or fence comes from the data."""
    obeyed_by_nothing(hostile)
    assert skeleton(hostile.out) == skeleton(harmless.out)
    assert not {"link_open", "image", "html_inline"} & set(skeleton(hostile.out)[1])


def as_csv(hostile: Outcome, harmless: Outcome) -> None:
    """As many lines and cells, none of which a spreadsheet would run."""
    shown_safely(hostile)
    cells, others = (list(csv.reader(seen.out.splitlines())) for seen in (hostile, harmless))
    assert [len(line) for line in cells] == [len(line) for line in others]
    assert not [cell for line in cells for cell in line if cell.startswith(("=", "+", "-", "@", "\t"))]


def as_ics(hostile: Outcome, harmless: Outcome) -> None:
    """As many events, at the same times, with the same properties."""
    shown_safely(hostile)
    assert outline(hostile.out) == outline(harmless.out)


def as_svg(hostile: Outcome, harmless: Outcome) -> None:
    """A picture: parsed, with the same kinds of elements and attributes, and the names as words in it."""
    obeyed_by_nothing(hostile)
    trees = [list(ElementTree.fromstring(one.out).iter()) for one in (hostile, harmless)]
    kinds, plain = ({(each.tag, *sorted(each.attrib)) for each in tree} for tree in trees)
    assert {tag for tag, *_ in kinds} == {tag for tag, *_ in plain}
    assert not [name for _, *names in kinds for name in names if name.startswith("on") or "href" in name]
    assert any("FORGED" in (each.text or "") for each in trees[0])


DESTINATIONS: dict[str, Callable[[Outcome, Outcome], None]] = {
    "terminal": in_a_terminal,
    "page": as_a_page,
    "markdown": as_markdown,
    "csv": as_csv,
    "ics": as_ics,
    "svg": as_svg,
}


def skeleton(text: str) -> list[Any]:
    """Return the structure of a Markdown text, as its reader sees it, without its words."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    inline = [child.type for token in tokens for child in token.children or ()]
    return [(token.type, token.tag) for token in tokens], [kind for kind in inline if kind != "text"]


def outline(feed: str) -> list[tuple[str, str, list[str]]]:
    """Return each event of a feed by its times and the names of its properties, as two parsers agree."""
    ours = list(Calendar.from_ical(feed).walk("VEVENT"))
    theirs = IcsCalendarStream.calendar_from_ics(feed).events
    assert len(ours) == len(theirs) > 0
    return [(str(event["DTSTART"].dt), str(event["DTEND"].dt), sorted(event)) for event in ours]


@pytest.fixture
def hostile(team: MakeTeam) -> TeamFolder:
    return team(hostile_team(PAYLOAD))


def name_of(arguments: list[str]) -> str:
    return (
        " ".join(arguments).replace(COMMAND_LINE, "BAD").replace(PAYLOAD, "BAD").encode("unicode_escape").decode()
        or "home"
    )


ASKED = [(destination, arguments) for destination, all_of_it in READING.items() for arguments in all_of_it]


@pytest.mark.parametrize(("destination", "arguments"), ASKED, ids=[name_of(arguments) for _, arguments in ASKED])
def test_reading_commands(hostile: TeamFolder, run: Run, destination: str, arguments: list[str]) -> None:
    """What each shows, beside what it shows of a team whose texts are harmless; and as JSON, where it has that."""
    seen = run(*arguments, now=NOW)
    assert seen.code in (0, 1), seen.err
    if destination not in ("csv", "ics", "svg"):
        json_safely(run(*arguments, "--json", now=NOW))
    hostile.commit(hostile_team(HARMLESS))
    DESTINATIONS[destination](seen, run(*arguments, now=NOW))


@pytest.mark.parametrize("arguments", FAILING, ids=name_of)
def test_failures_tell_what_was_said_safely(hostile: TeamFolder, run: Run, arguments: list[str]) -> None:
    """What is not understood is repeated in the answer, and stays a word in it."""
    seen = run(*arguments, now=NOW)
    assert seen.code in (0, 1, 2, 3, 5), seen
    shown_safely(seen)
    if "ics" not in arguments:
        json_safely(run(*arguments, "--json", now=NOW))


@pytest.mark.parametrize("arguments", writing(PAYLOAD), ids=name_of)
def test_writing_commands(hostile: TeamFolder, run: Run, arguments: list[str]) -> None:
    """The screen, the diff and the message of a dry run, and the message of the commit that is made then."""
    # the end of a watch prints what it hands over, whose summary has lines of its own
    safely = obeyed_by_nothing if "end" in arguments else shown_safely
    safely(run(*arguments, "--dry-run", now=NOW))
    json_safely(run(*arguments, "--dry-run", "--json", now=NOW))
    before = hostile.git("rev-parse", "HEAD")
    done = run(*arguments, now=NOW)
    safely(done)
    assert done.code == 0, done.err
    assert hostile.git("rev-parse", "HEAD") != before
    message = hostile.git("log", "-1", "--format=%B").rstrip("\n")
    subject, _, body = message.partition("\n")
    assert not _OBEYED.search(message)
    assert len(subject) < 200
    assert not body or body.startswith("\n")
    trailers = hostile.git("log", "-1", "--format=%(trailers:only,unfold,keyonly)").split()
    assert set(trailers) <= {"Oncall-Change"}, message
    assert len(trailers) <= 1
    assert f"\n{FORGED}" not in message


@pytest.mark.parametrize("arguments", [[], ["who"], ["calendar"], ["calendar", "--weeks", "2"], ["check"]], ids=name_of)
def test_a_terminal_with_colours_gets_ours_alone(hostile: TeamFolder, arguments: list[str]) -> None:
    """Where colour is wanted, the only escapes are those of a style and of its end."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    environment = {**os.environ, "ONCALL_NOW": NOW, "TERM": "xterm", "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-m", "oncall_cli", *arguments]
    with subprocess.Popen(command, cwd=hostile.root, stdout=theirs, stderr=theirs, env=environment) as running:
        os.close(theirs)
        shown = b""
        # the other end is closed when the program is done, which Linux tells as an error
        with contextlib.suppress(OSError):
            while some := os.read(ours, 65536):
                shown += some
        os.close(ours)
    assert running.returncode in (0, 1)
    text = shown.decode("utf-8").replace("\r\n", "\n")
    assert "\x1b[" in text
    assert not _OBEYED.search(re.sub("\x1b\\[(?:0|1|2|4|3[1-6]|38;5;16;48;5;[0-9]{2,3}(?:;4)?)m", "", text))


def test_a_site_shows_what_the_data_say_and_obeys_none_of_it(hostile: TeamFolder, run: Run, tmp_path: Path) -> None:
    """Of every page: our elements alone, no address that runs something, data that is one JSON value."""
    assert run("site", "--contacts", "--out", str(tmp_path / "hostile"), now=NOW).code == 0
    hostile.commit(hostile_team(HARMLESS))
    assert run("site", "--contacts", "--out", str(tmp_path / "harmless"), now=NOW).code == 0
    pages = sorted(path.relative_to(tmp_path / "hostile") for path in (tmp_path / "hostile").rglob("*.html"))
    assert len(pages) > 8
    for page in pages:
        seen, other = (Elements((tmp_path / kind / page).read_text("utf-8")) for kind in ("hostile", "harmless"))
        assert not _OBEYED.search((tmp_path / "hostile" / page).read_text("utf-8")), page
        assert not {"img", "iframe", "object", "embed", "base", "style", "form"} & (set(seen.tags) - {*other.tags}), (
            page
        )
        assert seen.tags.count("script") == other.tags.count("script"), page
        for tag, name, value in seen.attributes:
            assert not name.startswith("on"), (page, tag, name)
            assert name != "style", (page, tag)
            assert name not in ("href", "src") or not re.match(
                r"\s*(?:javascript|vbscript|data:(?!image/svg))", value
            ), page
        for data in seen.data:
            assert json.loads(data)
        if "runbooks" not in page.parts or page.name == "index.html":
            assert seen.tags == other.tags, page


class Elements(HTMLParser):
    """The elements of a page and their attributes, and what its blocks of data hold."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.data: list[str] = []
        self._in_data = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self._in_data = tag == "script" and dict(attrs).get("type") == "application/json"

    def handle_endtag(self, tag: str) -> None:
        self._in_data = False

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data.append(data)
