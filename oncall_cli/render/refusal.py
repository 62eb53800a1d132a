"""Why somebody cannot report for duty now: who is on call instead, until when, and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.practice.start import Begun, Decision, NotYours
from oncall_cli.render.people import names_of

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.render.times import Times


class Sentence(NamedTuple):
    """What is wrong, and what to do."""

    message: str
    hint: str


def no_start(decisions: Sequence[Decision], people: Mapping[str, Person], times: Times) -> Sentence:
    """Return why none of the shifts may begin: a shift that has begun already says more than the others."""
    begun = [decision for decision in decisions if isinstance(decision, Begun)]
    if begun:
        return _begun(begun[0], times)
    others = [decision for decision in decisions if isinstance(decision, NotYours)]
    told = "; ".join(_on_call(decision, people, times) for decision in others)
    coming = [(decision.next_shift, decision.rotation) for decision in others if decision.next_shift]
    first, where = min(coming, key=lambda each: each[0].start, default=(None, ""))
    when = f"you are next on call in '{where}' as {first.role}, from {times.at(first.start)}" if first else ""
    rotation = others[0].rotation if len(others) == 1 else "ROTATION"
    hint = f"to stand in until then: oncall start {rotation} --cover"
    return Sentence("; ".join(part for part in (told, when) if part) or "there is no rotation", hint)


def _begun(decision: Begun, times: Times) -> Sentence:
    record, rotation = decision.record, decision.rotation
    if record.ended is not None:
        return Sentence(
            f"you have ended this shift in '{rotation}' as {record.role}: {times.at(record.ended)}",
            f"write into it with 'oncall log', or revert the commit that ended it: git log -1 -- {record.path}",
        )
    since = times.at(record.started) if record.started is not None else ""
    return Sentence(
        f"you are on duty in '{rotation}' as {record.role} since {since}",
        "write into the log with 'oncall log TEXT', or end the watch with 'oncall end'",
    )


def _on_call(decision: NotYours, people: Mapping[str, Person], times: Times) -> str:
    holding = decision.holding
    until = f" until {times.at(holding.end)}, {times.distance(holding.end)}" if holding.end is not None else ""
    who = names_of(holding.people, people)
    return f"{who} {'are' if len(holding.people) > 1 else 'is'} on call in '{decision.rotation}'{until}"
