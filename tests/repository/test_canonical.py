"""The canonical form: laid out in one way, saying the same, with every comment where it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from oncall_cli.errors import Refused, Unreadable
from oncall_cli.repository import arrange
from oncall_cli.repository.canonical import canonical, is_canonical
from oncall_cli.repository.layout import claim
from oncall_cli.repository.limits import Malformed, control_character
from oncall_cli.repository.new_file import new_file
from oncall_cli.repository.syntax import Tree, read_text
from tests.repository import test_edit

ROOT = Path(__file__).parent.parent.parent
PLAIN = "notes.yaml"

ROOTS = [ROOT, *sorted(folder for folder in (ROOT / "tests" / "teams").iterdir() if (folder / "oncall.yaml").exists())]
RECORDS = [
    (root, path)
    for root in ROOTS
    for file in sorted([root / "oncall.yaml", *root.glob("r*/**/*.*"), *root.glob("templates/**/*.md")])
    if claim(path := file.relative_to(root).as_posix())
]

CASES = {
    "line endings and blanks": ("name: A  \r\nnote: B # c\t\r\n\r\n\r\n", "name: A\nnote: B # c\n"),
    "no last line ending": ("name: A", "name: A\n"),
    "lists without indentation": (
        "roster:\n# first\n- from: 2026-01-06\n  # who\n  members: [a]\n\n# second\n"
        "-   from: 2026-02-03\n    members: [b]\n",
        "roster:\n  # first\n  - from: 2026-01-06\n    # who\n    members: [a]\n\n  # second\n  - from: 2026-02-03\n"
        "    members: [b]\n",
    ),
    "deep indentation": (
        "a:\n      b:\n            c: d\n            # of c\n      # of b\n# of a\n",
        "a:\n  b:\n    c: d\n    # of c\n  # of b\n# of a\n",
    ),
    "clock times": (
        "at: 09:00  # c\ntimes: [9:00, '10:00', {at: 11:00:30}]\nhours: mon 09:00-17:00\n",
        'at: "09:00"  # c\ntimes: ["9:00", \'10:00\', {at: "11:00:30"}]\nhours: mon 09:00-17:00\n',
    ),
    "nothing": (
        "a: ~\nb: null  # c\nc:\nd: {e: ~, f: , g: NULL}\nh: '~'\n",
        "a:\nb:  # c\nc:\nd: {e: null, f: null, g: null}\nh: '~'\n",
    ),
    "brackets": ("a: [ b,c , 'd, e',]\nf: { g: h,i: [j,k] , }\n", "a: [b, c, 'd, e']\nf: {g: h, i: [j, k]}\n"),
    "brackets over lines": ("a:\n    b: [c,\n        d]  # e\n", "a:\n  b: [c,\n      d]  # e\n"),
    "a block of text": (
        "a:\n    b: |\n            one\n              two  \n\n            three\n        # not of it\n    c: d\n",
        "a:\n  b: |\n    one\n      two  \n\n    three\n  # not of it\n  c: d\n",
    ),
    "a block that says its indentation": (
        "a:\n    b: |4\n          one\n        two\n    c: d\n",
        "a:\n  b: |4\n        one\n      two\n  c: d\n",
    ),
    "a block at the end": ("a: |\n    one", "a: |-\n  one\n"),
    "a block that keeps its end": ("a: |+\n    one\n   \n\n", "a: |+\n  one\n\n\n"),
    "texts over lines": (
        'a:\n    b: one\n        two\n    c: "three\n        four"\n',
        'a:\n  b: one\n      two\n  c: "three\n      four"\n',
    ),
    "a value on a line of its own": (
        "a:\n    one\nb:\n      - \n        c: d\n        e: f\n",
        "a:\n  one\nb:\n  -\n    c: d\n    e: f\n",
    ),
    "lists in lists": ("a:\n-   - b\n    - c\n-   - d\n", "a:\n  - - b\n    - c\n  - - d\n"),
    "alignment and quotes": ("a:     b   # c\nlong:  'd'  # e\n", "a:     b   # c\nlong:  'd'  # e\n"),
}


def formed(text: str, path: str = PLAIN) -> str:
    return canonical(path, text.encode()).decode()


def said(text: str) -> object:
    read = read_text(text, PLAIN)
    assert isinstance(read, Tree)
    return read.data


@pytest.mark.parametrize("name", CASES)
def test_form(name: str) -> None:
    """Each thing that the form decides, and what it leaves alone."""
    text, expected = CASES[name]
    assert formed(text) == expected
    assert formed(expected) == expected
    assert said(text.replace("\r\n", "\n")) == said(expected)


@pytest.mark.parametrize("name", CASES)
def test_the_parsers_agree(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the fast parser the form is the same."""
    text, expected = CASES[name]
    parse = YAML
    monkeypatch.setattr(arrange, "YAML", lambda typ, pure: parse(typ=typ, pure=True))
    assert formed(text) == expected


@pytest.mark.parametrize(("root", "path"), RECORDS, ids=lambda part: part if isinstance(part, str) else part.name)
def test_our_own_records_are_canonical(root: Path, path: str) -> None:
    """The example team and the five teams are laid out as the program lays files out."""
    data = (root / path).read_bytes()
    assert canonical(path, data).decode() == data.decode()


def test_only_the_head_of_a_page() -> None:
    """The text of a Markdown file is the author's; its lines end like those of every file."""
    page = "---  \r\ntitle:   A\r\nalerts:\r\n- b\r\n---\t\r\n\r\n- at 09:00\r\n    code  \r\n\r\n"
    assert formed(page, "runbooks/a.md") == "---\ntitle:   A\nalerts:\n  - b\n---\n\n- at 09:00\n    code  \n\n"


def test_what_cannot_be_laid_out_is_refused() -> None:
    """A layout that only a person can put right stays as it is; what is no YAML is told."""
    odd = b"? a\n: b\n"
    with pytest.raises(Refused, match="cannot be put into canonical form"):
        canonical(PLAIN, b"a:\n- ~ \n-\n")
    assert is_canonical(PLAIN, b"a:\n-\n")
    with pytest.raises(Refused):
        canonical(PLAIN, odd)
    with pytest.raises(Unreadable):
        canonical(PLAIN, b"a: [b")


words = st.sampled_from(
    ["a", "b c", "09:00", "~", "'~'", '"x: #y"', "null", "2026-11-24", "é ü", "007", "[p,q]", "{r: s}"]
)
gaps = st.sampled_from(["", "\n", "# comment\n", "   # indented\n", "\n# two\n\n"])


@st.composite
def values(draw: st.DrawFn, column: int, depth: int) -> str:
    """What follows ``key:`` or ``-``: a word, a block of text, a mapping or a list, laid out somehow."""
    kind = draw(st.sampled_from(["word", "block", "folded", "mapping", "list"] if depth else ["word", "block"]))
    tail = draw(st.sampled_from(["\n", "   \n", "  # said\n"]))
    if kind == "word":
        return f" {draw(words)}{tail}"
    inner = column + draw(st.integers(1, 5))
    if kind == "folded":
        return f" one\n{' ' * inner}two{tail}"
    if kind == "block":
        header = draw(st.sampled_from(["|", "|-", ">", "|+"]))
        lines = draw(st.lists(st.sampled_from(["one", "two  ", "", "  three", "# four", "- 09:00"]), max_size=4))
        return f" {header}\n" + "".join(f"{' ' * inner if line else ''}{line}\n" for line in ["zero", *lines])
    if kind == "mapping":
        return "\n" + draw(mappings(inner, depth - 1))
    return "\n" + draw(lists(column + draw(st.integers(0, 4)), depth - 1))


@st.composite
def mappings(draw: st.DrawFn, column: int, depth: int) -> str:
    text = ""
    for key in draw(st.lists(st.sampled_from("klmnop"), min_size=1, max_size=3, unique=True)):
        text += draw(gaps) + f"{' ' * column}{key}:" + draw(values(column, depth))
    return text


@st.composite
def lists(draw: st.DrawFn, column: int, depth: int) -> str:
    text = ""
    for _ in range(draw(st.integers(1, 3))):
        text += draw(gaps)
        if depth and draw(st.booleans()):
            gap = draw(st.integers(1, 3))
            inner = draw(mappings(column + 1 + gap, depth - 1))
            first = inner.index(f"{' ' * (column + 1 + gap)}", 0)
            begins = next(at for at in range(first, len(inner)) if inner[at] in "klmnop" and inner[at + 1] == ":")
            text += f"{' ' * column}-{' ' * gap}{inner[begins:]}"
        text += f"{' ' * column}-{draw(values(column, 0))}"
    return text


@settings(max_examples=400, deadline=None)
@given(text=mappings(0, 3), ends=st.sampled_from(["", "\n", "\n\n  \n", "# end\n"]), crlf=st.booleans())
def test_saying_the_same_twice(text: str, ends: str, crlf: bool) -> None:
    """Whatever the layout: the same data, the same comments in the same order, and a form that stays."""
    text += ends
    read = read_text(text, PLAIN)
    if not isinstance(read, Tree):
        return
    given_text = text.replace("\n", "\r\n") if crlf else text
    try:
        new = formed(given_text)
    except Refused:
        assert "- ~" in text or "- null" in text or "-\n" in text
        return
    assert said(new) == read.data
    assert formed(new) == new
    assert bare_lines(new) == bare_lines(text)


def bare_lines(text: str) -> list[str]:
    """The lines without what the form may change: blanks, quotes of times, spellings of nothing."""
    for word in (" ", '"', "null", "~", "|-", "|+", "|", ">"):
        text = text.replace(word, "")
    return [line for line in text.split("\n") if line]


keys = st.text("abz_09-~: ", min_size=1, max_size=5).filter(lambda key: key.strip() == key)
texts = st.text(max_size=30).filter(lambda text: not control_character(text)) | st.sampled_from(
    ["09:00", "9:00:00", "~", "null", "one\n two\n\n", "\n lead", "a, b", "- x", "# y", "end\n\n\n"]
)
drafts = st.recursive(
    texts | st.integers() | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=400, deadline=None)
@given(data=st.dictionaries(keys, drafts, min_size=1, max_size=4))
def test_new_files_are_canonical(data: dict[str, object]) -> None:
    """What we write for a new record needs no formatter."""
    try:
        made = new_file(data)
    except (Refused, Malformed):
        return
    assert canonical(PLAIN, made).decode() == made.decode()


@pytest.mark.parametrize("name", test_edit.EDITS)
def test_edits_keep_the_form(name: str) -> None:
    """An edit of a canonical file leaves a canonical file."""
    assert formed(test_edit.TEXT) == test_edit.TEXT
    edit, _ = test_edit.EDITS[name]
    new = test_edit.edited(test_edit.TEXT, edit)
    assert formed(new) == new
