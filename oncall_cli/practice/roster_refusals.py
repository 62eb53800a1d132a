"""Why a change of roster may not be: each reason with what to do instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from oncall_cli.errors import Refused
from oncall_cli.model.person import Person
from oncall_cli.model.rotation import Rotation
from oncall_cli.model.suggest import suggestion
from oncall_cli.schedule.roster_edit import LayerRoster
from oncall_cli.schedule.seats import Join, Leave, Members, Reorder, Replace, RosterVerb, is_in, same_members
from oncall_cli.schedule.shift import People


def refuse_change(
    rotation: Rotation, roster: LayerRoster, verb: RosterVerb, number: int, people: Mapping[str, Person]
) -> None:
    """Raise ``Refused`` unless a change may begin at a turn."""
    lists = [roster.members(number), *(version.members for version in roster.later(number))]
    if isinstance(verb, Join):
        refuse_inactive(people[verb.person])
        _refuse_member(rotation, verb.person, lists[0])
    elif isinstance(verb, Leave):
        _refuse_stranger(rotation, verb.person, lists)
    elif isinstance(verb, Replace):
        _refuse_stranger(rotation, verb.old, lists)
        if verb.old == verb.new:
            raise Refused(f"'{verb.old}' cannot replace themselves", hint="name who takes the seat")
        refuse_inactive(people[verb.new])
        _refuse_member(rotation, verb.new, lists[0])
    elif isinstance(verb, Reorder):
        _refuse_other_members(verb.order, lists[0])
    for members in lists:
        if isinstance(verb, Leave) and not verb.seats(members):
            raise Refused(
                f"'{verb.person}' is the last member of '{rotation.id}', and nobody would be left",
                hint=f"give the seat to somebody: oncall rotation replace {verb.person} SOMEBODY {rotation.id}",
            )
        if isinstance(verb, Leave) and len(verb.seats(members)) <= roster.told < len(members):
            raise Refused(
                f"without '{verb.person}' too few are left in '{rotation.id}': somebody would hold two roles at once",
                hint=f"give the seat to somebody: oncall rotation replace {verb.person} SOMEBODY {rotation.id}",
            )


def listed(members: Iterable[People]) -> str:
    """Return the members as one would type them: ``ana ben+cy dee``."""
    return " ".join("+".join(member) for member in members)


def refuse_inactive(person: Person) -> None:
    """Refuse to put somebody on call who has left the team."""
    if not person.active:
        raise Refused(
            f"'{person.id}' has left: they are not active",
            hint=f"if they are back, remove 'active: false' from {person.path}",
        )


def _refuse_member(rotation: Rotation, person: str, members: Members) -> None:
    if is_in(person, members):
        raise Refused(
            f"'{person}' is in the roster of '{rotation.id}' already: {listed(members)}",
            hint="another place in it is 'oncall rotation reorder'",
        )


def _refuse_stranger(rotation: Rotation, person: str, lists: Iterable[Members]) -> None:
    known = {one for members in lists for member in members for one in member}
    if person not in known:
        raise Refused(
            f"'{person}' is not in the roster of '{rotation.id}' from then on",
            hint=suggestion(person, known, "member"),
        )


def _refuse_other_members(order: Members, members: Members) -> None:
    """Refuse an order that is none of these members, each once."""
    if same_members(order, members):
        return
    wanted, there = (Counter("+".join(sorted(member)) for member in each) for each in (order, members))
    faults = {
        "leaves out": there - wanted,
        "names too often": {name for name in wanted - there if name in there},
        "names strangers": {name for name in wanted if name not in there},
    }
    said = [f"{fault} {_named(names)}" for fault, names in faults.items() if names]
    raise Refused(
        f"that is no order of the members: it {' and '.join(said)}",
        hint=f"name each of them once: {listed(members)}",
    )


def _named(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in sorted(names))
