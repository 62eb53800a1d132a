"""Action items: of incidents and of their own, in the order in which they need somebody."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.errors import Refused
from oncall_cli.model.incident import ActionState, Priority
from oncall_cli.practice.beginning import id_from
from oncall_cli.practice.edits import Keys, RecordEdit, Value
from oncall_cli.practice.review import is_overdue, lacks_review

if TYPE_CHECKING:
    from oncall_cli.model.action import ActionItem
    from oncall_cli.model.incident import Doable, Incident
    from oncall_cli.model.team import Team

_URGENCY = {Priority.HIGH: 0, Priority.NORMAL: 1, Priority.LOW: 2}


class Item(NamedTuple):
    """An action item, the name that means it alone, and the file that it stands in."""

    name: str
    rotation: str
    action: Doable
    path: str
    incident: str | None = None
    number: int = 0
    """Its place in the list of its incident, from 0."""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.action.state is ActionState.OPEN

    @property
    def begun(self) -> str:
        """The day from which it is, as the name of its file begins."""
        return self.name[: len("yyyy-mm-dd")]

    def is_overdue(self, today: date) -> bool:
        """Whether its day has passed."""
        return self.is_open and self.action.due is not None and self.action.due < today


class ToDo(NamedTuple):
    """What was decided and is not done, as a first screen tells it."""

    today: date
    late_reviews: list[Incident]
    """Reviews whose day has passed."""
    missing_reviews: list[Incident]
    """Incidents that the policy wants looked back on, and nobody has begun."""
    actions: list[Item]
    """What is overdue, and what is one's own; overdue and oldest first."""


class NewAction(NamedTuple):
    """What there is to know of an action item when it is added."""

    title: str
    kind: str
    owner: str | None = None
    due: date | None = None
    priority: str = "normal"
    link: str | None = None

    def written(self) -> dict[str, Value | None]:
        """Return it as a file has it."""
        return {
            "title": self.title,
            "owner": self.owner or "",
            "due": self.due.isoformat() if self.due else "",
            "state": str(ActionState.OPEN),
            "kind": self.kind,
            "priority": self.priority,
            "link": self.link or "",
        }


def items(rotation: str, incidents: Iterable[Incident], own: Iterable[ActionItem]) -> list[Item]:
    """Return the action items of a rotation; one of an incident is named by its id, or else by its number from 1."""
    found = [
        Item(f"{one.id}/{action.id or number + 1}", rotation, action, one.path, one.id, number)
        for one in incidents
        for number, action in enumerate(one.actions)
    ]
    return found + [Item(one.id, rotation, one, one.path) for one in own]


def in_order(found: Iterable[Item], today: date) -> list[Item]:
    """Return what is overdue first, then what is open by its day and priority, then what is done; the oldest first."""
    return sorted(
        found,
        key=lambda item: (
            not item.is_open,
            not item.is_overdue(today),
            item.action.due or date.max,
            _URGENCY[item.action.priority],
            item.begun,
            item.name,
        ),
    )


def to_do(incidents: Iterable[Incident], found: Iterable[Item], team: Team, person: str | None, today: date) -> ToDo:
    """Return the reviews that are late or missing, and the action items that are overdue or the person's own."""
    incidents = list(incidents)
    mine = [item for item in found if item.is_overdue(today) or (item.is_open and item.action.owner == person)]
    return ToDo(
        today,
        [one for one in incidents if is_overdue(one, today)],
        [one for one in incidents if lacks_review(one, team)],
        in_order(mine, today),
    )


def add_to_incident(incident: Incident, new: NewAction) -> tuple[str, RecordEdit]:
    """Return the name of a new action item of an incident, and what writes it there."""
    taken = {action.id for action in incident.actions} | {str(number + 1) for number in range(len(incident.actions))}
    name = _free(id_from(new.title) or "action", taken)
    said = {key: value for key, value in {"id": name, **new.written()}.items() if value}
    return f"{incident.id}/{name}", RecordEdit(incident.path, appends=((("actions",), said),))


def add_alone(
    rotation: str, new: NewAction, today: date, created: str, taken: Collection[str]
) -> tuple[str, RecordEdit]:
    """Return the name of a new action item of its own, and what writes its file."""
    name = _free(f"{today.isoformat()}-{id_from(new.title) or 'action'}", taken)
    path = f"rotations/{rotation}/actions/{today.year:04d}/{name}.yaml"
    return name, RecordEdit(path, new={**new.written(), "created": created})


def done_edit(item: Item, day: date) -> RecordEdit:
    """Return what says that it is done; refuse where it was before."""
    if not item.is_open:
        when = f", on {item.action.done}" if item.action.done else ""
        raise Refused(f"'{item.name}' is done already{when}", hint="see what is left: oncall action list")
    at: Keys = ("actions", item.number) if item.incident else ()
    state: list[tuple[Keys, Value]] = [((*at, "state"), str(ActionState.DONE)), ((*at, "done"), day.isoformat())]
    return RecordEdit(item.path, sets=state)


def _free(name: str, taken: Collection[str | None]) -> str:
    numbered = (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3)))
    return next(one for one in numbered if one not in taken)
