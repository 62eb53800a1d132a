"""``rotations/<rotation>/rotation.yaml``: who takes turns, when, and what the turn asks of them."""

from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from oncall_cli.model.hours import Hours
from oncall_cli.model.patterns import Written
from oncall_cli.model.person import Contact
from oncall_cli.model.record import Count, Day, Flag, Id, Part, Record, Text
from oncall_cli.model.roles import PRIMARY
from oncall_cli.model.scalar import ID, TextParser, parse_id
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


_IDS: Written = {"type": "array", "items": ID, "minItems": 1, "uniqueItems": True}
TOGETHER = (ID, _IDS)
"""How one person, or several who stand a turn together, may be written."""

Member = Annotated[
    tuple[str, ...], Together(people_together, "a person's id or a list of ids", "alice", {"anyOf": TOGETHER})
]


class Handoff(Part):
    """When the next member takes over."""

    every: Period
    """How often the next member takes over."""
    at: HandoffTime
    """When on the wall: '09:00' with hours and days, 'tuesday 09:00' with weeks, '1 09:00' with months."""
    skip_empty: Flag = True
    """'false' deals turns that 'hours' leaves empty as well."""

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
    """From when on; the first turn is the first member's."""
    members: tuple[Member, ...] = Field(min_length=1)
    """Who takes turns, in order; a list in the list stands a turn together."""


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
    """The layer's own name."""
    role: Id = PRIMARY
    """The role that it fills."""
    timezone: Zone | None = None
    """The zone of its times; without it, the rotation's."""
    handoff: Handoff
    """When the next member takes over."""
    hours: tuple[Hours, ...] = ()
    """When somebody is on call at all; without it, around the clock."""
    on_holidays: OnHolidays = OnHolidays.OPEN
    """Whether 'hours' open on the rotation's holidays."""
    roster: Roster = Field(min_length=1)
    """The members, in dated versions; the past stays as it was."""

    @model_validator(mode="after")
    def _closes_something(self) -> Self:
        _closed_hours(self.on_holidays, self.hours)
        return self


class Role(Part):
    """A role that follows the turns: the primary, or whoever comes ``offset`` places after."""

    offset: Count = 0
    """How many places after the primary."""
    responsibilities: Text | None = None
    """What is asked of its holder; shown at the start of a shift."""


class Stint(Part):
    """A person who holds a role for a while by name, as a newcomer who shadows does."""

    person: Id
    """Who holds the role."""
    from_: LocalMoment = Field(alias="from")
    """From when."""
    until: LocalMoment
    """Until when, exclusive."""

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

    notify: Id = PRIMARY
    """A role, a person, or the id of a contact."""
    after: Duration = Duration(0, Unit.MINUTE)
    """How long after the page."""
    rotation: Id | None = None
    """Another rotation, whose role is meant: its primary, or the role that ``notify`` names."""

    @model_validator(mode="after")
    def _says_whom(self) -> Self:
        if not self.model_fields_set & {"notify", "rotation"}:
            raise ValueError("says neither 'notify' nor 'rotation': name a role, a person, a contact or a rotation")
        return self


class OutsideContact(Contact):
    """Somebody outside the team whom an escalation may reach."""

    id: Id
    """The name that an escalation uses."""
    name: Text
    """Who it is."""
    note: Text | None = None
    """What to know before calling."""


class Coverage(Part):
    """The promise that the schedule is held to: when each of the roles must be held."""

    hours: tuple[Hours, ...] = ()
    """When the roles must be held; without it, in the rotation's own hours."""
    roles: tuple[Id, ...] = (PRIMARY,)
    """The roles that must be held."""


class ChecklistItem(Part):
    """One thing to do, and perhaps the text to paste for it."""

    shorthand: ClassVar[object] = Text

    text: Text
    """What to do."""
    ready: Text | None = None
    """A text to paste; '{{ person }}' and '{{ rotation }}' are filled in."""

    @model_validator(mode="before")
    @classmethod
    def _plain_text(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str) else value


class Checklists(Part):
    """What to do at the start of a shift, during it, at its end, and when nothing is left."""

    start: tuple[ChecklistItem, ...] = ()
    """What to do when a shift begins."""
    during: tuple[ChecklistItem, ...] = ()
    """What to do all the time."""
    end: tuple[ChecklistItem, ...] = ()
    """What to do before it ends."""
    idle: tuple[ChecklistItem, ...] = ()
    """What to do when nothing is left."""


class OnHoliday(StrEnum):
    """What becomes of a duty that falls on a holiday."""

    SKIP = "skip"
    MOVE = "move"


class Duty(Part):
    """A task that comes again; without ``rrule`` it stands for the whole shift. The list is in order of priority.

    It is the role's, unless ``members`` take turns at it; on a holiday it is left out, or moves to a business day.
    """

    id: Id
    """Its name in the shift's log."""
    title: Text
    """What is to be done."""
    rrule: Text | None = None
    """When it comes again (RFC 5545, whole days); without it, it stands for the whole shift."""
    at: ClockTime | None = None
    """The time of day."""
    role: Id = PRIMARY
    """Whose duty it is."""
    members: tuple[Id, ...] = ()
    """Who takes turns at it instead of the role, one for each time that it comes."""
    on_holiday: OnHoliday = OnHoliday.SKIP
    """What becomes of it on a holiday."""
    runbook: Id | None = None
    """The runbook that tells how."""
    instructions: Text | None = None
    """How it is done."""


class Link(Part):
    """A page that the person on call looks at."""

    title: Text
    """What the page shows."""
    url: Text
    """Its address."""
    probe: Flag = False
    """Whether ``oncall probe`` looks at it."""
    status: Count | None = None
    """The HTTP status that it answers when all is well; without it, any from 200 to 299."""
    json_: Text | None = Field(default=None, alias="json")
    """Where in its JSON document the value stands that tells how it is, such as ``status.indicator``."""
    expect: Text | None = None
    """What that value is when all is well; without ``json``, words that the page says."""


class Channel(Part):
    """A place where people write to whoever is on call."""

    name: Text
    """What it is called."""
    url: Text | None = None
    """Its address."""
    topic: Text | None = None
    """What it is for."""


_NO_LIST_HERE = {"handoff": {"type": "null"}, "hours": {"maxItems": 0}, "roster": {"maxItems": 0}}
_THE_ONE_LIST = {"handoff": {"type": "object"}, "roster": {"type": "array", "minItems": 1}}


class Rotation(Record):
    """A group of people who take turns at being responsible for something."""

    further: ClassVar[Written] = {
        "if": {"required": ["layers"], "properties": {"layers": {"type": "array", "minItems": 1}}},
        "then": {"properties": {**_NO_LIST_HERE, "on_holidays": {"enum": [OnHolidays.OPEN, None]}}},
        "else": {"required": ["handoff", "roster"], "properties": _THE_ONE_LIST},
    }

    name: Text
    """What people call it."""
    description: Text | None = None
    """What the people on call are responsible for."""
    timezone: Zone | None = None
    """The zone of every wall time in this file; without it, the team's."""
    handoff: Handoff | None = None
    """When the next member takes over."""
    hours: tuple[Hours, ...] = ()
    """When somebody is on call at all; without it, around the clock."""
    on_holidays: OnHolidays = OnHolidays.OPEN
    """Whether 'hours' open on the days of 'holidays'."""
    roster: Roster = ()
    """The members, in dated versions; the past stays as it was."""
    roles: dict[Id, RoleEntry] = Field(default_factory=_primary_alone)
    """The roles that follow the turns, or that people hold by name."""
    layers: tuple[Layer, ...] = ()
    """Several lists instead of 'handoff', 'hours' and 'roster'; later ones win."""
    escalation: tuple[EscalationStep, ...] = ()
    """Who is next when nobody answers."""
    contacts: tuple[OutsideContact, ...] = ()
    """People outside the team whom an escalation may reach."""
    coverage: Coverage | None = None
    """The promise that the schedule is held to."""
    holidays: tuple[Day, ...] = ()
    """Days on which no duty falls due."""
    checklists: Checklists = Checklists()
    """What to do in a shift."""
    duties: tuple[Duty, ...] = ()
    """Tasks that come again, in the order of their priority."""
    links: tuple[Link, ...] = ()
    """Pages that the person on call looks at."""
    channels: tuple[Channel, ...] = ()
    """Where people write to whoever is on call."""
    destinations: dict[Text, Text] = Field(default_factory=dict)
    """Names of environment variables that hold addresses; they override the team's."""
    posts: dict[Event, tuple[Text, ...]] = Field(default_factory=dict)
    """What is posted where: the names of destinations by the event."""

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
