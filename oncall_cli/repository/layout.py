"""Which file is which record: the folders of a team's repository, and what files in them may be called."""

from __future__ import annotations

import re
from importlib import import_module
from typing import NamedTuple

from oncall_cli.model.record import Record

PEOPLE = "people"
_ROTATION = rf"rotations/(?!{PEOPLE}/)(?P<rotation>[^/]+)"


class Kind(NamedTuple):
    """One kind of record: how its files are called, and the model's class, loaded when first read."""

    name: str
    pattern: re.Pattern[str]
    module: str
    class_name: str
    dated: bool = False

    @property
    def record(self) -> type[Record]:
        """The class of the model."""
        found: type[Record] = getattr(import_module(f"oncall_cli.model.{self.module}"), self.class_name)
        return found


def _kind(name: str, pattern: str, module: str, class_name: str, dated: bool = False) -> Kind:
    return Kind(name, re.compile(pattern), module, class_name, dated)


def _by_year(name: str, module: str, class_name: str) -> Kind:
    pattern = rf"{_ROTATION}/{name}s/(?P<year>[^/]+)/(?P<id>[^/]+)\.yaml"
    return _kind(name, pattern, module, class_name, dated=True)


TEAM = _kind("team", r"(?P<id>oncall)\.yaml", "team", "Team")
PERSON = _kind("person", rf"rotations/{PEOPLE}/(?P<id>[^/]+)\.yaml", "person", "Person")
ROTATION = _kind("rotation", rf"rotations/(?!{PEOPLE}/)(?P<id>[^/]+)/rotation\.yaml", "rotation", "Rotation")
OVERRIDE = _kind("override", rf"{_ROTATION}/overrides/(?P<id>[^/]+)\.yaml", "override", "Override", True)
SHIFT = _by_year("shift", "shift", "ShiftRecord")
INCIDENT = _by_year("incident", "incident", "Incident")
REQUEST = _by_year("request", "request", "Request")
ACTION = _by_year("action", "action", "ActionItem")
RUNBOOK = _kind("runbook", r"runbooks/(?P<id>[^/]+)\.md", "document", "Runbook")
TEMPLATE = _kind("template", r"templates/(?P<id>[^/]+/[^/]+)\.md", "document", "Template")

KINDS = (TEAM, PERSON, ROTATION, OVERRIDE, SHIFT, INCIDENT, REQUEST, ACTION, RUNBOOK, TEMPLATE)

_FOLDERS = re.compile(
    rf"(?:rotations(?:/{PEOPLE}|/(?!{PEOPLE}(?:/|$))[^/]+(?:/overrides|/(?:shifts|incidents|requests|actions)(?:/[^/]+)?)?)?"
    r"|runbooks|templates(?:/[^/]+)?)"
)


class Claim(NamedTuple):
    """The record that a path is: its kind, its id, and the year that its folder says."""

    kind: Kind
    id: str
    year: str | None


def claim(path: str) -> Claim | None:
    """Return which record a path is, or None when no kind of record claims it."""
    for kind in KINDS:
        if found := kind.pattern.fullmatch(path):
            return Claim(kind, found["id"], found.groupdict().get("year"))
    return None


def key_order(path: str) -> tuple[str, ...]:
    """Return the keys that a record's file may have at its top, in the order in which they stand."""
    claimed = claim(path)
    fields = claimed.kind.record.model_fields if claimed else {}
    own = [info.alias or name for name, info in fields.items() if name not in Record.model_fields]
    # what every record may have stands last
    return (*own, *(name for name in Record.model_fields if claimed))


def may_hold_records(folder: str) -> bool:
    """Tell whether records may stand in a folder, or in one below it."""
    return _FOLDERS.fullmatch(folder) is not None
