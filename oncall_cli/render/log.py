"""Entries of a shift's log for a terminal."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from oncall_cli.model.time import format_instant
from oncall_cli.render.people import name_of
from oncall_cli.render.text import cut, one_line, wrapped

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.model.shift import LogEntry
    from oncall_cli.practice.log_target import LogTarget
    from oncall_cli.practice.shift_edits import Line
    from oncall_cli.practice.shifts import ToldEntry
    from oncall_cli.render.times import Times

_MOST = 12
_SUBJECT_WIDTH = 72


def told_lines(told: Sequence[ToldEntry], times: Times, width: int, here: Collection[str]) -> list[str]:
    """Return entries of several rotations' logs: announcements first and marked, then the latest others.

    Their rotation is named unless all are of the one that the reader is in.
    """
    marked = [one for one in told if one.entry.kind == "announcement"]
    others = [one for one in told if one.entry.kind != "announcement"]
    named = len(here) > 1 or {one.rotation for one in told} != set(here)
    earlier = len(others) - _MOST
    lines = [line for one in marked for line in _told(one, times, width, "! ", named)]
    if earlier > 0:
        lines.append(f"  … and {earlier} earlier: oncall log --from {times.iso_day(others[0].entry.at)}")
    return [*lines, *(line for one in others[-_MOST:] for line in _told(one, times, width, "  ", named))]


def all_told_lines(told: Sequence[ToldEntry], times: Times, width: int, here: Collection[str]) -> list[str]:
    """Return every entry, by time; the rotation is named unless it is the one that the reader asked for."""
    marks = {True: "! ", False: "  "}
    return [
        line
        for one in told
        for line in _told(one, times, width, marks[one.entry.kind == "announcement"], one.rotation not in here)
    ]


def told_data(told: ToldEntry) -> dict[str, Any]:
    """Return an entry and its rotation, for a script."""
    entry = told.entry
    said = {"at": format_instant(entry.at), "by": entry.by, "kind": str(entry.kind), "text": entry.text}
    return {"rotation": told.rotation, **said, "about": entry.about}


def entry_text(entry: LogEntry) -> str:
    """Return what an entry says, what it is about, and by whom."""
    about = f" ({one_line(entry.about)})" if entry.about else ""
    kind = "" if entry.kind == "note" else f"{entry.kind}: "
    return f"{entry.by}: {kind}{one_line(entry.text)}{about}"


def _told(told: ToldEntry, times: Times, width: int, mark: str, named: bool) -> list[str]:
    rotation = f"{told.rotation}, " if named else ""
    first = f"{mark}{times.at(told.entry.at)}  "
    return wrapped(f"{rotation}{entry_text(told.entry)}", width, "    ", first=first)


def logged_subject(target: LogTarget, line: Line) -> str:
    """Return the subject of the commit: ``jo logs on platform: Network drill at noon``."""
    return cut(f"{line.by} logs on {target.state.id}: {one_line(line.text)}", _SUBJECT_WIDTH)


def logged_text(target: LogTarget, line: Line, people: Mapping[str, Person], times: Times) -> str:
    """Return into whose shift the line went, and how it is dated."""
    whose = name_of(target.person, people)
    begun = "" if target.is_running else ", which has not begun yet"
    return f"Logged at {times.at(line.at)} for {whose}'s shift in {target.state.id}{begun}."


def logged_data(target: LogTarget, line: Line) -> dict[str, Any]:
    """Return the entry and its shift, for a script."""
    entry = {"at": format_instant(line.at), "by": line.by, "kind": str(line.kind), "text": line.text}
    return {"rotation": target.state.id, "person": target.person, "entry": {**entry, "about": line.about}}
