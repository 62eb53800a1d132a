"""Rules E312 and E313: what happened stays written as it was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from oncall_cli.checks.records import RotationRecords
from oncall_cli.checks.review import Pair, Review
from oncall_cli.checks.rule import Finding
from oncall_cli.errors import Place
from oncall_cli.model.record import Part, Record
from oncall_cli.schedule.said import more_of

# What grows and is never mended, and what is said once; a status or a summary is rightly written anew.
_GROWING = {"shifts": ("log",), "incidents": ("timeline", "messages"), "requests": ("spent",)}
_ONCE = {
    "shifts": ("person", "role", "started", "ended", "accepted"),
    "incidents": ("detected", "acknowledged"),
    "requests": ("received", "acknowledged"),
}
_KINDS = ("shifts", "incidents", "requests")


class History(NamedTuple):
    """The records of one kind that a rotation has of what happened, by id."""

    kind: str
    before: Mapping[str, Record]
    after: Mapping[str, Record]


def altered_history(review: Review) -> Iterator[Finding]:
    """E312: entries of logs and timelines are added, never taken out or changed; nor are times that were noted."""
    renamed = review.renamed()
    for pair in review.pairs():
        for history in _histories(pair):
            for name in sorted({*history.before} & {*history.after}):
                yield from _altered(history, name, renamed)


def _histories(pair: Pair) -> Iterator[History]:
    for kind in _KINDS:
        before, after = (_by_id(each, kind) for each in pair)
        yield History(kind, before, after)


def _by_id(each: RotationRecords, kind: str) -> dict[str, Record]:
    records: Sequence[Record] = getattr(each, kind)
    return {record.id: record for record in records}


def _altered(history: History, name: str, renamed: Mapping[str, str]) -> Iterator[Finding]:
    before, after = history.before[name], history.after[name]
    if before is after:
        return
    for key in _GROWING[history.kind]:
        gone = _missing(getattr(before, key), getattr(after, key), renamed)
        if gone:
            message = f"{_entry(key, gone[0])} is not there any more as it was written"
            hint = "put it back; what was wrong is said in a new entry below it"
            yield Finding(after.place(key), f"{message}{more_of(len(gone), 'entry', 'entries')}", hint)
    for key in _ONCE[history.kind]:
        was, is_now = _plain(getattr(before, key), renamed), _plain(getattr(after, key), renamed)
        if was is not None and was != is_now and not (key == "ended" and is_now is None):
            message = f"'{key}' of '{name}' was noted and is another now"
            yield Finding(after.place(key), message, "put it back; say in a note what was wrong")


def _missing(before: Iterable[Part], after: Iterable[Part], renamed: Mapping[str, str]) -> list[Part]:
    left = [_plain(entry, renamed) for entry in after]
    gone = []
    for entry in before:
        plain = _plain(entry, renamed)
        if plain in left:
            left.remove(plain)
        else:
            gone.append(entry)
    return gone


def _plain(value: object, renamed: Mapping[str, str]) -> object:
    """Return a value for comparison, with the people by the names that they have now."""
    if isinstance(value, Part):
        return {key: _plain(one, renamed) for key, one in value}
    if isinstance(value, tuple):
        return [_plain(one, renamed) for one in value]
    return renamed.get(value, value) if isinstance(value, str) else value


def _entry(key: str, entry: Part) -> str:
    words = str(getattr(entry, "text", None) or getattr(entry, "template", None) or getattr(entry, "note", None) or "")
    short = words if len(words) <= 60 else f"{words[:57]}..."
    return f"an entry of '{key}' ('{short}')" if short else f"an entry of '{key}'"


def deleted_records(review: Review) -> Iterator[Finding]:
    """E313: a record of what happened is not deleted; one that is only moved is not gone."""
    after = {each.rotation.id: each for each in review.head.rotations}
    for before in review.base.rotations:
        name = before.rotation.id
        if name not in after:
            if before.rotation.path not in review.head.invalid:
                hint = "put it back: it holds what happened; an override that leaves its roles to nobody ends it"
                yield Finding(Place(before.rotation.path), f"the rotation '{name}' is deleted", hint)
            continue
        for kind in _KINDS:
            yield from _deleted(review, kind, _by_id(before, kind), _by_id(after[name], kind))


def _deleted(review: Review, kind: str, before: Mapping[str, Record], after: Mapping[str, Record]) -> Iterator[Finding]:
    renamed = review.renamed()
    new = [_plain(record, renamed) for name, record in after.items() if name not in before]
    for name, record in sorted(before.items()):
        gone = name not in after and record.path not in review.head.invalid
        if gone and _plain(record, renamed) not in new:
            hint = "put it back: what happened, happened; what was wrong is said in a note"
            yield Finding(Place(record.path), f"the record '{name}' of {kind} is deleted", hint)
