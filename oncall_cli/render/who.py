"""The answer of ``oncall who``: for a tired person, and for a script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from oncall_cli.lasting import Lasting, sentence, span, told_as_distance
from oncall_cli.model.roles import PRIMARY
from oncall_cli.model.time import Instant, format_instant
from oncall_cli.render.people import name_of, names_of, ways_of
from oncall_cli.render.text import BOLD, RED, lasting, one_line, padded, styled, wrapped
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.practice.answer import Answer
    from oncall_cli.practice.ladder import Rung
    from oncall_cli.schedule.shift import Holding

_ROLE_WIDTH = 11


def who_text(
    answers: Iterable[Answer], people: Mapping[str, Person], times: Times, width: int = 80, colour: bool = False
) -> str:
    """Return each rotation as a block, as it reads at the now of the times."""
    return who_lasting(answers, people, times, width, colour).at(times.now)


def who_lasting(
    answers: Iterable[Answer],
    people: Mapping[str, Person],
    times: Times,
    width: int = 80,
    colour: bool = False,
) -> Lasting:
    """Return each rotation as a block: its roles, until when, who is next, and who if they do not answer."""
    lines: list[str] = []
    until = times.same_year_until()
    for each in answers:
        until = min(until, each.until)
        lines.append(f"{styled(each.rotation.id, BOLD, colour)}  {one_line(each.rotation.name)}")
        for holding in each.holdings:
            lines += _holding(holding, people, colour)
            lines.append(sentence(_until(holding, each, people, times)))
        lines += [*_ladder(each, people, width), ""]
    return lasting([*lines, times.note()], times.now, until, width, " " * (_ROLE_WIDTH + 2))


def _holding(holding: Holding, people: Mapping[str, Person], colour: bool) -> list[str]:
    """Return the lines of one role that name the people, with their contacts."""
    rows = []
    for person in holding.people:
        known = people.get(person)
        name = styled(name_of(person, people), BOLD, colour)
        rows.append(f"{name}  {ways_of(known.contact if known else None)}".rstrip())
    rows = rows or [styled("nobody", RED, colour)]
    labels = [holding.role, *[""] * (len(rows) - 1)]
    return [f"  {padded(label, _ROLE_WIDTH)}{row}".rstrip() for label, row in zip(labels, rows, strict=True)]


def _until(holding: Holding, each: Answer, people: Mapping[str, Person], times: Times) -> str:
    """Say until when it stays so, how far that is when it is read, and who comes then."""
    if holding.end is None:
        return "with no end in sight"
    until = f"until {times.at(holding.end, each.rotation.timezone)}, {told_as_distance(holding.end)}"
    if not holding.next_people or holding.next_start is None:
        return until
    following = names_of(holding.next_people, people)
    later = "" if holding.next_start == holding.end else f" from {times.at(holding.next_start)}"
    return f"{until}; then {following}{later}"


def _ladder(each: Answer, people: Mapping[str, Person], width: int) -> list[str]:
    """Return who is notified when nobody answers, in a sentence; who is not shown above, with their contact."""
    shown = {person for holding in each.holdings for person in holding.people}
    steps = []
    for rung in each.ladder:
        if rung.notify == PRIMARY and not rung.after and not rung.rotation:
            continue
        reach = f" ({ways_of(rung.outside)})" if rung.outside else _first_ways(set(rung.people) - shown, people)
        steps.append((f"after {span(rung.after)} " if rung.after else "") + f"{rung_name(rung, people)}{reach}")
    if not steps:
        return []
    return wrapped("; ".join(steps), width, indent="    ", first="  no answer? ")


def rung_name(rung: Rung, people: Mapping[str, Person]) -> str:
    """Return whom a step of the ladder means: ``secondary Bob``, ``network primary Hiro``, ``Carol``."""
    if rung.outside:
        return one_line(rung.outside.name)
    place = f"{rung.rotation} " if rung.rotation else ""
    role = "" if rung.people == (rung.notify,) else f"{rung.notify} "
    return f"{place}{role}{names_of(rung.people, people)}"


def _first_ways(ids: set[str], people: Mapping[str, Person]) -> str:
    """Return the fastest way to each of the people, in brackets."""
    known = [people[person].contact.ways() for person in sorted(ids) if person in people]
    fastest = [one_line(next(iter(ways.values()))) for ways in known if ways]
    return f" ({', '.join(fastest)})" if fastest else ""


def who_data(answers: Iterable[Answer], people: Mapping[str, Person]) -> list[dict[str, Any]]:
    """Return one item a rotation and role, as the JSON output promises."""
    return [_item(each, holding, people) for each in answers for holding in each.holdings]


def _item(each: Answer, holding: Holding, people: Mapping[str, Person]) -> dict[str, Any]:
    following = None
    if holding.next_start is not None:
        following = {"people": list(holding.next_people), "start": format_instant(holding.next_start)}
    first = people.get(holding.people[0]) if holding.people else None
    return {
        "rotation": each.rotation.id,
        "role": holding.role,
        "people": list(holding.people),
        "start": _maybe(holding.start),
        "end": _maybe(holding.end),
        "next": following,
        "source": str(holding.source),
        "contact": first.contact.ways() if first else {},
    }


def _maybe(instant: Instant | None) -> str | None:
    return None if instant is None else format_instant(instant)
