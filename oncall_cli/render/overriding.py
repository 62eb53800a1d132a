"""What covers, swaps and the like say of themselves: the subject of the commit, the answer, and the data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from oncall_cli.model.time import Instant, day_of
from oncall_cli.render.load import hours
from oncall_cli.render.people import name_of, names_of
from oncall_cli.render.text import cut, one_line
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.model.override import Override
    from oncall_cli.model.person import Person
    from oncall_cli.model.zone import Zone
    from oncall_cli.practice.candidates import Candidate
    from oncall_cli.practice.handing import Target
    from oncall_cli.practice.setting import Post
    from oncall_cli.practice.swap import Pair
    from oncall_cli.schedule.walls import WallClock

People = Mapping[str, "Person"]


_SUBJECT_WIDTH = 100


def cover_subject(who: str, wanted: Target, clock: WallClock) -> str:
    """Return ``bob covers for alice on platform (primary), 2026-12-22 to 2026-12-29``."""
    whom = f"for {wanted.whom} on " if wanted.whom else ""
    return f"{who} covers {whom}{where(wanted.post)}, {days(clock, wanted.start, wanted.end)}"


def swap_subject(shifts: Pair, clock: WallClock) -> str:
    """Return ``alice swaps 2026-12-22 with carol, 2027-01-05, on platform (primary)``."""
    one, other = ((shift.person, days(clock, shift.start, shift.start)) for shift in shifts)
    role = f"{shifts.one.rotation} ({shifts.one.role})"
    return f"{one[0]} swaps {one[1]} with {other[0]}, {other[1]}, on {role}"


def take_subject(who: str, post: Post, made: Override) -> str:
    """Return ``dan takes over from alice on platform (primary)``."""
    whom = made.changes[0].instead_of
    return f"{who} takes over {f'from {whom} on ' if whom else ''}{where(post)}"


def gap_subject(post: Post, made: Override, clock: WallClock) -> str:
    """Return ``nobody is on platform (primary), 2026-11-26 to 2026-11-27: Thanksgiving``."""
    change = made.changes[0]
    said = f"nobody is on {where(post)}, {days(clock, change.start, change.end)}: {one_line(made.reason or '')}"
    return cut(said, _SUBJECT_WIDTH)


def removal_subject(override: Override, rotation: str, *, begun: bool) -> str:
    """Return ``end the override 2026-11-18-jo-covers-carol of platform``."""
    return f"{'end' if begun else 'remove'} the override {override.id} of {rotation}"


def where(post: Post) -> str:
    """Return ``platform (primary)``."""
    return f"{post.rotation} ({post.role})"


def days(clock: WallClock, start: Instant, end: Instant) -> str:
    """Return the days between which something is, by a rotation's wall: a commit's subject is the same for all."""
    first, last = (day_of(clock.wall(edge)).isoformat() for edge in (start, end))
    return first if first == last else f"{first} to {last}"


def override_text(made: Override, people: People, times: Times, zone: Zone) -> str:
    """Return a sentence for each change of an override."""
    lines = []
    for change in made.changes:
        who, instead = names_of(change.people, people), change.instead_of
        stands = f"{who} instead of {name_of(instead, people)}" if instead else who
        until = f"from {times.at(change.start, zone)} until {times.at(change.end, zone)}"
        lines.append(f"{change.role}: {stands}, {until}")
    return "\n".join(lines)


def override_data(made: Override, rotation: str) -> dict[str, Any]:
    """Return which override was made, for a script."""
    return {"override": made.id, "rotation": rotation}


def candidate_text(one: Candidate, people: People) -> str:
    """Return a candidate with what speaks for them: ``Ben (rested, 16h in the last 90 days)``."""
    rested = "rested" if one.rested else "another shift within 12h"
    return f"{name_of(one.person, people)} ({rested}, {hours(one.seconds)} on call in the last 90 days)"


def candidates_data(found: Iterable[Candidate]) -> list[dict[str, Any]]:
    """Return who could cover, best first, for a script."""
    return [{"person": one.person, "rested": one.rested, "seconds": one.seconds} for one in found]


def chosen_text(one: Candidate, people: People) -> str:
    """Return why somebody was chosen to cover."""
    return f"Chosen as the best of those who are free: {candidate_text(one, people)}"
