"""Action items for a person and for a script."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from oncall_cli.model.incident import Priority
from oncall_cli.render.text import one_line

if TYPE_CHECKING:
    from oncall_cli.model.incident import Incident
    from oncall_cli.practice.actions import Item, ToDo

MOST_SHOWN = 5


def action_row(item: Item, today: date) -> list[str]:
    """Return an action item's name, until when it is, whose it is, and what is to be done."""
    urgent = "" if item.action.priority is Priority.NORMAL else f"[{item.action.priority}] "
    link = f" {one_line(item.action.link)}" if item.action.link else ""
    return [
        item.name,
        due_words(item, today),
        item.action.owner or "nobody",
        urgent + one_line(item.action.title) + link,
    ]


def due_words(item: Item, today: date) -> str:
    """Say until when it is: ``OVERDUE 3d``, ``due 2026-12-04``, ``done 2026-11-13``."""
    action = item.action
    if not item.is_open:
        return f"done {action.done}" if action.done else "done"
    if action.due is None:
        return "no date"
    return f"OVERDUE {(today - action.due).days}d" if item.is_overdue(today) else f"due {action.due}"


def to_do_rows(to_do: ToDo) -> list[list[str]]:
    """Return a row for each review that is late or missing, and for the first few action items."""
    rows = [["review overdue", _late(one)] for one in to_do.late_reviews]
    rows += [["no review yet", f"{one.id}: {one_line(one.title)}"] for one in to_do.missing_reviews]
    shown = to_do.actions[:MOST_SHOWN]
    rows += [["action item", _action(item, to_do.today)] for item in shown]
    more = len(to_do.actions) - len(shown)
    return [*rows, ["", f"and {more} more: oncall action list"]] if more else rows


def _action(item: Item, today: date) -> str:
    name, due, owner, what = action_row(item, today)
    return f"{name}, {due}: {what} ({owner})"


def _late(incident: Incident) -> str:
    review = incident.review
    assert review is not None
    return f"{incident.id}: due {review.due}, {review.state}, {review.owner or 'nobody'}"


def actions_data(found: Iterable[Item], today: date) -> list[dict[str, Any]]:
    """Return action items for a script."""
    return [
        {
            "id": item.name,
            "rotation": item.rotation,
            "incident": item.incident,
            "path": item.path,
            "title": item.action.title,
            "owner": item.action.owner,
            "due": _day(item.action.due),
            "done": _day(item.action.done),
            "state": str(item.action.state),
            "kind": str(item.action.kind),
            "priority": str(item.action.priority),
            "link": item.action.link,
            "overdue": item.is_overdue(today),
        }
        for item in found
    ]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
