"""Whatever the reader of the usual layout takes, the parser reads the same from, and the formatter leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from oncall_cli.repository.arrange import arranged
from oncall_cli.repository.limits import Malformed, decoded
from oncall_cli.repository.spelling import Value, mapping
from oncall_cli.repository.syntax import Tree, parsed_text, read_text
from oncall_cli.repository.usual import usual_data
from tests.benchmarks.team import Size, team_files
from tests.repository.corpus import CORPUS, BadFile

ROOT = Path(__file__).parent.parent.parent
FOLDERS = [ROOT, *sorted((ROOT / "tests" / "teams").iterdir())]
TEXTS = [path.read_text(encoding="utf-8") for folder in FOLDERS for path in sorted(folder.glob("rotations/**/*.yaml"))]
USUAL = [text for text in TEXTS if usual_data(text) is not None]

PIECES = (
    *(
        "a: b",
        "log:",
        "c: d  # e",
        "c: d #e",
        "c: d#e",
        "f: [g, h i]",
        "f: [g: h]",
        "f: {g: h, i: 2026-01-01T09:00:00Z}",
    ),
    *(
        "f: {g: h, g: i}",
        "f: {g: 09:00}",
        "f: {g: [h]}",
        "f: []",
        "f: {}",
        'q: "r"',
        'q: "r\\n"',
        "q: 's'",
        "q: 's''t'",
    ),
    *("- a", "- a: b", "- log:", "- - a", "-", "- |", "- [a]", "- {a: b}", "k: |", "k: |-", "k: |+", "k: >", "k: |2"),
    *(
        "a: 09:00",
        "a: 9:00:30",
        "a: ~",
        "a: null  # b",
        "a: nullable",
        "a:",
        "a: ",
        "a:  b",
        "a: b: c",
        "a: b:",
        "a: :b",
    ),
    *("# a", "#a", "text", "text: with 'quotes' inside", "a: -b", "a: - b", "a: *b", "a: &b c", "a: !b c", "a: b | c"),
    *("é: b", "a: é ü", "a: b c", "1: b", "<<: b", "a: <<", "? a", "---", "...", "%a", "a: b\\", "a: b,c", "a: [b,c]"),
    *(
        "a: [b c, 'd, e']",
        "a: [b?c]",
        "a: [b:c]",
        "a: [b::c]",
        "a: {b: c:d}",
        "a: {b:c}",
        "a: [~]",
        "a: [b #c]",
        "",
        " ",
    ),
)
SIGNS = ["", *" \n:-#'\"{}[],&*!|>%@`?\\=é0~", "  ", "\n  ", "- ", ": ", " #", "'' ", "|-\n"]


KEYS = st.sampled_from(("a", "b", "log", "null", "y"))
WORDS = st.sampled_from(
    ("a", "b c", "d: e", "f #g", "09:00", "x\ny", "x\n  y\n\nz\n", "2026-01-01T09:00:00Z", "~", "-", "é")
)
VALUES: st.SearchStrategy[Value] = st.recursive(
    WORDS, lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(KEYS, inner, min_size=1, max_size=3)
)


@st.composite
def pieced(draw: st.DrawFn) -> str:
    """Return what the program writes, with a few lines changed, moved to another column, put in or taken out."""
    lines = mapping(draw(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4)))
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(lines) - 1))
        column = draw(st.sampled_from((0, 2, 4, 1)))
        new = draw(st.sampled_from((*PIECES, lines[at].strip())))
        lines[at : at + draw(st.integers(0, 1))] = [f"{' ' * column}{new}"] * draw(st.integers(0, 1))
        lines = lines or [""]
    return "".join(f"{line}\n" for line in lines)


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """Return some whole lines of a real file with a few characters put in, taken out or replaced."""
    lines = draw(st.sampled_from(USUAL)).splitlines(keepends=True)
    start = draw(st.integers(0, len(lines) - 1))
    text = "".join(lines[start : start + draw(st.integers(1, 14))])
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        put = draw(
            st.sampled_from(["", *" \n:-#'\"{}[],&*!|>%@`?\\=é0~", "  ", "\n  ", "- ", ": ", " #", "'' ", "|-\n"])
        )
        text = text[:at] + put + text[at + draw(st.integers(0, 2)) :]
    return text


def agrees(text: str) -> bool:
    """Hold what is made of a text to what the parser makes of it; tell whether anything is."""
    found = usual_data(text)
    if found is None:
        return False
    try:
        decoded(text.encode(), "x.yaml")
    except Malformed:
        # it never comes so far
        return False
    parsed = parsed_text(text, "x.yaml")
    assert isinstance(parsed, Tree), parsed
    assert (found, ()) == (parsed.data, parsed.empty)
    assert list(found) == list(parsed.data or ())
    assert arranged(text) == text
    return True


@given(pieced() | spoilt())
@example("a: |\n  b\n# c\nd: e\n")
@example("a:\n  - |-\n    b\n\n      c\n  - d\n")
@example("a:\n  # b\n  - c: |\n      d # e\n\n\n    f: g\n")
@example("\n\n# a\n\na: b\n\n# c\nd: e\n")
def test_it_reads_as_the_parser_does(text: str) -> None:
    """The same data in the same order, nothing that says nothing, and the canonical form."""
    agrees(text)


@pytest.mark.parametrize("bad", [bad for bad in CORPUS if bad.name.endswith(".yaml")], ids=lambda bad: bad.name)
def test_it_takes_no_bad_file_that_the_parser_refuses(bad: BadFile) -> None:
    """Also what is refused later, for what it says, says the same to both."""
    try:
        agrees(decoded(bad.data(), bad.name))
    except Malformed:
        return


def test_it_takes_nearly_all_that_the_program_writes() -> None:
    """Otherwise it would be right, and of no use."""
    written = [text for path, text in team_files(Size(records=60)) if path.endswith(".yaml")]
    assert all(map(agrees, written))
    assert len(USUAL) > len(TEXTS) * 0.6


def test_places_are_told_when_somebody_asks() -> None:
    """They are the parser's."""
    text = USUAL[0]
    read, parsed = read_text(text, "x.yaml"), parsed_text(text, "x.yaml")
    assert isinstance(read, Tree)
    assert isinstance(parsed, Tree)
    assert read.canonical
    assert dict(read.positions) == parsed.positions
