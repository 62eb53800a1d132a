"""What a meeting has to talk about, as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oncall_cli.lasting import span
from oncall_cli.practice.requests import Queued, seconds_spent
from oncall_cli.practice.review import lacks_review
from oncall_cli.render.markdown import markdown, markdown_line
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.model.incident import Incident
    from oncall_cli.model.team import Team
    from oncall_cli.practice.actions import Item
    from oncall_cli.practice.agenda import Agenda


def agenda_markdown(agenda: Agenda, team: Team, times: Times) -> str:
    """Return the agenda, a section for each kind of thing that waits."""
    sections = {
        f"For {markdown(name)}": [_item(each, times) for each in each_of] for name, each_of in agenda.deferred.items()
    }
    sections |= {
        "Not acknowledged in time": [_item(each, times) for each in agenda.overdue],
        "Taking too long": [_item(each, times) for each in agenda.too_long],
        "Reviews": [_review(one) for one in agenda.reviews],
        "Reviews that are overdue": [_review(one) for one in agenda.late_reviews],
        "Reviews that nobody has begun": [
            f"- {markdown_line(one.title)} ({one.id}: {lacks_review(one, team)})" for one in agenda.missing_reviews
        ],
        "Action items that are overdue": [_action(one) for one in agenda.actions],
    }
    blocks = ["\n".join([f"## {title}", "", *lines]) for title, lines in sections.items() if lines]
    return "\n\n".join(blocks) or "Nothing is waiting."


def _review(incident: Incident) -> str:
    """Return a review with whoever presents it, and its day; the title leads to the document."""
    review = incident.review
    assert review is not None
    title = f"[{markdown(incident.title)}]({review.path})" if review.path else markdown_line(incident.title)
    owner = f", {review.owner}" if review.owner else ""
    due = f", due {review.due}" if review.due else ""
    return f"- {title} ({incident.id}{owner}{due})"


def _item(queued: Queued, times: Times) -> str:
    request = queued.request
    who = f", {markdown(request.requester)}" if request.requester else ""
    spent = f", {span(seconds_spent(request))} spent" if request.spent else ""
    issue = f", {markdown(request.issue)}" if request.issue else ""
    return f"- {markdown_line(request.title)} ({request.id}{who}, {times.at(request.received)}{spent}{issue})"


def _action(item: Item) -> str:
    owner = f", {item.action.owner}" if item.action.owner else ""
    return f"- {markdown_line(item.action.title)} (due {item.action.due}{owner}, {item.name})"
