"""A change of roster for a person before the plan, for a script, and as the subject of its commit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from oncall_cli.model.time import Instant, format_instant
from oncall_cli.practice.leaving import Fate, Promise
from oncall_cli.practice.roster_refusals import listed
from oncall_cli.render.people import name_of, names_of
from oncall_cli.render.text import wrapped
from oncall_cli.render.times import Times
from oncall_cli.schedule.seats import Join, Leave, Replace

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.practice.roster import RosterChange
    from oncall_cli.practice.shadowing import Shadowing

HISTORY = "History is rewritten: the change is made in the roster version in force, also for turns that have been."
NOT_NOW = (
    "A change of roster never cuts a turn: whoever is on call stays until the handoff. "
    "For the turn under way there are 'oncall take' and 'oncall cover'."
)


class RosterNews(NamedTuple):
    """Everything that is told of one change of roster."""

    change: RosterChange
    now: Instant
    shadowing: Shadowing | None = None
    leaver: str | None = None
    promises: tuple[Promise, ...] = ()
    cannot_be_now: bool = False


def roster_subject(change: RosterChange) -> str:
    """Return the subject of the commit: ``erin joins the roster of platform from 2026-12-15``."""
    where = change.rotation.id + ("" if len(change.rotation.layers) < 2 else f" ({change.layer})")
    since = " and rewrites its history" if change.rewrites else f" from {next(change.versions())[0].from_}"
    verb = change.verb
    if isinstance(verb, Join):
        return f"{verb.person} joins the roster of {where}{since}"
    if isinstance(verb, Leave):
        return f"{verb.person} leaves the roster of {where}{since}"
    if isinstance(verb, Replace):
        return f"{verb.new} replaces {verb.old} in the roster of {where}{since}"
    return f"Reorder the roster of {where}{since}"


def roster_text(news: RosterNews, people: Mapping[str, Person], times: Times, width: int) -> str:
    """Return what a change of roster does, and why it begins when it does, for a person."""
    told = _Told(news, people, times)
    lines = wrapped(told.headline(), width)
    for note in told.notes():
        lines += wrapped(note, width, indent="    ", first="  ")
    return "\n".join(lines)


def roster_data(news: RosterNews) -> dict[str, Any]:
    """Return the change for a script."""
    change = news.change
    versions = [
        {"from": str(version.from_), "members": [list(member) for member in version.members], "new": new}
        for version, new in change.versions()
    ]
    shadow = news.shadowing
    return {
        "rotation": change.rotation.id,
        "layer": change.layer,
        "start": format_instant(change.edit.begins),
        "asked": format_instant(change.asked),
        "versions": versions,
        "shadow": {"start": format_instant(shadow.start), "end": format_instant(shadow.end)} if shadow else None,
        "ended": [_promise_data(promise) for promise in news.promises],
        "rewrites_history": change.rewrites,
    }


def _promise_data(promise: Promise) -> dict[str, Any]:
    said = {"fate": str(promise.fate), "override": promise.override, "role": promise.role}
    when = {"start": format_instant(promise.start), "end": format_instant(promise.end)}
    return {**said, **when, "people": list(promise.people), "instead_of": promise.instead_of}


class _Told:
    """Says things for one reader."""

    def __init__(self, news: RosterNews, people: Mapping[str, Person], times: Times) -> None:
        self.news = news
        self.change = news.change
        self.people = people
        self.times = times

    def headline(self) -> str:
        change, verb = self.change, self.change.verb
        where = change.rotation.id + (f" ({change.layer})" if change.rotation.layers else "")
        since = "" if change.rewrites else f", from {self.soon(change.edit.begins)}"
        if isinstance(verb, Join):
            return f"{self.name(verb.person)} joins the roster of {where}{since}."
        if isinstance(verb, Leave):
            return f"{self.name(verb.person)} leaves the roster of {where}{since}."
        if isinstance(verb, Replace):
            return f"{self.name(verb.new)} takes the seat of {self.name(verb.old)} in {where}{since}."
        return f"The roster of {where} has another order{since}."

    def notes(self) -> Iterator[str]:
        change = self.change
        if self.news.shadowing:
            shadow = self.news.shadowing
            yield f"before that, shadow: {self.times.until(shadow.start, shadow.end)}"
        for version, new in change.versions():
            yield f"{'new' if new else 'changed'} version from {version.from_}: {listed(version.members)}"
        yield from self.turns()
        yield from self.why_then()
        yield from (self.kept_order(str(version.from_)) for version in change.kept())
        yield from (self.promise(promise) for promise in self.news.promises)
        yield from self.ladder()
        if change.rewrites:
            yield HISTORY

    def turns(self) -> Iterator[str]:
        """Yield the first turn of who comes, and the last of who goes."""
        verb = self.change.verb
        comes = verb.person if isinstance(verb, Join) else verb.new if isinstance(verb, Replace) else None
        goes = verb.person if isinstance(verb, Leave) else verb.old if isinstance(verb, Replace) else None
        if self.change.rewrites:
            return
        if comes and (first := self.change.first_turn(comes)):
            yield f"first turn of {self.name(comes)}: {self.soon(first)}"
        if goes and (last := self.change.last_turn(goes, self.news.now)):
            yield f"last turn of {self.name(goes)}: ends {self.soon(last)}"

    def why_then(self) -> Iterator[str]:
        """Yield why the change does not begin when it was asked for."""
        if self.news.cannot_be_now:
            yield NOT_NOW
        delay, asked = self.change.edit.delay, self.times.at(self.change.asked)
        if delay and delay.role:
            yield (
                f"not at the handoff of {asked} already: a place that has been told is kept, and "
                f"{names_of(delay.people, self.people)} knows, as {delay.role}, of the turn from "
                f"{self.times.at(delay.start)}; who cannot stand it gives it away with 'oncall cover'"
            )
        elif delay:
            every = self.change.roster.record.handoff.every
            yield f"not at the handoff of {asked} already: handoffs every {every} cannot be counted anew from there"

    def kept_order(self, since: str) -> str:
        return f"the version from {since} keeps its order"

    def promise(self, promise: Promise) -> str:
        """Return what becomes of something promised, and whose the time is then."""
        when = f"{promise.role}, {self.times.until(promise.start, promise.end)}"
        who = names_of(promise.people, self.people)
        if promise.override is None:
            return f"was named as {when}: that is over"
        whom = f" for {self.name(promise.instead_of)}" if promise.instead_of else ""
        what = {Fate.DISSOLVED: "the whole swap is dissolved", Fate.ENDED: "that ends then"}
        fate = what.get(promise.fate, "that is taken back")
        return f"{promise.override}: {who}{whom} ({when}); {fate}"

    def ladder(self) -> Iterator[str]:
        """Yield that somebody who goes is still notified when nobody answers."""
        verb = self.change.verb
        goes = verb.person if isinstance(verb, Leave) else verb.old if isinstance(verb, Replace) else None
        if goes and any(step.notify == goes and not step.rotation for step in self.change.rotation.escalation):
            yield f"still in 'escalation' of {self.change.rotation.path}: {goes}"

    def name(self, person: str) -> str:
        return name_of(person, self.people)

    def soon(self, instant: Instant) -> str:
        zone = self.change.roster.zone
        return f"{self.times.at(instant, zone)}, {self.times.distance(instant)}"
