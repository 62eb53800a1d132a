"""Which incident a command means: the one named by a part of its id, else the only one that it can mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from oncall_cli.commands.records import pick
from oncall_cli.commands.session import Session
from oncall_cli.errors import NothingFound, WrongUsage
from oncall_cli.model.incident import Incident
from oncall_cli.practice.incident_rules import Step, refusal

_MOST_NAMES = 5
# stands for what comes on standard input
_TYPED = "-"


class Choice(NamedTuple):
    """An incident, and the rotation that it is of."""

    incident: Incident
    rotation: str


def open_choices(session: Session, rotation: str | None = None) -> dict[str, Choice]:
    """Return the incidents that are open, by id; the resolved ones are not read."""
    read = session.repository
    return {each.id: Choice(each, name) for name in session.rotations(rotation) for each in read.open_incidents(name)}


def choose(session: Session, wanted: str | None, known: Mapping[str, Choice] | None = None) -> Choice:
    """Return the incident that is meant; the open ones are asked first, and without a word the only open one is it."""
    open_ones = open_choices(session) if known is None else known
    if wanted is None:
        return _only(open_ones)
    return _named(session, wanted, open_ones)


def choose_for(session: Session, wanted: str | None, step: Step) -> Choice:
    """Return the incident for a step of its life: without a word the only open one that can take it."""
    open_ones = open_choices(session)
    able = {name: each for name, each in open_ones.items() if refusal(each.incident, step) is None}
    return choose(session, wanted, able if wanted is None and able else open_ones)


def choose_of_all(session: Session, wanted: str | None, meant: Callable[[Incident], bool], which: str) -> Choice:
    """Return the incident that is named, whether open or long resolved; without a word, the only one that is meant."""
    if wanted is not None:
        return _named(session, wanted, {})
    known = (Choice(each, name) for name in session.rotations() for each in session.repository.incidents(name))
    found = {choice.incident.id: choice for choice in known if meant(choice.incident)}
    if not found:
        raise NothingFound(f"there is no {which}", hint="name one by its id: see 'oncall incident list --all'")
    if len(found) > 1:
        names = ", ".join(sorted(found)[:_MOST_NAMES])
        raise WrongUsage(f"there are {len(found)} that can be meant: {names}", hint="give a part of its id")
    return next(iter(found.values()))


def _named(session: Session, wanted: str, open_ones: Mapping[str, Choice]) -> Choice:
    if wanted in open_ones or any(wanted in name for name in open_ones):
        return pick(open_ones, wanted, "incident")
    places = _places(session)
    name = pick({name: name for name in places}, wanted, "incident")
    return _read(session, places[name], name)


def split_words(session: Session, named: str | None, words: list[str]) -> tuple[Choice, list[str]]:
    """Return the incident that words begin with, or that an option names, and the words that are left.

    With one open incident the words are all about it, unless the first of them is a whole id, or stands before the
    ``-`` for standard input. Of several it is named by a part of its id that ends where a word of it does: other
    words belong to the text.
    """
    if named is not None:
        return choose(session, named), words
    open_ones = open_choices(session)
    first, rest = words[:1], words[1:]
    if first and (rest == [_TYPED] or first[0] in {**open_ones, **_places(session)}):
        return choose(session, first[0], open_ones), rest
    if len(open_ones) > 1 and any(f"-{word}-" in f"-{name}-" for word in first for name in open_ones):
        return pick(open_ones, first[0], "incident"), rest
    return choose(session, None, open_ones), words


def _only(open_ones: Mapping[str, Choice]) -> Choice:
    if not open_ones:
        raise NothingFound("no incident is open", hint="name one: 'oncall incident list --all' has them all")
    if len(open_ones) > 1:
        names = ", ".join(sorted(open_ones))
        raise WrongUsage(f"this does not say which incident: open are {names}", hint="give a part of its id")
    return next(iter(open_ones.values()))


def _places(session: Session) -> dict[str, str]:
    """Return the rotation of each incident there is, by id; no file is read."""
    return {
        name: rotation for rotation in session.rotations() for name in session.repository.incident_folders(rotation)
    }


def _read(session: Session, rotation: str, name: str) -> Choice:
    incident = session.repository.incident(rotation, name)
    if incident is None:
        folder = session.repository.incident_folders(rotation)[name]
        raise session.invalid(f"{folder}/{name}.yaml")
    return Choice(incident, rotation)
