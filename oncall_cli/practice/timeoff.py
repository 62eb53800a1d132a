"""Time off: what it writes, with which shifts it collides, and who could cover them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from oncall_cli.errors import Refused
from oncall_cli.model.person import Person, TimeOff
from oncall_cli.model.time import Instant, LocalMoment
from oncall_cli.practice.assigned import AssignedShift, assigned
from oncall_cli.practice.candidates import Pool, pool
from oncall_cli.practice.edits import RecordEdit, Value
from oncall_cli.practice.handing import Target
from oncall_cli.practice.setting import Post, Setting, changes_with, hull
from oncall_cli.practice.shift_asked import target


class Collision(NamedTuple):
    """A shift, or the part of it, on which somebody is away; who could cover, or which override put them there."""

    shift: AssignedShift
    wanted: Target
    pool: Pool
    override: str | None

    @property
    def whole(self) -> bool:
        """Whether all of the shift that lies ahead collides."""
        return (self.wanted.start, self.wanted.end) == (self.shift.start, self.shift.end)


def time_off(first: LocalMoment, until: LocalMoment, note: str | None) -> TimeOff:
    """Return the days off; raise ``Refused`` when they end before they begin."""
    if until.wall <= first.wall:
        raise Refused(
            f"--until {until} is not after --from {first}: it is the first day back",
            hint="for one day off give the day after as --until",
        )
    return TimeOff.model_validate({"from": first, "until": until, "note": note})


def adding(person: Person, off: TimeOff) -> RecordEdit:
    """Return what adds time off to somebody's file; raise ``Refused`` when they are away then already."""
    for known in person.time_off:
        if known.from_.wall < off.until.wall and off.from_.wall < known.until.wall:
            raise Refused(
                f"'{person.id}' is away from {known.from_} until {known.until} already",
                hint=f"remove that first: oncall timeoff remove {person.id} {known.from_}",
                place=person.place("time_off", person.time_off.index(known)),
            )
    written: dict[str, Value] = {"from": str(off.from_), "until": str(off.until)}
    if off.note:
        written["note"] = off.note
    return RecordEdit(person.path, appends=[(("time_off",), written)])


def off_that_begins(person: Person, first: LocalMoment) -> TimeOff:
    """Return somebody's time off by its begin; raise ``Refused`` when none begins then."""
    for known in person.time_off:
        if known.from_.wall == first.wall:
            return known
    begins = ", ".join(str(known.from_) for known in person.time_off)
    raise Refused(
        f"'{person.id}' has no time off that begins on {first}",
        hint=f"theirs begin on: {begins}" if begins else "they have none",
    )


def removing(person: Person, off: TimeOff) -> RecordEdit:
    """Return what takes time off out of somebody's file."""
    only = len(person.time_off) == 1
    return RecordEdit(person.path, removes=[("time_off",) if only else ("time_off", person.time_off.index(off))])


def upcoming(setting: Setting, person: Person, *, everything: bool) -> list[tuple[str, TimeOff]]:
    """Return somebody's time off that is under way or to come, or all of it, by time."""
    found = [off for off in person.time_off if everything or setting.off_span(person.id, off)[1] > setting.now]
    return [(person.id, off) for off in sorted(found, key=lambda off: off.from_.wall)]


def collisions(setting: Setting, person: str, off: TimeOff) -> list[Collision]:
    """Return the shifts ahead with which time off collides, by time, with who could cover each."""
    start, end = setting.off_span(person, off)
    return sorted(_collisions(setting, person, max(start, setting.now), end), key=lambda one: one.wanted.start)


def _collisions(setting: Setting, person: str, start: Instant, end: Instant) -> Iterator[Collision]:
    for name, files in setting.team.rotations.items():
        for role in files.schedule.roles:
            post = Post(name, role)
            for shift in _shifts(setting, post, person, start, end):
                hit = hull(setting.spans(post, person, max(shift.start, start), min(shift.end, end)))
                wanted = target(shift)._replace(start=hit[0], end=hit[1])
                yield Collision(shift, wanted, pool(setting, wanted), _override(setting, wanted, person))


def _shifts(setting: Setting, post: Post, person: str, start: Instant, end: Instant) -> list[AssignedShift]:
    """Return the shifts of a role that touch a time, as far as they lie ahead."""
    state = setting.state(post.rotation)
    pieces = state.schedule.shifts(start, end, (post.role,), cut=False) if start < end else []
    whole = dict.fromkeys(assigned(state, piece, person) for piece in pieces if person in piece.people)
    return [shift._replace(start=max(shift.start, setting.now)) for shift in whole]


def _override(setting: Setting, wanted: Target, person: str) -> str | None:
    """Return the override that gives somebody the time, if one does: it is what can be taken back."""
    overrides = setting.files(wanted.post.rotation).overrides
    touching = changes_with(overrides, wanted.post.role, wanted.start, wanted.end)
    return next((override.id for override, one in touching if person in one.people), None)
