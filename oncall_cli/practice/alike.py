"""Incidents that tell the same, because two people opened them: pointed out, and offered to be merged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from oncall_cli.model.incident import Incident
from oncall_cli.model.time import HOUR, Instant
from oncall_cli.practice.standing import began

_NEAR = 6 * HOUR


class Alike(NamedTuple):
    """Two incidents that may be one; the first began earlier and would go on."""

    first: Incident
    second: Incident


def alike(incidents: Iterable[Incident]) -> list[Alike]:
    """Return the pairs of one rotation's incidents that have one title or alert and began within six hours."""
    known = [each for each in incidents if each.merged_into is None and began(each) is not None]
    ordered = sorted(known, key=lambda each: (began(each) or 0, each.id))
    groups: dict[str, list[Incident]] = {}
    for each in ordered:
        for words in {_words(each.title), _words(each.alert or "")} - {""}:
            groups.setdefault(words, []).append(each)
    found = {(pair.first.id, pair.second.id): pair for group in groups.values() for pair in _pairs(group)}
    return [found[names] for names in sorted(found)]


def same_today(incidents: Iterable[Incident], title: str, alert: str | None, at: Instant) -> list[Incident]:
    """Return the incidents that have the same title or alert and began about the same time."""
    wanted = {_words(title), _words(alert or "")} - {""}
    return [
        each
        for each in incidents
        if each.merged_into is None
        and wanted & {_words(each.title), _words(each.alert or "")}
        and abs((began(each) or at) - at) <= 24 * HOUR
    ]


def _pairs(group: Sequence[Incident]) -> Iterable[Alike]:
    for first, second in zip(group, group[1:], strict=False):
        if (began(second) or 0) - (began(first) or 0) <= _NEAR and not _apart(first, second):
            yield Alike(first, second)


def _apart(first: Incident, second: Incident) -> bool:
    """Tell whether the second began when the first was over: the same trouble came again."""
    return first.resolved is not None and (began(second) or 0) >= first.resolved


def _words(text: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in text.casefold()).split())
