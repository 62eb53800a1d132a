"""Time off in a list, and the shifts with which it collides: who could cover, and the command to type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from oncall_cli.model.roles import PRIMARY
from oncall_cli.model.time import day_of, format_instant
from oncall_cli.render.overriding import candidate_text, candidates_data
from oncall_cli.render.people import name_of
from oncall_cli.render.text import one_line, wrapped
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.model.person import Person, TimeOff
    from oncall_cli.practice.setting import Setting
    from oncall_cli.practice.timeoff import Collision

People = Mapping[str, "Person"]


def away_subject(person: str, off: TimeOff) -> str:
    """Return ``alice is away from 2026-12-20 until 2026-12-27``."""
    return f"{person} is away from {off.from_} until {off.until}"


def back_subject(person: str, off: TimeOff) -> str:
    """Return ``alice is not away from 2026-12-20 until 2026-12-27``."""
    return f"{person} is not away from {off.from_} until {off.until}"


def time_off_row(person: str, off: TimeOff, people: People) -> list[str]:
    """Return the cells of time off in a list: who, from when, the first day back, why."""
    return [person, name_of(person, people), f"{off.from_} until {off.until}", one_line(off.note or "")]


def time_off_data(person: Person, off: TimeOff) -> dict[str, Any]:
    """Return time off for a script."""
    return {
        "person": person.id,
        "from": str(off.from_),
        "until": str(off.until),
        "note": off.note,
        "path": person.path,
    }


class CollisionText:
    """Tells one reader with which shifts time off collides, and what to do about each."""

    def __init__(self, setting: Setting, times: Times, width: int = 80) -> None:
        self.setting = setting
        self.people = setting.team.people
        self.times = times
        self.width = min(width, 80)

    def of(self, person: str, off: TimeOff, found: Sequence[Collision]) -> str:
        """Return the days off, and each shift with those who could cover."""
        head = f"{name_of(person, self.people)} is away from {off.from_} until {off.until}, the first day back."
        if not found:
            return f"{head} No shift of theirs is in it."
        shifts = f"{len(found)} shift{' of theirs is' if len(found) == 1 else 's of theirs are'} in it:"
        blocks = [[*wrapped(f"{head} {shifts}", self.width)], *(self._one(each) for each in found)]
        return "\n".join(line for block in blocks for line in block)

    def _one(self, each: Collision) -> list[str]:
        post, _, start, end = each.wanted
        zone = self.setting.files(post.rotation).schedule.zone
        lines = ["", f"{self.times.until(start, end)}  {post.rotation} {post.role}"]
        if self.times.at(start) != self.times.at(start, zone):
            lines.append(f"  begins {self.times.at(start, zone)}")
        if each.override is None:
            lines += self._pool(each)
        return [*lines, f"  {self.command(each)}"]

    def _pool(self, each: Collision) -> list[str]:
        """Return who could cover, best first; when nobody can, what keeps each of them from it."""
        if each.pool.candidates:
            told = ", ".join(candidate_text(one, self.people) for one in each.pool.candidates)
            return wrapped(f"could cover, best first: {told}", self.width, "    ", first="  ")
        told = ", ".join(f"{name_of(one.person, self.people)} {one.reason}" for one in each.pool.others)
        return wrapped(f"nobody is free: {told or 'nobody else is in the roster'}", self.width, "    ", first="  ")

    def command(self, each: Collision) -> str:
        """Return the command that solves it."""
        if each.override is not None:
            return f"oncall override remove {each.override}"
        post, whom, start, end = each.wanted
        who = each.pool.candidates[0].person if each.pool.candidates else "PERSON"
        day = day_of(self.setting.files(post.rotation).schedule.clock.wall(start)).isoformat()
        time = f"--shift {day}" if each.whole else self.setting.typed(start, end)
        rotation = f" --rotation {post.rotation}" if len(self.setting.team.rotations) > 1 else ""
        role = f" --role {post.role}" if post.role != PRIMARY else ""
        return f"oncall cover {who} --for {whom} {time}{rotation}{role}"

    def data(self, found: Sequence[Collision]) -> list[dict[str, Any]]:
        """Return the shifts for a script."""
        return [
            {
                "rotation": each.wanted.post.rotation,
                "role": each.wanted.post.role,
                "start": format_instant(each.wanted.start),
                "end": format_instant(each.wanted.end),
                "override": each.override,
                "candidates": candidates_data(each.pool.candidates),
                "others": [{"person": one.person, "reason": one.reason} for one in each.pool.others],
                "command": self.command(each),
            }
            for each in found
        ]
