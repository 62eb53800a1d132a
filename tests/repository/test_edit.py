"""An edit changes its value and no other line."""

from __future__ import annotations

import difflib
from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from oncall_cli.errors import Refused, Unreadable
from oncall_cli.repository.edit import Document
from oncall_cli.repository.limits import control_character
from oncall_cli.repository.new_file import new_file, new_page
from oncall_cli.repository.spelling import Value
from oncall_cli.repository.syntax import Data, Path, Tree, read_yaml
from oncall_cli.repository.values import Draft, as_data, without_empty

ROTATION = "rotations/platform/rotation.yaml"
PLAIN = "notes.yaml"

TEXT = """\
# yaml-language-server: $schema=rotation.json
name: Platform
description: First responder for production.
handoff:
  every: 1 week                       # N hours | days | weeks
  at: tuesday 09:00                   # by the clock on the wall

hours:                                # restriction
  - monday-friday 09:00-17:00
roster:   # dated versions
  - from: 2026-01-06
    members: [alice, bob, carol]

  # Dan joins
  - from: 2026-06-02
    members: [dan, alice]   # Bob left
roles:
  primary: {}
  secondary: {offset: 1}              # the member after
  shadow:
    - {person: erin, from: 2026-11-17, until: 2026-11-24}
# the end
"""

Edit = Callable[[Document], None]


def edited(text: str, edit: Edit, path: str = PLAIN) -> str:
    document = Document(path, text.encode())
    edit(document)
    return document.to_bytes().decode()


def diff(text: str, edit: Edit, path: str = PLAIN) -> list[str]:
    """The lines that an edit takes out and puts in."""
    lines = difflib.unified_diff(text.splitlines(), edited(text, edit, path).splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


EDITS: dict[str, tuple[Edit, list[str]]] = {
    "a text": (
        lambda file: file.set(("name",), "Platform team"),
        ["-name: Platform", "+name: Platform team"],
    ),
    "a text beside a comment": (
        lambda file: file.set(("handoff", "at"), "wednesday 10:00"),
        [
            "-  at: tuesday 09:00                   # by the clock on the wall",
            "+  at: wednesday 10:00                 # by the clock on the wall",
        ],
    ),
    "a new key": (
        lambda file: file.set(("handoff", "skip_empty"), False),
        ["+  skip_empty: false"],
    ),
    "a new key in its place": (
        lambda file: file.append(("holidays",), "2026-12-25", after=("name", "handoff", "roster")),
        ["+holidays: [2026-12-25]"],
    ),
    "an item of a list": (
        lambda file: file.append(("hours",), "saturday 10:00-12:00"),
        ["+  - saturday 10:00-12:00"],
    ),
    "an item in brackets": (
        lambda file: file.append(("roster", 0, "members"), "dan"),
        ["-    members: [alice, bob, carol]", "+    members: [alice, bob, carol, dan]"],
    ),
    "a version of the roster": (
        lambda file: file.append(("roster",), {"from": "2026-09-01", "members": ["bob", "dan"]}),
        ["+  - from: 2026-09-01", "+    members: [bob, dan]"],
    ),
    "a version before a later one": (
        lambda file: file.insert(("roster",), 1, {"from": "2026-04-07", "members": ["bob", "carol"]}),
        ["+  - from: 2026-04-07", "+    members: [bob, carol]"],
    ),
    "an item in front in brackets": (
        lambda file: file.insert(("roster", 0, "members"), 0, "dan"),
        ["-    members: [alice, bob, carol]", "+    members: [dan, alice, bob, carol]"],
    ),
    "an item in the style of the one that it precedes": (
        lambda file: file.insert(
            ("roles", "shadow"), 0, {"person": "fay", "from": "2026-11-10", "until": "2026-11-17"}
        ),
        ["+    - {person: fay, from: 2026-11-10, until: 2026-11-17}"],
    ),
    "an item behind the last": (
        lambda file: file.insert(("hours",), 1, "saturday 10:00-12:00"),
        ["+  - saturday 10:00-12:00"],
    ),
    "an item in the style of its list": (
        lambda file: file.append(("roles", "shadow"), {"person": "fay", "from": "2026-12-01", "until": "2026-12-08"}),
        ["+    - {person: fay, from: 2026-12-01, until: 2026-12-08}"],
    ),
    "a whole list": (
        lambda file: file.set(("roster", 1, "members"), ["dan", "alice", "erin"]),
        ["-    members: [dan, alice]   # Bob left", "+    members: [dan, alice, erin]  # Bob left"],
    ),
    "a list instead of its lines": (
        lambda file: file.set(("hours",), ["daily 08:00-12:00", "monday 13:00-14:00"]),
        ["-  - monday-friday 09:00-17:00", "+  - daily 08:00-12:00", "+  - monday 13:00-14:00"],
    ),
    "out goes an item": (
        lambda file: file.remove(("roster", 0)),
        ["-  - from: 2026-01-06", "-    members: [alice, bob, carol]"],
    ),
    "out goes a key": (
        lambda file: file.remove(("description",)),
        ["-description: First responder for production."],
    ),
    "out goes an item in brackets": (
        lambda file: file.remove(("roster", 0, "members", 0)),
        ["-    members: [alice, bob, carol]", "+    members: [bob, carol]"],
    ),
    "a mapping in braces": (
        lambda file: file.set(("roles", "primary", "responsibilities"), "Pages, mail"),
        ["-  primary: {}", '+  primary: {responsibilities: "Pages, mail"}'],
    ),
    "a text of several lines": (
        lambda file: file.set(("description",), "First: look.\nThen # act.\n"),
        [
            "-description: First responder for production.",
            "+description: |",
            "+  First: look.",
            "+  Then # act.",
        ],
    ),
    "mappings on the way are made": (
        lambda file: file.set(("checklists", "start"), [{"text": "Look"}, {"text": "Post", "ready": "Hi:\nme"}]),
        [
            "+checklists:",
            "+  start:",
            "+    - text: Look",
            "+    - text: Post",
            "+      ready: |-",
            "+        Hi:",
            "+        me",
        ],
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_the_diff_is_the_change(name: str) -> None:
    """Comments, order, quotes, blank lines and alignment of everything else survive."""
    edit, lines = EDITS[name]
    assert diff(TEXT, edit, ROTATION) == lines


def test_several_edits_are_one_file() -> None:
    """Edits follow each other, each on what the one before left; the model looks at the last state only."""

    def swap(file: Document) -> None:
        file.remove(("handoff",))
        file.set(("handoff",), {"every": "1 day", "at": "09:00"}, after=("description",))

    assert 'production.\nhandoff:\n  every: 1 day\n  at: "09:00"\n\nhours:' in edited(TEXT, swap, ROTATION)


def test_comments_stay_with_the_item_below_them() -> None:
    """An item that is put before another stands before its comments too; blank lines stay where they are."""
    later = {"from": "2026-04-07", "members": ["bob"]}
    after = edited(TEXT, lambda file: file.insert(("roster",), 1, later), ROTATION)
    assert "carol]\n\n  - from: 2026-04-07\n    members: [bob]\n  # Dan joins\n  - from: 2026-06-02\n" in after
    first = edited("a:\n  # one\n  # two\n  - b\n", lambda file: file.insert(("a",), 0, "x"))
    assert first == "a:\n  - x\n  # one\n  # two\n  - b\n"
    same_line = edited("a:\n  - - b\n    - c\n", lambda file: file.insert(("a", 0), 0, "x"))
    assert same_line == "a:\n  - - x\n    - b\n    - c\n"


def test_what_the_model_refuses_is_not_written() -> None:
    """The sentence is the reader's own, with its place."""
    document = Document(ROTATION, TEXT.encode())
    document.set(("handoff", "at"), "09:00")
    with pytest.raises(Refused, match="'at: 09:00' does not fit 'every: 1 week'") as refused:
        document.to_bytes()
    assert refused.value.place == (ROTATION, 4, 1)


def test_an_unreadable_file_is_not_edited() -> None:
    """What cannot be read cannot be edited, and says where."""
    with pytest.raises(Unreadable) as refused:
        Document(PLAIN, b"a: 1\na: 2\n")
    assert refused.value.place == (PLAIN, 2, 1)


@pytest.mark.parametrize("keys", [("name", "first"), ("roster", 7), ("roster", "x"), ("absent", 0)])
def test_a_place_that_does_not_exist(keys: Path) -> None:
    """Nothing is invented where the file has something else."""
    document = Document(ROTATION, TEXT.encode())
    with pytest.raises(Refused):
        document.remove(keys)
    with pytest.raises(Refused):
        document.append((*keys, "deep"), "x")
    assert document.to_bytes() == TEXT.encode()


UNUSUAL = {
    "no line end at the end": ("a: 1", lambda file: file.set(("b",), "x"), "a: 1\nb: x"),
    "CRLF": (
        "a:\r\n  - b: c # d\r\nh: 1\r\n",
        lambda file: file.append(("a",), {"x": "l1\nl2\n"}),
        "a:\r\n  - b: c # d\r\n  - x: |\r\n      l1\r\n      l2\r\nh: 1\r\n",
    ),
    "lists that are not indented": (
        "a:\n- b\n- c\nd: e\n",
        lambda file: file.append(("a",), "x"),
        "a:\n- b\n- c\n- x\nd: e\n",
    ),
    "wide dashes": (
        "a:\n-   b: c\n    d: e\n",
        lambda file: file.set(("a", 0, "f"), "x"),
        "a:\n-   b: c\n    d: e\n    f: x\n",
    ),
    "an empty value": ("a:\nb: 1\n", lambda file: file.set(("a", "c"), "x"), "a:\n  c: x\nb: 1\n"),
    "an empty value and a comment": (
        "a:  # why\nb: 1\n",
        lambda file: file.set(("a",), "x"),
        "a: x  # why\nb: 1\n",
    ),
    "an empty list": (
        "a: []  # why\nb: 1\n",
        lambda file: file.append(("a",), {"c": "d"}),
        "a:     # why\n  - c: d\nb: 1\n",
    ),
    "the last item of a list": (
        "a:   # why\n  - b   # c\nd: e\n",
        lambda file: file.remove(("a", 0)),
        "a: []   # why   # c\nd: e\n",
    ),
    "the first key of an item": (
        "a:\n  - b: c\n    d: e\n",
        lambda file: file.remove(("a", 0, "b")),
        "a:\n  - d: e\n",
    ),
    "a block of text": (
        "a: |\n  b\n\n  c\n\n# d\ne: 1\n",
        lambda file: file.set(("a",), "x"),
        "a: x\n\n# d\ne: 1\n",
    ),
    "quotes over two lines": (
        'a: "b\n  c"  # d\ne: 1\n',
        lambda file: file.set(("a",), "x"),
        "a: x  # d\ne: 1\n",
    ),
    "brackets over two lines": (
        "a: [b,\n    c]\ne: 1\n",
        lambda file: file.append(("a",), "x"),
        "a: [b,\n    c, x]\ne: 1\n",
    ),
    "blanks around the colon": ("a :   b\n", lambda file: file.set(("a",), "x"), "a :   x\n"),
    "several lines in braces": (
        "a: {b: c}\n",
        lambda file: file.set(("a", "b"), "x\ny"),
        'a: {b: "x\\ny"}\n',
    ),
    "a document marker": ("---\na: 1\n", lambda file: file.set(("b",), "x"), "---\na: 1\nb: x\n"),
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_files_that_are_not_in_the_usual_form(name: str) -> None:
    """They are edited in place too; only ``oncall fmt`` changes the form of other lines."""
    before, edit, after = UNUSUAL[name]
    assert edited(before, edit) == after


def test_the_head_of_a_page_is_edited_and_its_text_is_not() -> None:
    """In Markdown only the lines between the fences change."""
    page = "---\ntitle: Disk full\n---\n\n# Alert\n\ntitle: not this one\n---\n"
    after = edited(page, lambda file: file.set(("services",), ["db", "api"]), "runbooks/disk.md")
    assert after == page.replace("full\n", "full\nservices: [db, api]\n")


SPELLINGS = {
    "09:00": '"09:00"',
    "12:30:15": '"12:30:15"',
    "tuesday 09:00": "tuesday 09:00",
    "2026-11-24": "2026-11-24",
    "2026-11-24T09:00:00-05:00": "2026-11-24T09:00:00-05:00",
    "no": '"no"',
    "Yes": '"Yes"',
    "null": '"null"',
    "~": '"~"',
    "007": '"007"',
    "+15550100": '"+15550100"',
    "+1 555 0100": "+1 555 0100",
    "1e3": '"1e3"',
    "#oncall": '"#oncall"',
    "see #12": '"see #12"',
    "a: b": '"a: b"',
    "a:": '"a:"',
    "- a": '"- a"',
    "@alice": '"@alice"',
    "": '""',
    " a": '" a"',
    "it's": "it's",
    'say "hi"': 'say "hi"',
    '"hi" she said': "'\"hi\" she said'",
    "C:\\temp": "C:\\temp",
    "a, b": "a, b",
    "https://example.com/x?y=1#z": "https://example.com/x?y=1#z",
    "tab\there": '"tab\\there"',
}


@pytest.mark.parametrize("text", SPELLINGS)
def test_how_a_text_is_spelled(text: str) -> None:
    """What another reader of YAML would take for something else is quoted; the rest is not."""
    assert edited("a: b\n", lambda file: file.set(("a",), text)) == f"a: {SPELLINGS[text]}\n"


def test_a_new_record() -> None:
    """Keys stand in the order given, what says nothing is left out, several lines are a block."""
    record: dict[str, Draft] = {
        "title": "Checkout: 500s",
        "note": None,
        "services": [],
        "responders": {"commander": "alice", "scribe": None},
        "active": True,
        "offset": 0,
        "timeline": [
            {"at": "2026-11-24T09:00:00-05:00", "by": "alice", "text": "Looking.\n\n  It is the disk.\n"},
            {"at": "2026-11-24T09:05:00-05:00", "by": "bob", "text": "Seen"},
        ],
        "agreed_by": ["alice", "bob"],
        "links": ["https://example.com/a b"],
    }
    assert new_file(record).decode() == (
        'title: "Checkout: 500s"\n'
        "responders:\n"
        "  commander: alice\n"
        "active: true\n"
        "offset: 0\n"
        "timeline:\n"
        "  - at: 2026-11-24T09:00:00-05:00\n"
        "    by: alice\n"
        "    text: |\n"
        "      Looking.\n"
        "\n"
        "        It is the disk.\n"
        "  - at: 2026-11-24T09:05:00-05:00\n"
        "    by: bob\n"
        "    text: Seen\n"
        "agreed_by: [alice, bob]\n"
        "links:\n"
        "  - https://example.com/a b\n"
    )


def test_a_new_page() -> None:
    """The head, an empty line, the text."""
    assert new_page({"title": "Disk full"}, "\n# Alert\n") == b"---\ntitle: Disk full\n---\n\n# Alert\n"


@pytest.mark.parametrize("text", ["a\x1b[31m", "a\x00", "a\rb", "\x9b"])
def test_control_characters_are_refused(text: str) -> None:
    """What could steer a terminal never gets into a file."""
    with pytest.raises(Refused, match="control character"):
        new_file({"note": text})
    with pytest.raises(Refused, match="control character"):
        Document(PLAIN, b"a: b\n").set(("a",), text)


NASTY = st.sampled_from(list("ab :#-?[]{},&*!|>'\"%@`.\n\n\t\\~=<0123456789yn\u2028\xa0\x85\ufeffé😀"))
TEXTS = st.text(st.one_of(NASTY, st.characters(codec="utf-8")), min_size=1, max_size=30).filter(
    lambda text: control_character(text) is None
)
KEYS = st.text("abcdef_", min_size=1, max_size=5)
VALUES: st.SearchStrategy[Value] = st.recursive(
    TEXTS | st.booleans() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
RECORDS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=4)


@settings(deadline=None)
@given(RECORDS)
def test_every_record_reads_back_as_it_was_written(record: dict[str, Draft]) -> None:
    """Whatever a text holds, our reader gets the same text back."""
    said = without_empty(record)
    assume(said)
    tree = read_yaml(new_file(record), PLAIN)
    assert isinstance(tree, Tree)
    assert tree.data == as_data(said)


def paths(data: Data, at: Path = ()) -> list[Path]:
    """Every path of a file's data but the root's."""
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path for key, value in inside for path in ((*at, key), *paths(value, (*at, key)))]


@settings(deadline=None)
@given(RECORDS, st.data())
def test_every_edit_says_what_was_meant(record: dict[str, Draft], draw: st.DataObject) -> None:
    """Any value may be set, added and taken out, one edit after the other; ``Document`` checks each itself."""
    assume(without_empty(record))
    document = Document(PLAIN, new_file(record))
    for _ in range(3):
        known = paths(document.data)
        if not known:
            return
        path, value = draw.draw(st.sampled_from(known)), draw.draw(VALUES)
        how = draw.draw(st.sampled_from(["set", "remove", "add", "insert"]))
        if how == "set":
            document.set(path, value)
        elif how == "remove":
            document.remove(path)
        elif how == "insert" and isinstance(path[-1], int):
            document.insert(path[:-1], path[-1], value)
        elif isinstance(path[-1], int):
            document.append(path[:-1], value)
        else:
            document.set((*path[:-1], draw.draw(KEYS)), value)
