"""The page beside the feeds: who is on call in the next weeks, and the calendars to subscribe to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from oncall_cli.model.time import WEEK, Instant
from oncall_cli.render.markdown import markdown
from oncall_cli.render.page import markdown_page
from oncall_cli.render.people import names_of
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.model.rotation import Rotation
    from oncall_cli.practice.feeds import Feed, RotationEntries

    People = Mapping[str, Person]

AHEAD = 4 * WEEK


def feeds_page(
    team: str,
    rotations: Sequence[tuple[Rotation, RotationEntries]],
    feeds: Iterable[Feed],
    people: People,
    day: Instant,
) -> bytes:
    """Return the page of one day, which begins at ``day``: the same for the same files all day long."""
    parts = [f"# {markdown(team)}: who is on call"]
    parts += [_rotation(record, entries, people, day) for record, entries in rotations]
    links = [f"- [{markdown(feed.title)}]({feed.path})" for feed in feeds]
    told = (
        "Copy the address of a calendar, and let your calendar program subscribe to it; it stays up to date by itself."
    )
    parts.append("\n".join(["## Calendars", "", told, "", *links]))
    return markdown_page(f"On call: {team}", ["\n\n".join(parts)]).encode()


def _rotation(record: Rotation, entries: RotationEntries, people: People, day: Instant) -> str:
    """Return what is stood in the coming weeks, on the clock of the rotation."""
    assert record.timezone is not None
    times = Times(record.timezone, day)
    near = [each.shift for each in entries.entries if each.shift.end > day and each.shift.start < day + AHEAD]
    lines = [
        f"- {times.until(shift.start, shift.end)}: {markdown(names_of(shift.people, people))} ({shift.role})"
        for shift in near
    ]
    head = f"## {markdown(record.name)}\n\nTimes are in {record.timezone}."
    return "\n".join([head, "", *(lines or ["Nobody is on call in the next four weeks."])])
