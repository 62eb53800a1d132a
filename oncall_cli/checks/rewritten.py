"""Rules E311, W411 and W510: what a change of the files does to shifts that were stood, or are about to be."""

from __future__ import annotations

from collections.abc import Iterator

from oncall_cli.checks.records import RotationRecords
from oncall_cli.checks.review import Pair, Review
from oncall_cli.checks.rule import Finding
from oncall_cli.errors import Place
from oncall_cli.model.team import Policy
from oncall_cli.model.time import Instant
from oncall_cli.schedule.comparison import HandChange
from oncall_cli.schedule.said import more_of, said_span


def past_shifts(review: Review) -> Iterator[Finding]:
    """E311: a shift that was stood does not change hands, unless a new override says who stood it."""
    for pair in review.pairs():
        changes = review.changes(pair, _begin(pair, review.head.now), review.head.now)
        rewritten = [one for one in changes if one.before and not pair.has_new_override(one)]
        for role in dict.fromkeys(one.role for one in rewritten):
            yield _rewritten(pair, [one for one in rewritten if one.role == role])


def _begin(pair: Pair, now: Instant) -> Instant:
    """Return when the first shift of either side begins."""
    moments = [
        *(each.schedule.first_turn() or now for each in pair),
        *(one.start for each in pair for override in each.overrides for one in override.changes),
    ]
    return min(now, *moments)


def _rewritten(pair: Pair, changes: list[HandChange]) -> Finding:
    first = changes[0]
    message = f"the past changes: {_told(pair.after, first)}{more_of(len(changes), 'stretch', 'stretches')}"
    hint = "let a new roster version begin ahead instead; if somebody else stood it, say so in an override"
    return Finding(place_of(pair.after, first), message, hint)


def frozen_shifts(review: Review) -> Iterator[Finding]:
    """W411: a shift of the next days changes hands by an override, which says who agreed, and not by an edit."""
    policy = review.head.team.policy if review.head.team else Policy()
    now = review.head.now
    for pair in review.pairs():
        for change in review.changes(pair, now, Instant(now + policy.frozen.seconds)):
            if change.before and not _by_override(pair, change):
                message = f"within {policy.frozen}, {_told(pair.after, change)}"
                hint = "begin the change later, or make it with 'oncall cover', 'oncall swap' or 'oncall take'"
                yield Finding(place_of(pair.after, change), message, hint)
                break


def _by_override(pair: Pair, change: HandChange) -> bool:
    """Tell whether an override has the stretch on either side: one that is made, mended or taken back."""
    return any(
        shift.override
        for each in pair
        for shift in each.schedule.shifts(change.start, Instant(change.start + 1), (change.role,))
    )


def unreadable_base(review: Review) -> Iterator[Finding]:
    """W510: what a review compares with can be read."""
    for path in sorted({problem.place.path for problem in review.unread}):
        first = next(problem for problem in review.unread if problem.place.path == path)
        message = f"at '{review.said}' this file cannot be read: {first.message}"
        yield Finding(Place(path), message, "what changes in it is not told; look at it yourself")


def place_of(each: RotationRecords, change: HandChange) -> Place:
    """Return what, in the files as they are to be, decides who has a stretch."""
    explained = each.schedule.explain(change.role, change.start) if change.role in each.schedule.roles else None
    applied = {bearing.override for bearing in explained.overrides if bearing.applied} if explained else set()
    for override in each.overrides:
        if override.id in applied:
            return override.place()
    if explained and explained.ground:
        return each.rotation.place(*explained.ground.keys)
    return each.rotation.place("layers" if each.rotation.layers else "roster")


def _told(each: RotationRecords, change: HandChange) -> str:
    was, will = (" and ".join(f"'{who}'" for who in people) or "nobody" for people in (change.before, change.after))
    when = said_span(each.schedule.clock, change.start, change.end)
    return f"{change.role} of '{each.rotation.id}' from {when} goes from {was} to {will}"
