"""A swap: two people exchange two shifts, and for that time every place that they have in the rotation."""

from __future__ import annotations

from typing import NamedTuple

from oncall_cli.errors import Refused
from oncall_cli.model.override import Change, Override, OverrideKind
from oncall_cli.practice.assigned import AssignedShift
from oncall_cli.practice.cover import Asked, declared
from oncall_cli.practice.fit import refuse_unfit
from oncall_cli.practice.handing import Target, handed
from oncall_cli.practice.setting import Post, Setting, hull
from oncall_cli.practice.shift_asked import Named, Search, no_shift, shift_in, target
from oncall_cli.schedule.spans import difference, union


class Pair(NamedTuple):
    """Two shifts of one rotation that are to be exchanged."""

    one: AssignedShift
    other: AssignedShift


def pair(setting: Setting, people: tuple[str, str], named: tuple[Named, Named], search: Search) -> Pair:
    """Return the shifts that are meant; raise ``Refused`` when they do not exist, or in several rotations."""
    if people[0] == people[1]:
        raise Refused(f"'{people[0]}' cannot swap with '{people[1]}'", hint="name two people")
    names = setting.chosen(search.rotation)
    found = [each for name in names if (each := _in_rotation(setting, name, people, named, search))]
    if not found:
        raise _missing(setting, people, named, search)
    if len(found) > 1:
        both = " and ".join(each.one.rotation for each in found)
        raise Refused(f"{people[0]} and {people[1]} take turns in {both}", hint="say which one with --rotation")
    return found[0]


def swap(setting: Setting, asked: Asked, shifts: Pair) -> Override:
    """Return the override that exchanges two shifts; raise ``Refused`` with the reason why it may not be."""
    one, other = shifts
    changes = [*handed(setting, target(one), other.person), *handed(setting, target(other), one.person)]
    for shift, taker in ((one, other), (other, one)):
        changes += _vacated(setting, shift, taker, changes)
    words = f"{one.person}-swaps-with-{other.person}"
    first = sorted(changes, key=lambda change: change.start)
    made = declared(setting, asked, OverrideKind.SWAP, one.rotation, first, words)
    refuse_unfit(setting, one.rotation, made)
    return made


def earlier_swap(setting: Setting, shifts: Pair) -> Override | None:
    """Return the swap that gave both shifts to those who have them, so that exchanging them takes it back."""
    for override in setting.files(shifts.one.rotation).overrides:
        if override.kind is OverrideKind.SWAP and all(_gives(override, shift) for shift in shifts):
            return override
    return None


def _in_rotation(
    setting: Setting, name: str, people: tuple[str, str], named: tuple[Named, Named], search: Search
) -> Pair | None:
    """Return the pair in the first role in which both have such a shift.

    Two dates also name the shifts that a swap has exchanged: who types a swap again wants it taken back.
    """
    state = setting.state(name)
    for role in search.roles(state):
        for days in dict.fromkeys((named, named[::-1])):
            one = shift_in(setting, state, people[0], days[0], [role])
            other = shift_in(setting, state, people[1], days[1], [role])
            if one and other and (days == named or earlier_swap(setting, Pair(one, other))):
                return Pair(one, other)
    return None


def _missing(setting: Setting, people: tuple[str, str], named: tuple[Named, Named], search: Search) -> Refused:
    """Return which of the two has no such shift."""
    for person, day in zip(people, named, strict=True):
        states = [setting.state(name) for name in setting.chosen(search.rotation)]
        if not any(shift_in(setting, state, person, day, search.roles(state)) for state in states):
            return no_shift(setting, person, day, search)
    return Refused(
        f"{people[0]} and {people[1]} have no such shifts in the same role of one rotation",
        hint="cover each other instead: oncall cover",
    )


def _vacated(setting: Setting, shift: AssignedShift, taker: AssignedShift, known: list[Change]) -> list[Change]:
    """Return the changes that give the taker's other places of that time to whose shift they take.

    This week's secondary is next week's primary: without this, two neighbours could never swap.
    """
    found: list[Change] = []
    for post, spans in setting.stood(taker.person, shift.start, shift.end).items():
        if post.rotation != shift.rotation or post.role == shift.role:
            continue
        given = union((one.start, one.end) for one in known if one.role == post.role and one.instead_of == taker.person)
        if rest := difference(spans, given):
            found += handed(setting, Target(Post(*post), taker.person, *hull(rest)), shift.person)
    return found


def _gives(override: Override, shift: AssignedShift) -> bool:
    return any(
        one.people == (shift.person,) and one.role == shift.role and one.start < shift.end and shift.start < one.end
        for one in override.changes
    )
