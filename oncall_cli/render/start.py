"""The start screen: all that somebody needs to know who has just reported for duty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from oncall_cli.model.time import Instant, Wall, format_instant
from oncall_cli.practice.changed import author_of
from oncall_cli.practice.checklist import Item, phases_of
from oncall_cli.practice.duty_log import by_duty
from oncall_cli.practice.standing import began
from oncall_cli.render.action import actions_data, to_do_rows
from oncall_cli.render.log import told_data, told_lines
from oncall_cli.render.people import name_of
from oncall_cli.render.records import incident_row
from oncall_cli.render.request import request_row
from oncall_cli.render.template import ready_text
from oncall_cli.render.text import BOLD, columns, one_line, styled, visible, wrapped
from oncall_cli.render.times import Times, clock_time

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.model.shift import ShiftRecord
    from oncall_cli.practice.actions import ToDo
    from oncall_cli.practice.briefing import Briefing
    from oncall_cli.practice.changed import Changed
    from oncall_cli.practice.duties import DueDuty
    from oncall_cli.practice.duty_log import Occurrence
    from oncall_cli.practice.shifts import ToldEntry
    from oncall_cli.practice.standing import Open
    from oncall_cli.practice.start import Begin


_MOST = 8
_FEW = 5


class StartScreen(NamedTuple):
    """Everything that the screen tells."""

    briefings: Sequence[Briefing]
    news: Sequence[ToldEntry]
    happened: Open
    """What is open or came since; of the shifts, those that nobody is on call for any more and nobody has ended."""
    changes: Sequence[Changed]
    people: Mapping[str, Person]
    to_do: ToDo


def start_text(screen: StartScreen, times: Times, width: int = 80, colour: bool = False) -> str:
    """Return the screen: what was handed over, what was logged, what to do, where to look."""
    width = min(width, 80)
    blocks = []
    here = {briefing.state.id for briefing in screen.briefings}
    for briefing in screen.briefings:
        blocks += [_head(briefing, screen.people, times, colour), _handed_over(briefing, screen.people, times, width)]
    blocks.append(["Logged since your last shift", *(told_lines(screen.news, times, width, here) or ["  nothing"])])
    blocks += [_changes(screen, times, width), *_records(screen.happened, times, width)]
    blocks.append(_when_idle(screen.to_do, width))
    blocks.append(_left_open(screen, times, width))
    for briefing in screen.briefings:
        blocks += [_checklist(briefing, screen.people, width), _duties(briefing, screen.people, times, width)]
        blocks += [_places(briefing), _responsibilities(briefing, width)]
    blocks.append([times.note()])
    return "\n\n".join("\n".join(block) for block in blocks if block)


def start_subject(begun: Sequence[Begin]) -> str:
    """Return the subject of the commit: ``alice reports for duty on platform (primary)``."""
    where = " and ".join(f"{begin.shift.rotation} ({begin.shift.role})" for begin in begun)
    covered = [begin.cover.instead_of for begin in begun if begin.cover and begin.cover.instead_of]
    what = "accepts the handover" if all(begin.running for begin in begun) else "reports for duty"
    return f"{begun[0].shift.person} {what} on {where}" + (f", covering for {covered[0]}" if covered else "")


def start_data(screen: StartScreen) -> dict[str, Any]:
    """Return the shifts that begin and what there is to know, for a script."""
    return {
        "shifts": [_shift_data(briefing) for briefing in screen.briefings],
        "log": [told_data(told) for told in screen.news],
        "open": {
            "incidents": [incident.id for incident in screen.happened.incidents],
            "requests": [queued.request.id for queued in screen.happened.requests],
            "shifts": [shift.id for shift in screen.happened.shifts],
        },
        "changes": [
            {
                "commit": each.short,
                "by": each.author_name,
                "at": format_instant(each.at),
                "subject": each.subject,
                "paths": list(each.files),
            }
            for each in screen.changes
        ],
        "reviews": [incident.id for incident in (*screen.to_do.late_reviews, *screen.to_do.missing_reviews)],
        "actions": actions_data(screen.to_do.actions, screen.to_do.today),
    }


def _shift_data(briefing: Briefing) -> dict[str, Any]:
    shift, before = briefing.begin.shift, briefing.handed_over
    return {
        "rotation": shift.rotation,
        "role": shift.role,
        "person": shift.person,
        "started": format_instant(briefing.begin.at),
        "start": format_instant(shift.start),
        "end": format_instant(shift.end),
        "handed_over": before and {"id": before.id, "summary": before.summary, "ongoing": list(before.ongoing)},
        "accepted": briefing.begin.accepts and briefing.begin.accepts.id,
        "duties": [
            {"id": due.duty.id, "title": due.duty.title, "done": due.duty.id in briefing.done}
            for due in briefing.duties
        ],
    }


def _head(briefing: Briefing, people: Mapping[str, Person], times: Times, colour: bool) -> list[str]:
    """Return who is on duty as what until when, and who should have ended a shift before."""
    shift, zone = briefing.begin.shift, briefing.state.zone
    person = name_of(shift.person, people)
    what = "is on duty" if briefing.begin.running else "reports for duty"
    lines = [styled(f"{person} {what}: {shift.rotation}, {shift.role}", BOLD, colour)]
    lines.append(f"  until {times.at(shift.end, zone)}, {times.distance(shift.end)}")
    if briefing.begin.cover and briefing.begin.cover.instead_of:
        lines.append(f"  instead of {name_of(briefing.begin.cover.instead_of, people)}")
    if briefing.begin.unended:
        forgotten = name_of(briefing.begin.unended.person, people)
        lines.append(f"  {forgotten} has not ended the shift before: ask for 'oncall end'")
    return lines


def _handed_over(briefing: Briefing, people: Mapping[str, Person], times: Times, width: int) -> list[str]:
    shift = briefing.handed_over
    if shift is None or shift.ended is None:
        return ["Handed over: nothing, for no shift has ended before"]
    lines = [f"Handed over by {name_of(shift.person, people)}, {times.at(shift.ended)}{_accepted(briefing, people)}"]
    lines += [line for said in visible(shift.summary or "").strip().split("\n") for line in _indented(said, width)]
    return [*lines, *(line for item in shift.ongoing for line in _indented(f"- {one_line(item)}", width, "    "))]


def _accepted(briefing: Briefing, people: Mapping[str, Person]) -> str:
    accepts: ShiftRecord | None = briefing.begin.accepts
    return f"; accepted by {name_of(briefing.begin.shift.person, people)}" if accepts else ""


def _checklist(briefing: Briefing, people: Mapping[str, Person], width: int) -> list[str]:
    """Return what to do at the start by its numbers, and a hint at the other lists."""
    names = {
        "person": name_of(briefing.begin.shift.person, people),
        "rotation": briefing.state.rotation.name,
        "role": briefing.begin.shift.role,
    }
    phases = phases_of(briefing.state.rotation, briefing.begin.record)
    items = [item for phase in phases if phase.name == "start" for item in phase.items]
    lines = [line for item in items for line in _item(item, names, width)]
    later = ", ".join(f"{len(phase.items)} {phase.title}" for phase in phases if phase.name != "start")
    head = ["To do at the start (tick off with 'oncall done NUMBER')", *lines] if lines else []
    return [*head, *wrapped(f"More on the checklist: {later}: oncall done", width, "  ")] if later else head


def _item(item: Item, names: dict[str, str], width: int) -> list[str]:
    """Return an item to tick, and below it the text that it has ready, ready to be copied."""
    ready = visible(ready_text(item.ready, **names)).split("\n") if item.ready and not item.ticked else []
    box = f"  {item.number:>2} [{'x' if item.ticked else ' '}] "
    lines = wrapped(one_line(item.text), width, "         ", first=box)
    return [*lines, *(f"         {line}" for line in ready)]


def _duties(briefing: Briefing, people: Mapping[str, Person], times: Times, width: int) -> list[str]:
    lines = [line for due in briefing.duties for line in _duty(due, briefing, people, times, width)]
    missed = [
        line
        for duty, each in by_duty(briefing.missed)
        for line in _indented(f"{one_line(duty.title)}: {_days(each, times)}", width)
    ]
    return [
        *(["Duties that were missed before", *missed] if missed else []),
        *(["Duties today", *lines] if lines else []),
    ]


def _days(each: Sequence[Occurrence], times: Times) -> str:
    """Return the days, the last of them where there are many."""
    days = [times.day(Instant(one.due - 1)) for one in each]
    earlier = len(days) - _FEW
    return ", ".join(days[-_FEW:]) + (f" and {earlier} before" if earlier > 0 else "")


def _duty(due: DueDuty, briefing: Briefing, people: Mapping[str, Person], times: Times, width: int) -> list[str]:
    when = _by_the_wall(due.due, briefing, times) if due.due is not None else "     "
    runbook = f" (oncall runbook show {due.duty.runbook})" if due.duty.runbook else ""
    wrong = f" ({due.wrong})" if due.wrong else ""
    entry = briefing.done.get(due.duty.id)
    done = f" (done by {name_of(entry.by, people)})" if entry else ""
    return wrapped(
        f"{one_line(due.duty.title)}{'' if entry else runbook}{done}{wrong}", width, " " * 9, first=f"  {when}  "
    )


def _by_the_wall(due: Wall, briefing: Briefing, times: Times) -> str:
    """Return the reader's time of day; the rotation's where the wall of the rotation shows another."""
    instant = briefing.state.schedule.clock.instant(due)
    theirs, own = clock_time(due), times.time_of_day(instant)
    return own if own == theirs else f"{own} ({theirs} {briefing.state.zone})"


def _places(briefing: Briefing) -> list[str]:
    """Return the links to look at and the channels to read."""
    rotation = briefing.state.rotation
    rows = [[f"  {one_line(link.title)}", one_line(link.url)] for link in rotation.links]
    for channel in rotation.channels:
        rows.append([f"  {one_line(channel.name)}", one_line(channel.url or channel.topic or "")])
    return ["Where to look", *columns(rows)] if rows else []


def _responsibilities(briefing: Briefing, width: int) -> list[str]:
    if not briefing.responsibilities.strip():
        return []
    return [f"As {briefing.begin.shift.role}", *_indented(one_line(briefing.responsibilities), width)]


def _records(happened: Open, times: Times, width: int) -> list[list[str]]:
    """Return the requests, overdue first, and the incidents that are open, or came since the last shift."""
    incidents = sorted(happened.incidents, key=lambda each: (each.status == "resolved", -(began(each) or 0)))
    lines = columns([_inset(incident_row(each, times)) for each in incidents[:_MOST]], width)
    asked = columns([_inset(request_row(each, times)) for each in happened.requests[:_MOST]], width)
    return [
        _block("Incidents, open or since your last shift", lines, len(incidents), "oncall incident list"),
        _block("Requests, open or since your last shift", asked, len(happened.requests), "oncall request list --all"),
    ]


def _inset(row: list[str]) -> list[str]:
    return [f"  {row[0]}", *row[1:]]


def _changes(screen: StartScreen, times: Times, width: int) -> list[str]:
    """Return what others changed in runbooks, templates and rotations, the newest first, with its commit."""
    lines = []
    for each in screen.changes[:_MOST]:
        who, more = one_line(author_of(each, screen.people)), len(each.files) - 1
        files = one_line(each.files[0]) + (f" and {more} more" if more else "")
        first = f"  {each.short}  {times.day(each.at)}  "
        lines += wrapped(f"{who}: {one_line(each.subject)} ({files})", width, "    ", first=first)
    since = times.iso_day(screen.changes[-1].at) if screen.changes else ""
    return _block("Changed since your last shift", lines, len(screen.changes), f"git log --since {since}")


def _left_open(screen: StartScreen, times: Times, width: int) -> list[str]:
    """Say which shifts nobody has ended though their person is no longer on call."""
    told = {briefing.begin.unended.id for briefing in screen.briefings if briefing.begin.unended}
    lines = []
    for shift in screen.happened.shifts:
        if shift.id not in told:
            since = f" since {times.at(shift.scheduled.end)}" if shift.scheduled else ""
            who = name_of(shift.person, screen.people)
            lines += _indented(f"{who} is no longer on call{since} and has not ended {shift.id}: oncall end", width)
    return ["Shifts left open", *lines] if lines else []


def _block(head: str, lines: list[str], count: int, command: str) -> list[str]:
    """Return a block, and where the rest is of what it has no room for."""
    more = [f"  … and {count - _MOST} more: {command}"] if count > _MOST else []
    return [head, *lines, *more] if lines else []


def _when_idle(to_do: ToDo, width: int) -> list[str]:
    """Return what to work on while nothing burns: reviews and action items, overdue and oldest first."""
    rows = [[f"  {kind}", said] for kind, said in to_do_rows(to_do)]
    return ["When it is quiet", *columns(rows, width)] if rows else []


def _indented(text: str, width: int, following: str = "  ") -> list[str]:
    """Return text two columns in, the following lines deeper where that is wanted."""
    return [line.rstrip() for line in wrapped(text, width, following, first="  ")]
