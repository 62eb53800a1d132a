"""Rule W412: whoever gets shifts has said yes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from oncall_cli.checks.records import RotationRecords
from oncall_cli.checks.review import Pair, Review
from oncall_cli.checks.rewritten import place_of
from oncall_cli.checks.rule import Finding
from oncall_cli.model.override import Change, Override
from oncall_cli.model.time import WEEK, Instant
from oncall_cli.schedule.comparison import HandChange, compare
from oncall_cli.schedule.said import more_of, said_span

# Further ahead a turn will be moved again before it is stood.
_NEAR = 4 * WEEK


def not_agreed(review: Review) -> Iterator[Finding]:
    """W412: who gets shifts is named in 'agreed_by', or made one of the commits."""
    now, until = review.head.now, Instant(review.head.now + _NEAR)
    for pair in review.pairs():
        yield from _by_overrides(review, pair)
        yield from _by_roster(review, pair.after, review.changes(pair, now, until))
    for each in review.begun():
        yield from _by_overrides(review, Pair(each._replace(overrides=()), each))
        comparison = compare({}, {each.rotation.id: each.schedule}, now, until, now)
        yield from _by_roster(review, each, comparison.changes)


def _by_overrides(review: Review, pair: Pair) -> Iterator[Finding]:
    known = {override.id: _said(override) for override in pair.before.overrides}
    for override in pair.after.overrides:
        if known.get(override.id) != _said(override):
            yield from _in_override(review, pair.after, override)


def _said(override: Override) -> object:
    """Return what an override changes, and who agreed."""
    return override.changes, override.agreed_by


def _in_override(review: Review, each: RotationRecords, override: Override) -> Iterator[Finding]:
    agreed = {*override.agreed_by, override.requested_by}
    asked: dict[str, list[tuple[int, int, Change]]] = {}
    for number, change in enumerate(override.changes):
        for position, person in enumerate(change.people):
            if change.end > review.head.now and person not in agreed and not review.made_a_commit(person):
                asked.setdefault(person, []).append((number, position, change))
    for person, theirs in asked.items():
        number, position, change = theirs[0]
        when = said_span(each.schedule.clock, change.start, change.end)
        message = f"'{person}' has not agreed to be {change.role} of '{each.rotation.id}' from {when}"
        place = override.place("changes", number, "person", position)
        hint = f"ask them: they add themselves to 'agreed_by', or approve by a commit ({_how(person)})"
        yield Finding(place, f"{message}{more_of(len(theirs), 'change')}", hint)


def _by_roster(review: Review, each: RotationRecords, changes: Iterable[HandChange]) -> Iterator[Finding]:
    gained: dict[str, list[HandChange]] = {}
    for change in changes:
        for person in change.after:
            known = person in change.before or review.made_a_commit(person)
            if not known and not _is_overridden(each, change):
                gained.setdefault(person, []).append(change)
    for person, theirs in sorted(gained.items()):
        first = theirs[0]
        when = said_span(each.schedule.clock, first.start, first.end)
        message = f"'{person}' has not agreed to be {first.role} of '{first.rotation}' from {when}"
        hint = f"ask them to make one of the commits, or to be named in one ({_how(person)})"
        yield Finding(place_of(each, first), f"{message}{more_of(len(theirs), 'stretch', 'stretches')}", hint)


def _is_overridden(each: RotationRecords, change: HandChange) -> bool:
    """Tell whether an override has the stretch; that is asked for where the override is looked at."""
    held = each.schedule.shifts(change.start, Instant(change.start + 1), (change.role,))
    return any(shift.override for shift in held)


def _how(person: str) -> str:
    return f"'Co-authored-by:' with an e-mail of their 'git_emails' in rotations/people/{person}.yaml"
