"""What a step of an incident writes into its timeline: each entry where its time belongs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from oncall_cli.model.incident import Incident, TimelineEntry
from oncall_cli.model.time import Instant
from oncall_cli.model.zone import Zone
from oncall_cli.practice.doing import Doing
from oncall_cli.practice.edits import Keys, RecordEdit, Value
from oncall_cli.practice.incident_rules import REOPENED
from oncall_cli.practice.stamps import stamp

NO_FIELDS: Mapping[str, Value] = {}
_TIMELINE: Keys = ("timeline",)


class Written(NamedTuple):
    """An entry as a file has it, and the instant by which it is placed."""

    at: Instant
    value: Value


def written(doing: Doing, kind: str, text: str, level: int | None = None) -> Written:
    """Return an entry of somebody who does something now."""
    said: dict[str, Value] = {"at": doing.stamp, "by": doing.by, "kind": kind, "text": _lines(text)}
    return Written(doing.at, {**said, "level": level} if level is not None else said)


def copied(entry: TimelineEntry, zone: Zone, *, same_ladder: bool) -> Written:
    """Return an entry of another incident, to be written into this one.

    The other's reopening is none of this one, and the levels of another rotation's ladder are not this one's.
    """
    kind = "note" if entry.kind == REOPENED else entry.kind
    said: dict[str, Value] = {"at": stamp(entry.at, zone), "by": entry.by, "kind": kind, "text": _lines(entry.text)}
    return Written(entry.at, {**said, "level": entry.level} if entry.level is not None and same_ladder else said)


def telling(
    incident: Incident,
    entries: Iterable[Written],
    fields: Mapping[str, Value] = NO_FIELDS,
    sets: Iterable[tuple[Keys, Value]] = (),
    removes: Iterable[Keys] = (),
    appends: Iterable[tuple[Keys, Value]] = (),
) -> RecordEdit:
    """Return the edit of an incident that also tells the entries: at the end, or where one given afterwards belongs."""
    moments = [entry.at for entry in incident.timeline]
    inserts: list[tuple[Keys, int, Value]] = []
    last: list[tuple[Keys, Value]] = []
    for entry in sorted(entries, key=lambda each: each.at):
        place = next((number for number, at in enumerate(moments) if at > entry.at), len(moments))
        if place < len(moments):
            moments.insert(place, entry.at)
            inserts.append((_TIMELINE, place, entry.value))
        else:
            last.append((_TIMELINE, entry.value))
    return RecordEdit(
        incident.path,
        fields=fields,
        sets=tuple(sets),
        removes=tuple(removes),
        inserts=inserts,
        appends=[*appends, *last],
    )


def _lines(text: str) -> str:
    # A text of several lines ends its last one, as an editor would leave it.
    return f"{text.rstrip()}\n" if "\n" in text.rstrip() else text
