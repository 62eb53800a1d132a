"""What is wrong with a file is told with its place, a sentence, and what to do."""

from __future__ import annotations

import time

import pytest

from oncall_cli.repository.limits import MOST_BYTES
from oncall_cli.repository.parse import problems_in

PERSON = "rotations/people/ana.yaml"
ROTATION = "rotations/platform/rotation.yaml"
OVERRIDE = "rotations/platform/overrides/2026-11-24-cover.yaml"
INCIDENT = "rotations/platform/incidents/2026/2026-11-24-disk.yaml"
RUNBOOK = "runbooks/disk.md"

TURNS = b"handoff: {every: 1 week, at: monday 09:00}\nroster: [{from: 2026-01-05, members: [ana]}]\n"

# path, bytes, [code line:column sentence], hint of the first
BAD: list[tuple[str, bytes, list[str], str]] = [
    (PERSON, b"", ["E105 1:1 the file is empty"], "write the record"),
    (PERSON, b"# nothing\n", ["E105 1:1 the file is empty"], "write the record"),
    (PERSON, b"~\n", ["E105 1:1 the file says nothing"], "write the record"),
    (PERSON, b"\xef\xbb\xbfname: A\n", ["E101 1:1 the file begins with a byte order mark"], "without BOM"),
    (PERSON, b"name: A\nnote: \xff\n", ["E101 2:7 the file is not UTF-8"], "save it in the encoding UTF-8"),
    (PERSON, b"name: a\x07\n", ["E101 1:8 the file holds the control character U+0007"], "remove it"),
    (PERSON, b"name: a\rb\n", ["E101 1:8 the file holds the control character U+000D"], "remove it"),
    (PERSON, b"name: a\xe2\x80\xa8b\n", ["E101 1:8 the file holds the control character U+2028"], "remove it"),
    (PERSON, b"name: a\n<<<<<<< HEAD\n", ["E101 2:1 the file holds a merge conflict of git"], "both sides"),
    (PERSON, b"name: " + b"[" * 40, ["E101 1:39 more than 32 brackets are open in this line"], "quotes"),
    (PERSON, b'name: "a\\e[31m"\n', ["E103 1:7 the text holds the control character U+001B, written as an escape"], ""),
    (PERSON, b'name: "\\ud800"\n', ["E103 1:7 the text holds the control character U+D800, written as an escape"], ""),
    (PERSON, b"name: &a x\n", ["E103 1:7 a text cannot begin with '&' (an anchor of YAML)"], "in quotes"),
    (PERSON, b"name: *a\n", ["E103 1:7 a text cannot begin with '*' (an alias of YAML)"], "in quotes"),
    (PERSON, b"name: !x a\n", ["E103 1:7 a text cannot begin with '!' (a tag of YAML)"], "in quotes"),
    (PERSON, b"&a name: x\n", ["E103 1:1 a text cannot begin with '&' (an anchor of YAML)"], "in quotes"),
    (PERSON, b"# c\n%YAML 1.1\n---\nname: a\n", ["E103 2:1 directives of YAML ('%...') are not allowed"], "remove"),
    (PERSON, b"---\nname: a\n---\nname: b\n", ["E103 3:1 a second document begins here"], "one file"),
    (PERSON, b"name: a\n...\nname: b\n", ["E103 3:1 a second document begins here"], "one file"),
    (PERSON, b"? [a]\n: b\n", ["E103 1:3 a key must be a word"], "write 'key: value'"),
    (PERSON, b": b\n", ["E103 1:1 a key must be a word"], "write 'key: value'"),
    (PERSON, b"name: #ops\n", ["E103 1:7 what follows '#' would be lost as a comment"], "quote the text"),
    (PERSON, b"name: see #12\n", ["E103 1:11 what follows '#' would be lost as a comment"], "quote the text"),
    (PERSON, b"name: a\ngit_emails:\n  - #x\n", ["E103 3:5 what follows '#' would be lost as a comment"], "quote"),
    (
        PERSON,
        b'name: a\nname: b\ncontact: {phone: "1", phone: "2"}\n',
        [
            "E104 2:1 the key 'name' stands here a second time; the first is in line 1",
            "E104 3:23 the key 'phone' stands here a second time; the first is in line 3",
        ],
        "keep one of them",
    ),
    (PERSON, b"name: a\n\tnote: b\n", ["E102 2:1 this is not YAML: a tab cannot indent or begin a value"], "spaces"),
    (PERSON, b'name: "a\nnote: b\n', ["E102 1:7 this is not YAML: a quotation mark is not closed"], "close it"),
    (PERSON, b"name: [a, b\n", ["E102 1:7 this is not YAML: a list in brackets is not closed, or a comma is missing"],
     "write it as '[one, two]'"),
    (PERSON, b"name: @a\n", ["E102 1:7 this is not YAML: a text cannot begin with this character"], "in quotes"),
    (PERSON, b"name: - a\n", ["E102 1:7 this is not YAML: a '- ' cannot stand here"], "a line of its own"),
    (
        PERSON,
        b"name: a: b\n",
        ["E102 1:8 this is not YAML: a ': ' in the middle of a text, or a key that is indented wrongly"],
        "in quotes",
    ),
    (PERSON, b"- a\n", ["E112 1:1 the file needs to be a mapping"], "'key: value'"),
    (PERSON, b"hello\n", ["E112 1:1 the file needs to be a mapping"], "'key: value'"),
    (
        PERSON,
        b"nme: a\ncontact:\n  phon: 1\n",
        ["E110 1:1 unknown key 'nme'", "E111 1:1 'name' is missing", "E110 3:3 unknown key 'phon'"],
        "did you mean 'name'? (there are: account, active, availability, contact, created, git_emails, name",
    ),
    (PERSON, b"name:\n", ["E111 1:1 'name' says nothing and must be given"], "such as 'name: Platform'"),
    (PERSON, b'name: ""\n', ["E113 1:1 'name' needs some text"], ""),
    (PERSON, b"name: [a]\n", ["E112 1:1 'name' needs some text, such as 'Platform'"], ""),
    (PERSON, b"name: a\ncontact: x\n", ["E112 2:1 'contact' needs a mapping ('key: value')"], ""),
    (PERSON, b"name: a\ngit_emails: x@y\n", ["E112 2:1 'git_emails' needs a list"], ""),
    (PERSON, b"name: a\ngit_emails:\n  - b\n  -\n",
     ["E112 4:4 'git_emails' (item 2) needs some text, such as 'Platform'"], ""),
    (
        PERSON,
        b"name: a\ntimezone: Europe/Berln\nactive: yes\n",
        [
            "E113 2:1 'Europe/Berln' is not a time zone: did you mean 'Europe/Berlin'?",
            "E113 3:1 'yes' is neither 'true' nor 'false'",
        ],
        "",
    ),
    (
        PERSON,
        b"name: a\ntime_off:\n  - from: 2026-13-01\n    until: 2026-12-01\n  - {from: 2026-01-01}\n",
        [
            "E113 3:5 '2026-13-01' is not a date: month must be in 1..12",
            "E111 5:5 'until' is missing in 'time_off' (item 2)",
        ],
        "",
    ),
    (
        ROTATION,
        TURNS
        + b"name: a\nroles:\n  primary:\n  secondary: {ofset: 1}\n  shadow:\n"
        + b"    - {person: e, from: 2026-01-02, until: 2026-01-01}\n    - {person: e, from: 2026-01-01}\n",
        [
            "E110 6:15 unknown key 'ofset'",
            "E113 8:7 'until: 2026-01-01' is not after 'from: 2026-01-02'",
            "E111 9:7 'until' is missing in 'shadow' (item 2)",
        ],
        "did you mean 'offset'? (there are: offset, responsibilities)",
    ),
    (ROTATION, TURNS + b"name: a\nroles: {primary: x}\n", ["E112 4:9 'primary' needs a mapping ('key: value')"], ""),
    (
        ROTATION,
        b"name: a\nhandoff:\n  every: 1 week\n  at: 09:00\nroster:\n  - {from: 2026-01-05, members: [Ana, b]}\n",
        [
            "E113 2:1 'at: 09:00' does not fit 'every: 1 week': write it as 'tuesday 09:00'",
            "E113 6:34 'Ana' is not an id: use lower-case letters, digits and hyphens, such as 'ana-b'",
        ],
        "",
    ),
    (OVERRIDE, b"changes: []\n", ["E113 1:1 'changes' needs at least one entry"], ""),
    (
        OVERRIDE,
        b"kind: nobdy\nchanges:\n  - {start: 2026-01-01T00:00:00Z, end: 2025-01-01T00:00:00Z, person: nobody}\n",
        ["E114 1:1 'nobdy' is not a kind: one of 'cover', 'swap', 'nobody'", "E113 3:5 'end' is not after 'start'"],
        "did you mean 'nobody'?",
    ),
    (
        INCIDENT,
        b"title: x\nseverity: sev1\nstatus: opne\nactions: [{title: a, state: [x]}]\n",
        [
            "E114 3:1 'opne' is not a status: one of 'open', 'acknowledged', 'mitigated', 'resolved'",
            "E112 4:22 'state' needs one of 'open', 'done'",
        ],
        "did you mean 'open'?",
    ),
    (RUNBOOK, b"# Disk\n", ["E102 1:1 the file has no head"], "begin the file with a line '---'"),
    (RUNBOOK, b"---\ntitle: a\n", ["E102 1:1 the file begins with '---' but the head is never closed"], "'---'"),
    (RUNBOOK, b"---\ntitle: a\nreviewd: x\n---\n", ["E110 3:1 unknown key 'reviewd'"], "did you mean 'reviewed'?"),
    (RUNBOOK, b"---\r\ntitle: a\r\nowner: A B\r\n---\r\n", [
        "E113 3:1 'A B' is not an id: use lower-case letters, digits and hyphens, such as 'ana-b'"
    ], ""),
]  # fmt: skip


@pytest.mark.parametrize(("path", "data", "told", "hint"), BAD, ids=[str(data[:40]) for _, data, _, _ in BAD])
def test_bad_input(path: str, data: bytes, told: list[str], hint: str) -> None:
    """Every problem of a file is told at once, in the order of its lines."""
    problems = problems_in(path, data)
    assert [f"{one.code} {one.place.line}:{one.place.column} {one.message}" for one in problems] == told
    assert all(one.place.path == path for one in problems)
    assert hint in problems[0].hint


FINE = [
    b"name: A\ncreated:\nnote: ~\ncontact: null\n",
    b"---\nname: A\n...\n",
    b"name: a   # a comment\ncontact:   # another\n  phone: '1'\n#not lost\n",
    b"name: https://example.com/#top\nnote: C# and a#b\n",
    b"name: 'NO'\nnote: 12:30\n",
    b"name: a\r\nnote: |\r\n  two\r\n  lines\r\n",
    b'name: "#oncall & *all*"\n',
    b"note: |\n  =======\n  [[[ {{{ <<<<<<< HEAD\n  \ttab\nname: a\n",
]


@pytest.mark.parametrize("data", FINE)
def test_good_input(data: bytes) -> None:
    """Nothing is refused that means the same to everybody."""
    assert problems_in(PERSON, data) == []


BOMBS = {
    "brackets": b"name: " + b"[" * 3000,
    "brackets over many lines": b"name:\n" + b" [\n" * 3000,
    "closed brackets": b"name: [" + b"[[]]," * 100_000,
    "braces": b"name: " + b"{a: " * 3000,
    "dashes": b"name:\n  " + b"- " * 200_000 + b"a\n",
    "questions": b"? " * 200_000,
    "indentation": b"".join(b" " * depth + b"a:\n" for depth in range(500)),
    "values": b"name: [" + b"a," * 60_000 + b"]\n",
    "keys": b"".join(b"k%d: v\n" % number for number in range(60_000)),
    "aliases": b"a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b,*b,*b]\n",
    "size": b"name: " + b"x" * MOST_BYTES,
    "anchors": b"name: " + b"&a " * 100_000,
    "an open quote": b'name: "' + b"a\n" * 300_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_files_that_would_cost_the_reader_dearly(name: str) -> None:
    """They are refused in time, and the refusal does not repeat them."""
    begin = time.process_time()
    problems = problems_in(PERSON, BOMBS[name])
    assert problems
    assert time.process_time() - begin < 15
    assert all(len(problem.message) + len(problem.hint) < 1000 for problem in problems)


def test_a_long_text_is_not_repeated() -> None:
    """The middle of what somebody pasted by mistake is left out."""
    [problem] = problems_in(PERSON, b"name: a\ntimezone: " + b"y" * 100_000)
    assert len(problem.message) < 400
