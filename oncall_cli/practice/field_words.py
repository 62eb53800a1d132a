"""What is different between two states of one record, in words: field by field, lists by their items."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

from oncall_cli.model.record import Part
from oncall_cli.model.time import Instant
from oncall_cli.model.zone import Zone
from oncall_cli.schedule.said import said
from oncall_cli.schedule.walls import WallClock

# What one item of a list is called; others are "entries".
_ITEMS = {
    "actions": "action item",
    "agreed_by": "agreement",
    "alerts": "alert",
    "attempts": "attempt",
    "availability": "time of availability",
    "channels": "channel",
    "changes": "change",
    "checklist": "checklist item",
    "contacts": "contact",
    "duties": "duty",
    "escalation": "escalation step",
    "git_emails": "git e-mail",
    "links": "link",
    "log": "log entry",
    "messages": "message",
    "ongoing": "ongoing issue",
    "services": "service",
    "spent": "time entry",
    "timeline": "timeline entry",
}
# What tells an item from the others of its list, so that an edit of it is none gone and another come.
_KEYS = ("id", "title", "name", "from_", "at", "text")
_PRIVATE = ("phone", "email", "chat")
_SHORT = 40


class FieldWords:
    """Tells differences; instants are told on one wall."""

    def __init__(self, zone: Zone) -> None:
        self._clock = WallClock(zone)

    def of(self, before: Part, after: Part, leave_out: Sequence[str] = ()) -> Iterator[str]:
        """Yield a few words for each field that differs."""
        for name in type(after).model_fields:
            was, will = getattr(before, name), getattr(after, name)
            if was != will and name not in leave_out:
                yield from self._field(name, was, will)

    def _field(self, name: str, was: Any, will: Any) -> Iterator[str]:
        label = name.rstrip("_").replace("_", " ")
        values = tuple(value for value in (was, will) if value is not None)
        if all(isinstance(value, Part) for value in values) and len(values) == 2:
            yield from (f"{label} {words}" for words in self.of(was, will))
        elif all(isinstance(value, Mapping) for value in values) and len(values) == 2:
            yield from self._mapping(label, was, will)
        elif all(isinstance(value, tuple) for value in values) and len(values) == 2:
            yield from _listed(_ITEMS.get(name, f"entry of {label}"), was, will)
        else:
            yield self._scalar(label, was, will)

    def _mapping(self, label: str, was: Mapping[str, Any], will: Mapping[str, Any]) -> Iterator[str]:
        for key in dict.fromkeys((*was, *will)):
            if was.get(key) != will.get(key):
                yield from self._field(f"{label} {key}", was.get(key), will.get(key))

    def _scalar(self, label: str, was: Any, will: Any) -> str:
        told = [self._value(value) for value in (was, will)]
        if was is None:
            return f"{label}: {told[1]}" if told[1] and label not in _PRIVATE else f"{label} added"
        if will is None:
            return f"{label} removed"
        return f"{label}: {told[0]} → {told[1]}" if all(told) and label not in _PRIVATE else f"{label} changed"

    def _value(self, value: Any) -> str:
        """Return a value that is short enough to be told, and nothing for others."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, int):
            # The only number that a record holds and that is no instant is a role's offset, which the plan tells.
            return said(self._clock, Instant(value))
        if isinstance(value, (Part, Mapping, tuple)):
            return ""
        text = str(value)
        return text if len(text) <= _SHORT and "\n" not in text else ""


def counted(number: int, noun: str) -> str:
    """Return ``1 log entry`` or ``2 log entries``."""
    if number == 1:
        return f"1 {noun}"
    first, of, rest = noun.partition(" of ")
    plural = f"{first[:-1]}ies" if first.endswith("y") and first[-2] not in "aeiou" else f"{first}s"
    return f"{number} {plural}{of}{rest}"


def _listed(noun: str, was: Sequence[Any], will: Sequence[Any]) -> Iterator[str]:
    """Yield how many items were added, changed and removed; or that only their order changed."""
    gone, come = _without(was, will), _without(will, was)
    changed = {_key(item) for item in gone} & {_key(item) for item in come}
    numbers = (
        (sum(_key(item) not in changed for item in come), "added"),
        (len(changed), "changed"),
        (sum(_key(item) not in changed for item in gone), "removed"),
    )
    told = False
    for number, verb in numbers:
        if number:
            told = True
            yield f"{counted(number, noun)} {'was' if number == 1 else 'were'} {verb}"
    if not told:
        yield f"the order of the {counted(2, noun)[2:]} changed"


def _without(these: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    left = list(others)
    found = []
    for item in these:
        if item in left:
            left.remove(item)
        else:
            found.append(item)
    return found


def _key(item: Any) -> Hashable:
    for name in _KEYS:
        if isinstance(item, Part) and (value := getattr(item, name, None)) is not None:
            return str(value)
    return str(item)
