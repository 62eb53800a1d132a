"""Which shift is meant by ``next`` or by a date: the whole stretch of a person's turn, cut to what lies ahead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from oncall_cli.errors import Refused
from oncall_cli.model.time import DAY, Instant, wall_of
from oncall_cli.practice.assigned import AssignedShift, RotationState, assigned
from oncall_cli.practice.handing import Target
from oncall_cli.practice.setting import Post, Setting

NEXT = "next"
Named = date | None
"""A shift by a day of it; None is the next that begins."""

_LOOKS = (8 * 7 * DAY, 400 * DAY)


class Search(NamedTuple):
    """Where a shift is looked for: in one rotation or all, in one role or the first that the person has."""

    rotation: str | None = None
    role: str | None = None

    def roles(self, state: RotationState) -> Sequence[str]:
        """Return the roles to look in, the primary first."""
        return [self.role] if self.role else state.schedule.roles


def shift_of(setting: Setting, person: str, named: Named, search: Search) -> AssignedShift:
    """Return the part that lies ahead of a person's shift; raise ``Refused`` when there is none, or several."""
    states = [setting.state(name) for name in setting.chosen(search.rotation)]
    found = [shift for state in states if (shift := shift_in(setting, state, person, named, search.roles(state)))]
    if not found:
        raise no_shift(setting, person, named, search)
    if named is None:
        return min(found, key=lambda shift: shift.start)
    return one_rotation(found, f"'{person}' has a shift around {named}")


def shift_in(
    setting: Setting, state: RotationState, person: str, named: Named, roles: Iterable[str]
) -> AssignedShift | None:
    """Return what lies ahead of a person's shift in the first of the roles in which they have it."""
    for role in roles:
        found = _next(setting, state, person, role) if named is None else _around(state, person, role, named)
        if found and found.end > setting.now:
            return found._replace(start=max(found.start, setting.now))
    return None


def no_shift(setting: Setting, person: str, named: Named, search: Search) -> Refused:
    """Return why there is no shift to change."""
    where = f" in '{search.rotation}'" if search.rotation else ""
    role = f" as {search.role}" if search.role else ""
    if named is None:
        return Refused(f"'{person}' has no shift ahead{where}{role}", hint="see 'oncall schedule'")
    today = setting.clock.wall(setting.now)
    ahead = "no shift" if wall_of(named) >= today - DAY else "no shift that is still ahead"
    return Refused(
        f"'{person}' has {ahead} around {named}{where}{role}", hint=f"see 'oncall schedule --person {person}'"
    )


def one_rotation(found: Sequence[AssignedShift], said: str) -> AssignedShift:
    """Return the only one of the shifts; raise ``Refused`` when they are of several rotations."""
    if len(found) > 1:
        names = " and ".join(shift.rotation for shift in found)
        raise Refused(f"{said} in {names}", hint="say which one is meant with --rotation")
    return found[0]


def target(shift: AssignedShift) -> Target:
    """Return a shift as a time that can go to somebody else."""
    return Target(Post(shift.rotation, shift.role), shift.person, shift.start, shift.end)


def holders_on(setting: Setting, named: date, post: Post) -> list[str]:
    """Return who holds a role on a day of the rotation's wall: those who begin then, or else who has it."""
    state = setting.state(post.rotation)
    start, end = _day(state, named)
    pieces = state.schedule.shifts(start, end, (post.role,), cut=False)
    begins = [piece for piece in pieces if piece.start >= start]
    return list(dict.fromkeys(person for piece in begins or pieces for person in piece.people))


def _next(setting: Setting, state: RotationState, person: str, role: str) -> AssignedShift | None:
    """Return the first shift that begins after now; one under way that ``hours`` cut is not meant."""
    for look in _LOOKS:
        pieces = state.schedule.shifts(setting.now, Instant(setting.now + look), (role,), cut=False)
        for piece in pieces:
            if person in piece.people and piece.start > setting.now:
                whole = assigned(state, piece, person)
                if whole.start > setting.now:
                    return whole
    return None


def _around(state: RotationState, person: str, role: str, named: date) -> AssignedShift | None:
    """Return the shift of a day: the one that begins on it, or else the one that it is a part of."""
    start, end = _day(state, named)
    pieces = state.schedule.shifts(start, end, (role,), cut=False)
    whole = [assigned(state, piece, person) for piece in pieces if person in piece.people]
    return min(whole, key=lambda shift: (not start <= shift.start < end, -shift.end), default=None)


def _day(state: RotationState, named: date) -> tuple[Instant, Instant]:
    clock = state.schedule.clock
    return clock.instant(wall_of(named)), clock.instant(wall_of(named + timedelta(days=1)))
