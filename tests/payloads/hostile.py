"""A team all of whose texts are hostile: every field of every record that may hold any text holds the payload.

The records are made by walking the models, so that a field that is new tomorrow is hostile too.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import NoneType
from typing import Annotated, Any, TypeAlias, get_args, get_origin

from oncall_cli.model.record import Part
from oncall_cli.model.scalar import Scalar, TextParser, parse_text
from oncall_cli.repository.layout import claim
from oncall_cli.repository.new_file import new_file, new_page
from oncall_cli.repository.shape import Annotation, fields_of

Given: TypeAlias = Mapping[str, Any]

FORGED = "FORGED"
# A line for each destination that somebody may want to break out of; what no file can hold is for COMMAND_LINE.
_LINES = (
    "[/x] [bold red]rich[/] {{ 7*7 }} %s {0}",
    f"{FORGED}: rotations/people/alice.yaml:1:1: error: forged [E101]",
    "\u202egpj.exe\u2066 al\u200bice \u061c\u2028 pay\u00adload \U000e0041",
    "[status](javascript:alert(1)) ![x](http://evil.example/p.png) <http://evil.example> [r][x]",
    "[x]: http://evil.example",
    "<script>alert(1)</script> <img src=x onerror=alert(1)> &lt;b&gt; <!-- x",
    "# Forged heading",
    "| a | b |",
    "|---|---|",
    "---",
    "===",
    "```",
    "    code",
    "1. one",
    "> quote",
    "~~~ **bold** __bold__ `code` ~~gone~~ \\",
    "=HYPERLINK(\"http://evil.example\",\"x\")",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "END:VEVENT",
    "BEGIN:VEVENT \\N \\; \\, ;VALUE=URI:http://evil.example",
    "diff --git a/x b/x",
    "+++ b/x",
    "A-->B; click A \"javascript:alert(1)\"",
    "# ------------------------ >8 ------------------------",
    "Signed-off-by: Root <root@example.com>",
    "Oncall-Change: 0123456789abcdef",
)  # fmt: skip
PAYLOAD = "\n".join(line.replace("\u2028", "") for line in _LINES)
# What the command line can bring besides; a file with it is refused, so it reaches messages at most.
COMMAND_LINE = f"{PAYLOAD}\n\x1b[2J\x1b]52;c;cm0=\x07\r\x9b31m\u2028{FORGED}\n\nCo-authored-by: Root <root@example.com>"
HARMLESS = "\n".join("word" for _ in _LINES)


def filled(part: type[Part], text: str, given: Given) -> dict[str, Any]:
    """Return data for every key of a part of the model: what is given, else the text or the type's example."""
    fields = fields_of(part)
    assert given.keys() <= fields.keys(), given.keys() - fields.keys()
    data = {}
    for key, field in fields.items():
        value = given[key] if key in given else _value((field.annotation, *field.metadata), text)
        if value is not None:
            data[key] = value
    return data


def _value(kinds: tuple[Annotation, ...], text: str) -> Any:
    annotation, *told = kinds
    if parser := next((one for one in told if isinstance(one, TextParser)), None):
        return text if parser.parse is parse_text else parser.example
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _value(arguments, text)
    if origin is tuple:
        return [_value((arguments[0],), text)]
    if origin is dict:
        return {_value((arguments[0],), text): _value((arguments[1],), text)}
    if arguments:
        return _value((next(one for one in arguments if one is not NoneType),), text)
    assert isinstance(annotation, type), annotation
    if issubclass(annotation, Part):
        return filled(annotation, text, {})
    if issubclass(annotation, Enum):
        return str(next(iter(annotation)).value)
    assert issubclass(annotation, Scalar), annotation
    return annotation.example


_WEEK = {"start": "2026-11-17T09:00:00-05:00", "end": "2026-11-24T09:00:00-05:00"}
_BEFORE = {"start": "2026-11-10T09:00:00-05:00", "end": "2026-11-17T09:00:00-05:00"}
_NOON = "2026-11-18T12:00:00-05:00"
_ZONE = "America/New_York"
_IN = "rotations/platform"

# What a text cannot be, where the type's example would not do: ids that exist, times that fit, one of several ways.
_GIVEN: dict[str, Given] = {
    "oncall.yaml": {"timezone": _ZONE},
    "rotations/people/alice.yaml": {"git_emails": ["alice@example.com"], "time_off": [], "timezone": _ZONE},
    "rotations/people/bob.yaml": {"git_emails": ["bob@example.com"], "timezone": _ZONE,
                                  "time_off": [{"from": "2026-12-01", "until": "2026-12-03", "note": None}]},
    f"{_IN}/rotation.yaml": {
        "timezone": _ZONE, "layers": None, "hours": None, "on_holidays": None,
        "handoff": {"every": "1 week", "at": "tuesday 09:00"},
        "roster": [{"from": "2026-01-06", "members": ["alice", "bob"]}],
        "roles": {"primary": {"responsibilities": None}},
        "escalation": [{"notify": "primary"}, {"notify": "alice", "after": "5 minutes"}],
        "coverage": {"hours": ["always"], "roles": ["primary"]},
    },
    f"{_IN}/overrides/2026-11-25-cover.yaml": {
        "kind": "cover", "changes": [{"start": "2026-11-25T18:00:00-05:00", "end": "2026-11-25T23:00:00-05:00",
                                      "person": "bob", "instead_of": "alice"}],
    },
    f"{_IN}/shifts/2026/2026-11-10-alice-primary.yaml": {
        "person": "alice", "role": "primary", "scheduled": _BEFORE, "started": _BEFORE["start"],
        "ended": _BEFORE["end"], "accepted": None,
    },
    f"{_IN}/shifts/2026/2026-11-17-bob-primary.yaml": {
        "person": "bob", "role": "primary", "scheduled": _WEEK, "started": _WEEK["start"], "ended": None,
        "accepted": None,
    },
    f"{_IN}/incidents/2026/2026-11-18-labels.yaml": {
        "severity": "alice", "status": "open", "detected": _NOON, "acknowledged": None, "mitigated": None,
        "resolved": None, "runbook": "labels", "responders": {"commander": "alice"}, "merged_into": None,
        "impact": {"started": _NOON, "text": None},
    },
    f"{_IN}/requests/2026/2026-11-18-key.yaml": {"received": _NOON, "status": "open"},
    "runbooks/labels.md": {"reviewed": "2026-11-01"},
    "templates/message/first.md": {},
    "templates/handoff/week.md": {},
    "templates/review/review.md": {},
}  # fmt: skip


def hostile_team(text: str) -> dict[str, str]:
    """Return the files of a team all of whose texts are this one."""
    files = {}
    for path, given in _GIVEN.items():
        claimed = claim(path)
        assert claimed is not None
        data = filled(claimed.kind.record, text, _with_texts(given, text))
        made = new_page(data, text) if path.endswith(".md") else new_file(data)
        files[path] = made.decode("utf-8")
    return files


def _with_texts(given: Any, text: str) -> Any:
    """Give the text to the keys inside what is given that say None; at the top, None leaves a key out."""
    return {key: _texts_inside(value, text) for key, value in given.items()}


def _texts_inside(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        return {key: text if one is None else _texts_inside(one, text) for key, one in value.items()}
    return [_texts_inside(one, text) for one in value] if isinstance(value, list) else value
