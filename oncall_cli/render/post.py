"""What is posted to a chat or a mailbox: plain text, in which nothing from the data calls everybody together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from oncall_cli.model.time import format_instant
from oncall_cli.practice.posting import Post
from oncall_cli.practice.reminders import Reminder, Told, Why
from oncall_cli.render.handoff import handoff_text
from oncall_cli.render.people import name_of, names_of
from oncall_cli.render.text import one_line, visible
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.model.zone import Zone
    from oncall_cli.practice.handoff import Handoff
    from oncall_cli.practice.start import Begin

    People = Mapping[str, Person]

# `@here` and `<!channel>` wake a whole room; a person's own name may be called.
_EVERYBODY = re.compile(r"@(?=(?:here|channel|everyone|all)\b)|<(?=[!@#])", re.IGNORECASE)


def for_chat(text: str) -> str:
    """Return text of several lines as it may be posted."""
    return _EVERYBODY.sub(lambda found: f"{found[0]} ", visible(text))


def start_post(begin: Begin, rotation: str, people: People, zone: Zone) -> Post:
    """Return what is posted when somebody reports for duty."""
    shift, times = begin.shift, Times(zone, begin.at)
    who = one_line(name_of(shift.person, people))
    title = f"Reporting for duty: {who}, {one_line(rotation)} {shift.role}"
    lines = [f"Until {times.at(shift.end)} ({zone})."]
    if begin.accepts:
        lines.append(f"Took over from {one_line(name_of(begin.accepts.person, people))}.")
    if begin.cover and begin.cover.instead_of:
        lines.append(f"Covers for {one_line(name_of(begin.cover.instead_of, people))}.")
    return _post(title, " ".join(lines))


def handoff_post(what: str, handoff: Handoff, people: People) -> Post:
    """Return what is posted when a shift ends, or is handed over."""
    who = one_line(name_of(handoff.shift.person, people))
    title = f"{what}: {who}, {one_line(handoff.rotation_name)} {handoff.shift.role}"
    return _post(title, handoff_text(handoff, people))


def reminder_post(reminder: Reminder, rotation: str, people: People, times: Times, zone: Zone) -> Post:
    """Return what one person is told, their own clock first."""
    about = reminder.about
    place = f"{one_line(rotation)} {about.role}"
    name = one_line(name_of(reminder.person, people))
    if reminder.why is Why.SOON:
        title = f"{name}: you are on call soon, {place}"
        body = f"{_when(about, times, zone)}, {times.distance(about.start)}. Begin with 'oncall start'."
    elif reminder.now:
        title = f"{name}: your shift has changed, {place}"
        body = f"It is now {_when(reminder.now, times, zone)}{_seconds(reminder)}."
    else:
        title = f"{name}: this shift is not yours any more, {place}"
        others = one_line(names_of(reminder.instead, people)) if reminder.instead else "nobody"
        body = f"{_when(about, times, zone)}: on call then is {others}."
    return _post(title, f"{body} {times.note()}")


def reminder_data(reminder: Reminder) -> dict[str, Any]:
    """Return a reminder for a script."""
    return {
        "why": str(reminder.why),
        "person": reminder.person,
        "was": _told(reminder.was),
        "now": _told(reminder.now),
        "instead": list(reminder.instead),
    }


def _post(title: str, body: str) -> Post:
    return Post(for_chat(title), for_chat(body))


def _when(told: Told, times: Times, zone: Zone) -> str:
    return f"{times.at(told.start, zone)} to {times.at(told.end, zone)}"


def _seconds(reminder: Reminder) -> str:
    """Say that some of the time is somebody else's where the edges alone would not show it."""
    was, now = reminder.was, reminder.now
    assert was is not None
    assert now is not None
    return "" if was[3:5] != now[3:5] else ", and another part of it is on call"


def _told(told: Told | None) -> dict[str, Any] | None:
    if told is None:
        return None
    edges = {"start": format_instant(told.start), "end": format_instant(told.end), "seconds": told.seconds}
    return {"rotation": told.rotation, "role": told.role, "person": told.person, **edges}
