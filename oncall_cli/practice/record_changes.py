"""What becomes of the records of a team: a sentence for each, those of the schedule with the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from oncall_cli.model.override import Override
from oncall_cli.model.record import Record
from oncall_cli.model.rotation import Role
from oncall_cli.model.zone import Zone
from oncall_cli.practice.alterations import override_words
from oncall_cli.practice.field_words import FieldWords, counted


class Fate(StrEnum):
    """What becomes of a record."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    RENAMED = "renamed"


class RecordPair(NamedTuple):
    """A record's file on both sides, None where it is not; ``bodies`` is the text of a Markdown file.

    ``readable`` says of each side whether a file that is there could be read.
    """

    kind: str
    id: str
    path: str
    before: Record | None
    after: Record | None
    bodies: tuple[str, str] = ("", "")
    readable: bool = True
    fate: Fate = Fate.CHANGED


class RecordChange(NamedTuple):
    """What becomes of one record, and the sentence that says so."""

    kind: str
    id: str
    path: str
    fate: Fate
    text: str


_ORDER = ("team", "rotation", "person", "override", "incident", "request", "shift", "runbook", "template", "file")
# What the plan tells of with the shifts themselves; here they would be said twice.
_IN_THE_PLAN = ("timezone", "handoff", "hours", "on_holidays", "roster", "layers")
_VERBS = {Fate.ADDED: "is new", Fate.CHANGED: "changed", Fate.REMOVED: "is deleted", Fate.RENAMED: "is renamed"}
_NAMES = {"team": "the team's file", "template": "template", "request": "support request"}


def record_changes(
    pairs: Sequence[RecordPair], zone: Zone, alterations: Mapping[str, Sequence[str]], renamed: Mapping[str, str]
) -> list[RecordChange]:
    """Return what becomes of each record.

    ``alterations`` tells by rotation what is different in its schedule's sources, ``renamed`` the new ids of people.
    """
    words = FieldWords(zone)
    people = [
        RecordChange(
            "person",
            old,
            f"rotations/people/{new}.yaml",
            Fate.RENAMED,
            f"person '{old}' is gone and '{new}' has the same e-mail: renamed",
        )
        for old, new in sorted(renamed.items())
    ]
    moved = {*renamed, *renamed.values()}
    told = [
        RecordChange(pair.kind, pair.id, pair.path, pair.fate, _sentence(pair, words, alterations))
        for pair in pairs
        if not (pair.kind == "person" and pair.id in moved)
    ]
    return sorted([*people, *told], key=lambda change: (_ORDER.index(change.kind), change.path))


def _sentence(pair: RecordPair, words: FieldWords, alterations: Mapping[str, Sequence[str]]) -> str:
    name = _name(pair)
    if not pair.readable:
        return f"{name} {_VERBS[pair.fate]}, and cannot be read"
    if pair.fate is not Fate.CHANGED or pair.before is None or pair.after is None:
        return f"{name} {_VERBS[pair.fate]}{_title(pair.after or pair.before)}"
    said = list(_changed(pair, words, alterations))
    return f"{name}: {', '.join(said)}" if said else f"{name}: only its comments or its layout changed"


def _name(pair: RecordPair) -> str:
    if pair.kind in ("team", "file"):
        return f"{_NAMES.get(pair.kind, 'file')} '{pair.path}'"
    rotation = pair.path.split("/")[1] if pair.kind in ("override", "incident", "request", "shift") else ""
    return f"{_NAMES.get(pair.kind, pair.kind)} '{pair.id}'{f' of {rotation}' if rotation else ''}"


def _title(record: Any) -> str:
    """Return what a record says of itself, to stand behind ``is new`` or ``is deleted``."""
    if record is None:
        return ""
    if isinstance(record, Override):
        return f": {override_words(record)}"
    title = getattr(record, "title", None) or getattr(record, "name", None)
    severity = f", {record.severity}" if hasattr(record, "severity") else ""
    return f" ({' '.join(title.split())}{severity})" if title else ""


def _changed(pair: RecordPair, words: FieldWords, alterations: Mapping[str, Sequence[str]]) -> list[str]:
    before, after = pair.before, pair.after
    if before is None or after is None:
        return []
    if pair.kind == "rotation":
        fields = words.of(before, after, leave_out=(*_IN_THE_PLAN, "roles", "holidays"))
        return [*alterations.get(pair.id, ()), *fields, *_responsibilities(before, after)]
    if pair.kind == "person":
        return [*_person(before, after), *words.of(before, after, leave_out=("active", "time_off"))]
    return [*_body(*pair.bodies), *words.of(before, after)]


def _person(before: Any, after: Any) -> list[str]:
    said = [] if before.active == after.active else ["is back" if after.active else "has left"]
    for one, other, verb in ((after, before, "added"), (before, after, "taken back")):
        for off in one.time_off:
            if off not in other.time_off:
                said.append(f"time off from {off.from_} until {off.until} {verb}")
    return said


def _responsibilities(before: Any, after: Any) -> list[str]:
    said = []
    for role, entry in after.roles.items():
        old = before.roles.get(role)
        both = isinstance(entry, Role) and isinstance(old, Role)
        if both and old.responsibilities != entry.responsibilities:
            said.append(f"responsibilities of {role} changed")
    return said


def _body(before: str, after: str) -> list[str]:
    """Say how many lines of a text came and went."""
    if before == after:
        return []
    was, will = Counter(before.splitlines()), Counter(after.splitlines())
    come, gone = (will - was).total(), (was - will).total()
    counts = [f"{counted(number, 'line')} {verb}" for number, verb in ((come, "added"), (gone, "removed")) if number]
    return [f"text changed ({', '.join(counts)})" if counts else "text changed"]
