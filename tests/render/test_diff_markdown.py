"""A plan in a pull request: whatever the files say, it parses, stays text, and has place in a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from oncall_cli.model.override import Override
from oncall_cli.model.person import Person
from oncall_cli.model.record import Source
from oncall_cli.model.time import HOUR, Instant
from oncall_cli.model.zone import Zone
from oncall_cli.practice.difference import Difference, Side
from oncall_cli.practice.lanes import lanes
from oncall_cli.practice.plan import plan
from oncall_cli.practice.record_changes import Fate, RecordChange
from oncall_cli.practice.team_state import RotationFiles, TeamState
from oncall_cli.render.diff_blocks import DiffBlocks
from oncall_cli.render.diff_html import diff_html
from oncall_cli.render.diff_markdown import MOST_CHARACTERS, diff_markdown
from oncall_cli.render.gantt import task_name
from oncall_cli.schedule.compile import compile_schedule
from tests.practice.records import at, rotation

NOW = at("18 10:00")
HOME = Zone("America/New_York")
IDS = ("alice", "bob", "carol", "dan")
FOLDS = re.compile(r"<details>\n<summary>[\w ]+</summary>\n|</details>\n")
TASK = re.compile(r"    [^:;#%`]+ :(?:(?:done|crit), )?(\d{4}-\d\d-\d\dT\d\d:\d\d), (\d{4}-\d\d-\d\dT\d\d:\d\d)")
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def override(name: str, **change: Any) -> Override:
    made = Override.model_validate({"changes": [{"role": "primary", **change}], "created": 1})
    made.read_from(name, Source(f"rotations/platform/overrides/{name}.yaml", {}))
    return made


def files(name: str = "platform", overrides: tuple[Override, ...] = (), **keys: Any) -> RotationFiles:
    record = rotation(name, **keys)
    return RotationFiles(record, overrides, compile_schedule(record, overrides))


def people(names: Mapping[str, str]) -> dict[str, Person]:
    return {name: Person.model_validate({"name": said, "contact": {"chat": said}}) for name, said in names.items()}


def blocks(
    before: Mapping[str, RotationFiles],
    after: Mapping[str, RotationFiles],
    names: Mapping[str, str],
    said: tuple[str, ...] = (),
) -> DiffBlocks:
    """Lay out the difference of two states; ``said`` is what branches, notes and records say."""
    known = people(names)
    was, will = TeamState(before, known, HOME), TeamState(after, known, HOME)
    foreseen = plan(was, will, NOW)
    records = tuple(
        RecordChange("incident", f"i{number}", text, Fate.CHANGED, text) for number, text in enumerate(said)
    )
    drawn = lanes(was, will, foreseen.comparison.changes, NOW)
    side = Side(said[0] if said else "main", "0" * 40)
    told = Difference(side, Side("the work tree", None), foreseen, drawn, records, said, frozenset({HOME}))
    return DiffBlocks(told, known, HOME, NOW)


def inline(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from inline(token.children or [])


def look(text: str) -> list[Token]:
    """Parse a plan and hold what is true of every one; return its tokens."""
    tokens = PARSER.parse(text)
    told = list(inline(tokens))
    for token in told:
        assert token.type not in ("html_inline", "link_open", "image", "em_open", "s_open", "hr", "blockquote_open")
        if token.type == "html_block":
            assert FOLDS.fullmatch(token.content), token.content
    assert text.count("<details>") == text.count("</details>")
    for token in told:
        if token.type == "fence":
            assert token.info == "mermaid"
            gantt(token.content.splitlines())
    widths = [
        [token.type for token in row].count("td_open") + [token.type for token in row].count("th_open")
        for table in between(tokens, "table")
        for row in between(table, "tr")
    ]
    assert all(2 <= width <= 5 for width in widths)
    lines = [line for line in text.split("\n") if line.startswith("|")]
    assert len(widths) == sum(not re.fullmatch(r"(\| --- )+\|", line) for line in lines)
    return tokens


def between(tokens: list[Token], kind: str) -> list[list[Token]]:
    found, open_at = [], 0
    for place, token in enumerate(tokens):
        if token.type == f"{kind}_open":
            open_at = place
        elif token.type == f"{kind}_close":
            found.append(tokens[open_at:place])
    return found


def gantt(lines: list[str]) -> None:
    assert lines[1:4] == ["gantt", "    dateFormat YYYY-MM-DDTHH:mm", "    axisFormat %d %b"]
    for line in lines[4:]:
        if not re.fullmatch(r"    section [a-z0-9-]+ [a-z0-9-]+ (before|after)", line):
            found = TASK.fullmatch(line)
            assert found, line
            assert found[1] < found[2]


WILD = st.text(
    alphabet=st.sampled_from(list("ab c|`*_<>[]()#:;%@!~&\\\n\t-=+1.\"'/é日\x1b\u202e{}$")), min_size=1, max_size=40
)
NAMES = st.fixed_dictionaries(dict.fromkeys(IDS, WILD.filter(str.strip)))
MEMBERS = st.lists(st.sampled_from(IDS), min_size=1, max_size=5)
START = st.integers(-40 * 24, 80 * 24)


@st.composite
def covers(draw: st.DrawFn) -> tuple[Override, ...]:
    made = []
    for number in range(draw(st.integers(0, 4))):
        start = NOW + draw(START) * HOUR
        end = start + draw(st.integers(1, 200)) * HOUR
        person = draw(st.sampled_from((*IDS, "nobody")))
        made.append(override(f"cover-{number}", start=Instant(start), end=Instant(end), person=person))
    return tuple(made)


@st.composite
def rotations(draw: st.DrawFn) -> RotationFiles:
    versions = [{"from": "2026-09-01", "members": draw(MEMBERS)}]
    if draw(st.booleans()):
        versions.append({"from": draw(st.sampled_from(["2026-11-10", "2026-12-01"])), "members": draw(MEMBERS)})
    keys: dict[str, Any] = {"roster": versions, "holidays": ["2026-11-26"]}
    if draw(st.booleans()):
        keys["hours"] = ["monday-friday 09:00-17:00"]
    if draw(st.booleans()):
        keys["roles"] = {"primary": {}, "secondary": {"offset": 1}}
    if draw(st.booleans()):
        keys["handoff"] = {"every": "1 day", "at": "09:00"}
    return files("platform", draw(covers()), **keys)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(before=st.none() | rotations(), after=st.none() | rotations(), names=NAMES, said=st.lists(WILD, max_size=5))
def test_any_edit_parses_and_has_place(
    before: RotationFiles | None, after: RotationFiles | None, names: dict[str, str], said: list[str]
) -> None:
    sides = [{"platform": side} if side else {} for side in (before, after)]
    laid = blocks(*sides, names, tuple(said))
    text = diff_markdown(laid)
    assert len(text) <= MOST_CHARACTERS
    look(text)
    assert diff_markdown(blocks(*sides, names, tuple(said))) == text


class Page(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


EVIL = "<script>alert(1)</script> | [x](http://y) `z` *b* @octocat #12"


def hostile() -> DiffBlocks:
    cover = override("cover", start=at("24 09:00"), end=at("27 09:00"), person="dan")
    names = dict.fromkeys(IDS, EVIL)
    return blocks({"platform": files()}, {"platform": files(overrides=(cover,))}, names, (EVIL,))


def test_markup_in_data_stays_text() -> None:
    text = diff_markdown(hostile())
    told = [token.content for token in inline(look(text)) if token.type == "text"]
    shown = "".join(told).replace("\u200b", "")
    assert shown.count("<script>alert(1)</script> | [x](http://y) `z` *b* @octocat #12") >= 4
    assert "@octocat" not in text
    assert "#12" not in text


def test_only_an_account_is_called() -> None:
    """The owner of the account learns of the review; a chat handle may be a stranger's name at the host."""
    cover = override("cover", start=at("24 09:00"), end=at("27 09:00"), person="dan")
    laid = blocks({"platform": files()}, {"platform": files(overrides=(cover,))}, dict.fromkeys(IDS, "@x"))
    laid.people["dan"] = Person.model_validate({"name": "Dan", "account": "_dan_", "contact": {"chat": "@d"}})
    text = diff_markdown(laid)
    look(text)
    assert "| @\\_dan\\_ |" in text
    assert "| `@x` |" in text


def test_the_page_runs_and_loads_nothing() -> None:
    text = diff_html(hostile())
    page = Page(text)
    assert page.tags <= {
        *("html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "table", "tr", "th", "td", "code"),
        *("ul", "ol", "li", "details", "summary", "div", "footer", "main"),
        *("svg", "desc", "defs", "pattern", "g", "rect", "circle", "line", "path", "text"),
    }
    assert page.attributes <= {
        *("lang", "charset", "http-equiv", "content", "name", "class", "start"),
        *("scope", "role", "aria-label", "aria-labelledby", "tabindex", "id"),
        *("xmlns", "width", "height", "viewbox", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "d"),
        *("fill", "stroke", "stroke-width", "stroke-dasharray", "patternunits", "patterntransform"),
        *("font-family", "font-size", "font-weight", "text-anchor", "text-decoration", "pointer-events", "paint-order"),
    }
    assert "default-src 'none'" in text
    assert EVIL in page.text


def big(rotations: int, person: str = "Someone") -> DiffBlocks:
    """Every second member of many daily rotations goes."""
    before, after = (
        {
            f"team-{number:03d}": files(
                f"team-{number:03d}",
                handoff={"every": "1 day", "at": "09:00"},
                roster=[{"from": "2026-11-01", "members": members}],
            )
            for number in range(rotations)
        }
        for members in (list(IDS), ["alice", "carol"])
    )
    said = tuple(f"incident '{number}': 2 action items were added to it" for number in range(400))
    return blocks(before, after, {name: f"{person} {name}" for name in IDS}, said)


def test_hundreds_of_shifts_are_shortened_and_stay_whole() -> None:
    text = diff_markdown(big(12))
    assert 20_000 < len(text) <= MOST_CHARACTERS
    look(text)
    assert re.search(r"and \d+ more, all of them in the JSON", text)
    assert "```mermaid" not in text
    assert "**Who gains and who loses, to agree**" in text


def test_the_longest_names_have_place() -> None:
    text = diff_markdown(big(9, "|*" * 3000))
    assert len(text) <= MOST_CHARACTERS
    look(text)


def test_what_has_place_is_drawn() -> None:
    text = diff_markdown(big(1))
    assert text.count("```mermaid") == 1
    assert "<summary>and " in text
    look(text)


def test_names_do_not_break_the_drawing() -> None:
    said = {"Section one": "- Section one", "click me": "- click me", "Callum": "Callum", "a:b;c#d%%e": "a b c d e"}
    assert {name: task_name(name) for name in said} == said
    assert task_name("2026-11-24") == "- 2026-11-24"
    assert task_name("::") == "somebody"
    assert len(task_name("x" * 500)) <= 24
