"""``rotations/<rotation>/rotation.yaml``: who takes turns, when, and what the turn asks of them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from oncall_cli.model.hours import Hours
from oncall_cli.model.person import Contact
from oncall_cli.model.record import Count, Day, Flag, Id, Part, Record, Text
from oncall_cli.model.roles import PRIMARY
from oncall_cli.model.scalar import TextParser, parse_id
from oncall_cli.model.team import Event
from oncall_cli.model.time import ClockTime, Duration, HandoffTime, LocalMoment, Period, Unit
from oncall_cli.model.zone import Zone


def people_together(value: Any) -> tuple[str, ...]:
    """Read one id, or a list of ids, as the people who stand a turn together."""
    ids = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, (list, tuple)) else ()
    if not ids or not all(isinstance(one, str) for one in ids):
        raise ValueError("needs a person's id, or a list of ids of people who stand the turn together")
    if len(set(ids)) < len(ids):
        raise ValueError("names the same person twice in one turn")
    return tuple(parse_id(one) for one in ids)


class Together(TextParser):
    """A field that holds one id or a list of them."""

    def read(self, value: Any) -> tuple[str, ...]:
        return self.parse(value)  # type: ignore[no-any-return]


Member = Annotated[tuple[str, ...], Together(people_together, "a person's id or a list of ids", "alice")]


class Handoff(Part):
    """When the next member takes over."""

    every: Period
    at: HandoffTime
    skip_empty: Flag = True

    @model_validator(mode="after")
    def _at_suits_every(self) -> Self:
        needs = {Unit.WEEK: self.at.weekday is not None, Unit.MONTH: self.at.month_day is not None}
        bare = self.at.weekday is None and self.at.month_day is None
        if not needs.get(self.every.unit, bare):
            example = {Unit.WEEK: "tuesday 09:00", Unit.MONTH: "1 09:00"}.get(self.every.unit, "09:00")
            raise ValueError(f"'at: {self.at}' does not fit 'every: {self.every}': write it as '{example}'")
        return self


class RosterVersion(Part):
    """The members in their order, from a date on; what was before stays as it was."""

    from_: LocalMoment = Field(alias="from")
    members: tuple[Member, ...] = Field(min_length=1)


def _in_order(roster: tuple[RosterVersion, ...]) -> tuple[RosterVersion, ...]:
    for earlier, later in zip(roster, roster[1:], strict=False):
        if later.from_.wall <= earlier.from_.wall:
            raise ValueError(f"the version from {later.from_} stands after the one from {earlier.from_}: order them")
    return roster


Roster = Annotated[tuple[RosterVersion, ...], AfterValidator(_in_order)]


class OnHolidays(StrEnum):
    """Whether ``hours`` open on the rotation's holidays."""

    OPEN = "open"
    CLOSED = "closed"


def _closed_hours(on_holidays: OnHolidays, hours: tuple[Hours, ...]) -> None:
    if on_holidays is OnHolidays.CLOSED and not hours:
        raise ValueError("'on_holidays: closed' closes nothing without 'hours': say these too, or take it out")


class Layer(Part):
    """One list of people who take turns for a role; a rotation without ``layers`` has exactly one."""

    name: Id = "main"
    role: Id = PRIMARY
    timezone: Zone | None = None
    handoff: Handoff
    hours: tuple[Hours, ...] = ()
    on_holidays: OnHolidays = OnHolidays.OPEN
    roster: Roster = Field(min_length=1)

    @model_validator(mode="after")
    def _closes_something(self) -> Self:
        _closed_hours(self.on_holidays, self.hours)
        return self


class Role(Part):
    """A role that follows the turns: the primary, or whoever comes ``offset`` places after."""

    offset: Count = 0
    responsibilities: Text | None = None


class Stint(Part):
    """A person who holds a role for a while by name, as a newcomer who shadows does."""

    person: Id
    from_: LocalMoment = Field(alias="from")
    until: LocalMoment

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.until.wall <= self.from_.wall:
            raise ValueError(f"'until: {self.until}' is not after 'from: {self.from_}'")
        return self


def _kind_of_role(value: Any) -> str:
    return "stints" if isinstance(value, (list, tuple)) else "role"


RoleEntry = Annotated[
    Annotated[Role, Tag("role")] | Annotated[tuple[Stint, ...], Tag("stints")], Discriminator(_kind_of_role)
]


def _primary_alone() -> dict[str, Role | tuple[Stint, ...]]:
    return {PRIMARY: Role()}


class EscalationStep(Part):
    """Whom to notify, and how long after the page nobody acknowledged."""

    notify: Id
    after: Duration = Duration(0, Unit.MINUTE)


class OutsideContact(Contact):
    """Somebody outside the team whom an escalation may reach."""

    id: Id
    name: Text
    note: Text | None = None


class Coverage(Part):
    """The promise that the schedule is held to: when each of the roles must be held."""

    hours: tuple[Hours, ...] = ()
    roles: tuple[Id, ...] = (PRIMARY,)


class ChecklistItem(Part):
    """One thing to do, and perhaps the text to paste for it."""

    text: Text
    ready: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _plain_text(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str) else value


class Checklists(Part):
    """What to do at the start of a shift, during it, at its end, and when nothing is left."""

    start: tuple[ChecklistItem, ...] = ()
    during: tuple[ChecklistItem, ...] = ()
    end: tuple[ChecklistItem, ...] = ()
    idle: tuple[ChecklistItem, ...] = ()


class OnHoliday(StrEnum):
    """What becomes of a duty that falls on a holiday."""

    SKIP = "skip"
    MOVE = "move"


class Duty(Part):
    """A task that comes again; without ``rrule`` it stands for the whole shift. The list is in order of priority.

    It is the role's, unless ``members`` take turns at it; on a holiday it is left out, or moves to a business day.
    """

    id: Id
    title: Text
    rrule: Text | None = None
    at: ClockTime | None = None
    role: Id = PRIMARY
    members: tuple[Id, ...] = ()
    on_holiday: OnHoliday = OnHoliday.SKIP
    runbook: Id | None = None
    instructions: Text | None = None


class Link(Part):
    """A page that the person on call looks at."""

    title: Text
    url: Text
    probe: Flag = False


class Channel(Part):
    """A place where people write to whoever is on call."""

    name: Text
    url: Text | None = None
    topic: Text | None = None


class Rotation(Record):
    """A group of people who take turns at being responsible for something."""

    name: Text
    description: Text | None = None
    timezone: Zone | None = None
    handoff: Handoff | None = None
    hours: tuple[Hours, ...] = ()
    on_holidays: OnHolidays = OnHolidays.OPEN
    roster: Roster = ()
    roles: dict[Id, RoleEntry] = Field(default_factory=_primary_alone)
    layers: tuple[Layer, ...] = ()
    escalation: tuple[EscalationStep, ...] = ()
    contacts: tuple[OutsideContact, ...] = ()
    coverage: Coverage | None = None
    holidays: tuple[Day, ...] = ()
    checklists: Checklists = Checklists()
    duties: tuple[Duty, ...] = ()
    links: tuple[Link, ...] = ()
    channels: tuple[Channel, ...] = ()
    destinations: dict[Text, Text] = Field(default_factory=dict)
    posts: dict[Event, tuple[Text, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_way_to_say_who(self) -> Self:
        if self.layers and (self.handoff or self.roster or self.hours or self.on_holidays is OnHolidays.CLOSED):
            message = "says 'layers' and also 'handoff', 'hours', 'on_holidays' or 'roster': move these into a layer"
            raise ValueError(message)
        if not self.layers and not (self.handoff and self.roster):
            missing = "handoff" if not self.handoff else "roster"
            raise ValueError(f"'{missing}' is missing: say 'handoff' and 'roster', or 'layers'")
        primary = self.roles.get(PRIMARY)
        if not isinstance(primary, Role | None) or (primary and primary.offset):
            raise ValueError("'primary' is whoever has the turn: it has neither an 'offset' nor a list of people")
        names = [layer.name for layer in self.layers]
        if len(set(names)) < len(names):
            raise ValueError("two layers have the same name: give each its own 'name'")
        _closed_hours(self.on_holidays, self.hours)
        return self

    def all_layers(self) -> tuple[Layer, ...]:
        """Return the layers, the short form being one layer named ``main``; later ones win."""
        if self.layers or not self.handoff:
            return self.layers
        rule = Layer(handoff=self.handoff, hours=self.hours, on_holidays=self.on_holidays, roster=self.roster)
        return (rule,)
