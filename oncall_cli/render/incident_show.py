"""One incident for a terminal: what is known of it, its times as a line, its timeline with the distances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.lasting import span
from oncall_cli.model.time import Instant
from oncall_cli.practice.metrics import spans_of
from oncall_cli.practice.review import impact_length
from oncall_cli.practice.standing import began
from oncall_cli.render.people import name_of
from oncall_cli.render.text import BOLD, columns, cut, one_line, padded, styled, visible, wrapped
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.model.incident import Incident, TimelineEntry
    from oncall_cli.model.person import Person
    from oncall_cli.practice.stages import Told

_LINE = 60
_MOST_LINES = 6
_NAME = 16


class Shown(NamedTuple):
    """An incident with what a reader needs to know it by."""

    incident: Incident
    title: str | None
    """What its severity means."""
    people: Mapping[str, Person]
    stages: Sequence[Told]
    times: Times


def show_text(shown: Shown, width: int, colour: bool) -> str:
    """Return the incident for a terminal."""
    incident, times = shown.incident, shown.times
    means = f", {one_line(shown.title)}" if shown.title else ""
    means = f"{incident.severity} {incident.status}{means}"
    head, *more = wrapped(means, width, indent="  ", first=f"{incident.id}  ")
    head = styled(incident.id, BOLD, colour) + head.removeprefix(incident.id)
    facts = columns([[f"  {label}", text] for label, text in facts_of(shown)], width)
    blocks = [[head, *more, f"  {styled(one_line(incident.title), BOLD, colour)}", *facts]]
    if picture := life_line(incident, times.now):
        blocks.append([f"  {line}" for line in picture])
    blocks += [_timeline(shown, width), [times.note()]]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def facts_of(shown: Shown) -> list[tuple[str, str]]:
    """Return what is known of an incident, a label and a text each."""
    incident, times = shown.incident, shown.times
    known = [
        ("impact", _impact(incident, times)),
        ("times", times_text(incident)),
        ("responders", ", ".join(f"{role} {name_of(one, shown.people)}" for role, one in incident.responders.items())),
        ("services", ", ".join(one_line(one) for one in incident.services)),
        ("alert", one_line(incident.alert or "")),
        ("runbook", incident.runbook or ""),
        ("customers", "; ".join(_stage(each, times) for each in shown.stages)),
        ("links", " ".join(one_line(link) for link in incident.links)),
        ("merged into", incident.merged_into or ""),
        ("review", _review(incident)),
        ("actions", _actions(incident)),
    ]
    return [(label, text) for label, text in known if text]


def times_text(incident: Incident) -> str:
    """Return how long each part took, as far as both of its ends are known."""
    spans = spans_of(incident)
    named = [
        ("noticed after", spans.detect),
        ("acknowledged after", spans.acknowledge),
        ("mitigated after", spans.mitigate),
        ("resolved after", spans.resolve),
    ]
    return ", ".join(f"{what} {span(seconds)}" for what, seconds in named if seconds is not None)


def life_line(incident: Incident, now: Instant) -> list[str]:
    """Return an incident's times on a line in proportion, with a letter for each, and what the letters mean."""
    impact = incident.impact
    marks = [
        (impact.started, "I", "impact"),
        (incident.detected, "D", "detected"),
        (incident.acknowledged, "A", "acknowledged"),
        (incident.mitigated, "M", "mitigated"),
        (impact.ended, "E", "end of impact"),
        (incident.resolved, "R", "resolved"),
    ]
    known = sorted(((at, letter, word) for at, letter, word in marks if at is not None), key=lambda mark: mark[0])
    ended = incident.resolved is not None
    if not known or (ended and len(known) < 2):
        return []
    start, last = known[0][0], known[-1][0]
    # What is mitigated may wait for days; the line shows what happened, not the waiting.
    waited = max(last, min(now, Instant(last + (last - start) // 4))) if last > start else max(last, now)
    end = last if ended else waited
    return [
        _drawn(known, start, max(end - start, 1), ended),
        ", ".join(f"{letter} {word}" for _, letter, word in known),
    ]


def entries_of(incident: Incident) -> list[TimelineEntry]:
    """Return the timeline in the order in which things happened."""
    return sorted(incident.timeline, key=lambda entry: entry.at)


def distance_of(incident: Incident, at: Instant) -> str:
    """Return how long after the beginning something happened: ``+2m``."""
    start = began(incident)
    if start is None:
        return ""
    return f"{'+' if at >= start else '-'}{span(abs(at - start))}"


def _drawn(known: Sequence[tuple[Instant, str, str]], start: Instant, length: int, ended: bool) -> str:
    cells = ["─"] * (_LINE + len(known))
    last = -1
    for at, letter, _ in known:
        # Two at one place stand next to each other, in their order.
        last = max(last + 1, (at - start) * (_LINE - 1) // length)
        cells[last] = letter
    return "".join(cells[: max(last + 1, _LINE)]).rstrip("─") if ended else f"{''.join(cells[:_LINE])}…"


def _timeline(shown: Shown, width: int) -> list[str]:
    incident, times = shown.incident, shown.times
    start = began(incident)
    lines: list[str] = []
    wide = max((min(len(entry.by), _NAME) for entry in incident.timeline), default=0)
    day = times.day(start) if start is not None else ""
    if day:
        lines.append(f"  {day}")
    for entry in entries_of(incident):
        if times.day(entry.at) != day:
            day = times.day(entry.at)
            lines.append(f"  {day}")
        name = one_line(entry.by)[:_NAME]
        head = f"  {padded(distance_of(incident, entry.at), 8)}{times.time_of_day(entry.at)}  "
        lines += _entry(f"{head}{padded(name, wide)}", entry, width)
    return lines


def _entry(head: str, entry: TimelineEntry, width: int) -> list[str]:
    """Return an entry's lines: the first with what kind it is, a long paste cut after a few."""
    said = visible(entry.text).rstrip("\n").split("\n")
    kind = "" if entry.kind == "note" else f"{one_line(entry.kind)}: "
    first = columns([[head.rstrip(), kind + " ".join(said[0].split())]], width)
    if len(said) == 1:
        return first
    shown = [f"      {cut(line.expandtabs(), width - 6)}" for line in said[1:_MOST_LINES]]
    more = len(said) - _MOST_LINES
    return [*first, *shown, *([f"      … {more} more lines"] if more > 0 else [])]


def _impact(incident: Incident, times: Times) -> str:
    impact, said = incident.impact, one_line(incident.impact.text or "")
    if impact.started is None:
        return said
    length = impact_length(incident)
    when = (
        times.until(impact.started, impact.ended) if impact.ended is not None else f"since {times.at(impact.started)}"
    )
    lasted = f", {span(length)}" if length is not None and impact.ended is not None else ""
    return f"{when}{lasted}{f': {said}' if said else ''}"


def _stage(told: Told, times: Times) -> str:
    if told.sent is None:
        return f"{told.stage} not sent"
    return f"{told.stage} {times.at(told.sent.at)}{f' to {one_line(told.sent.to)}' if told.sent.to else ''}"


def _review(incident: Incident) -> str:
    review = incident.review
    if review is None:
        return ""
    return ", ".join(
        part for part in (str(review.state), review.owner or "", f"due {review.due}" if review.due else "") if part
    )


def _actions(incident: Incident) -> str:
    if not incident.actions:
        return ""
    left = sum(action.state == "open" for action in incident.actions)
    return f"{len(incident.actions)}, of which {left} open"
