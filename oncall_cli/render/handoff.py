"""What a shift hands over, as Markdown and as text: the same bytes for the same files, whoever reads and whenever."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from oncall_cli.model.time import format_instant
from oncall_cli.render.markdown import markdown, markdown_line, markdown_lines
from oncall_cli.render.people import name_of, names_of
from oncall_cli.render.text import one_line, visible, wrapped
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.model.shift import LogEntry, ShiftRecord
    from oncall_cli.practice.end import Ended
    from oncall_cli.practice.handoff import Handoff

    People = Mapping[str, Person]


class _Ink(NamedTuple):
    """How a handoff is written: what becomes of data, and of the marks around it."""

    text: Callable[[str], str]
    line: Callable[[str], str]
    lines: Callable[[str], list[str]]
    title: str
    heading: str
    strong: str
    kind: str
    gap: tuple[str, ...]


_MARKDOWN = _Ink(markdown, markdown_line, markdown_lines, "# ", "## ", "**", "*", ("",))
_PLAIN = _Ink(one_line, one_line, lambda text: visible(text).strip("\n").split("\n"), "", "", "", "", ())


def handoffs_markdown(handoffs: Iterable[Handoff], people: People) -> str:
    """Return the handoffs, one below the other."""
    return "\n\n".join(handoff_markdown(handoff, people) for handoff in handoffs)


def handoff_markdown(handoff: Handoff, people: People) -> str:
    """Return one handoff as Markdown: who and when, the summary, what goes on, the log, who is next."""
    return _written(handoff, people, _MARKDOWN)


def handoff_text(handoff: Handoff, people: People) -> str:
    """Return one handoff as plain text, for a chat."""
    return _written(handoff, people, _PLAIN)


def handoff_title(handoff: Handoff, people: People) -> str:
    """Return what a handoff is called where it stands among others: ``Handoff: Platform (primary), Carol``."""
    who = name_of(handoff.shift.person, people)
    return f"Handoff: {one_line(handoff.rotation_name)} ({handoff.shift.role}), {who}"


def _written(handoff: Handoff, people: People, ink: _Ink) -> str:
    shift, times = handoff.shift, Times(handoff.zone, handoff.since)
    summary = ink.lines(shift.summary or "No summary yet.")
    ongoing = [f"- {ink.line(item)}" for item in shift.ongoing] or ["Nothing."]
    log = [_entry(entry, times, people, ink) for entry in handoff.log] or ["Nothing was logged."]
    sections = (("Summary", summary), ("Ongoing", ongoing), ("Log", log))
    body = [line for title, lines in sections for line in ("", f"{ink.heading}{title}", *ink.gap, *lines)]
    title = f"{ink.title}Handoff: {ink.text(handoff.rotation_name)} ({shift.role})"
    return "\n".join([title, *ink.gap, *_head(handoff, times, people, ink), *body])


def _head(handoff: Handoff, times: Times, people: People, ink: _Ink) -> list[str]:
    """Return who stood the shift and when, who took over, and who is next."""
    shift = handoff.shift
    stood = times.until(handoff.since, shift.ended) if shift.ended else f"{times.at(handoff.since)} – still running"
    person = f"{ink.strong}{ink.text(name_of(shift.person, people))}{ink.strong}"
    lines = [f"- {person}, {stood} ({handoff.zone})", f"- Shift: {shift.id}"]
    if shift.accepted:
        name = ink.text(name_of(shift.accepted.by, people))
        lines.append(f"- Accepted by {name}, {times.at(shift.accepted.at)}")
    if handoff.next_people:
        since = f", from {times.at(handoff.next_start)}" if handoff.next_start is not None else ""
        lines.append(f"- Next: {ink.text(names_of(handoff.next_people, people))}{since}")
    return lines


def _entry(entry: LogEntry, times: Times, people: People, ink: _Ink) -> str:
    about = f" ({ink.text(entry.about)})" if entry.about else ""
    kind = "" if entry.kind == "note" else f" {ink.kind}{entry.kind}{ink.kind}"
    return f"- {times.at(entry.at)} {ink.text(name_of(entry.by, people))}{kind}: {ink.text(entry.text)}{about}"


def ended_data(done: Sequence[Ended]) -> dict[str, Any]:
    """Return the shifts that ended, for a script."""
    return {"shifts": [_ended(each.handoff) for each in done]}


def end_subject(done: Sequence[Ended]) -> str:
    """Return the subject of the commit: ``alice ends the watch on platform (primary)``; of several, with their days."""
    days: dict[str, list[str]] = {}
    for each in done:
        shift = each.handoff.shift
        days.setdefault(f"{each.handoff.rotation_id} ({shift.role})", []).append(shift.id[: len("2026-11-24")])
    where = [place if len(each) == 1 else f"{place} of {' and '.join(each)}" for place, each in days.items()]
    return f"{done[0].handoff.shift.person} ends the watch on {' and '.join(where)}"


def summary_note(shift: ShiftRecord, rotation: str, *, going_on: bool) -> str:
    """Return what stands below a summary while it is edited."""
    what = "What you wrote before" if going_on else "A draft from the log and the records"
    text = (
        f"{what}: the summary of {shift.id} ({one_line(rotation)}), for whoever is next. "
        "Everything from the line with the scissors on is left out. With nothing above it, the watch goes on."
    )
    return "\n".join(wrapped(text, 72))


def _ended(handoff: Handoff) -> dict[str, Any]:
    shift = handoff.shift
    return {
        "id": shift.id,
        "path": shift.path,
        "rotation": handoff.rotation_id,
        "person": shift.person,
        "role": shift.role,
        "started": format_instant(shift.started) if shift.started is not None else None,
        "ended": format_instant(shift.ended) if shift.ended is not None else None,
        "summary": shift.summary,
        "ongoing": list(shift.ongoing),
    }
