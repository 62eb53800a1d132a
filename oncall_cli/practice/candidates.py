"""Who could cover a time, best first, and why not the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from oncall_cli.errors import Refused
from oncall_cli.model.time import DAY, HOUR, Instant, LocalMoment
from oncall_cli.practice.fit import absence
from oncall_cli.practice.handing import Target
from oncall_cli.practice.setting import Post, Setting, hull
from oncall_cli.practice.team_state import RotationFiles
from oncall_cli.schedule.hours import open_spans, week_hours
from oncall_cli.schedule.spans import Span, difference, union

REST = 12 * HOUR
LOOK_BACK = 90 * DAY


class Candidate(NamedTuple):
    """Somebody who is free: whether rested, without a shift 12 hours before and after, and on call how long lately."""

    person: str
    rested: bool
    seconds: int


class Unfree(NamedTuple):
    """Somebody of the roster who cannot cover, and why."""

    person: str
    reason: str


class Pool(NamedTuple):
    """The roster of a rotation at some time: who could cover, best first, and who could not."""

    candidates: tuple[Candidate, ...]
    others: tuple[Unfree, ...]


def pool(setting: Setting, wanted: Target) -> Pool:
    """Return who could cover: rested before others, then the fewest hours in 90 days, then the order of the roster."""
    spans = _spans(setting, wanted)
    lately = setting.team.loads(Instant(setting.now - LOOK_BACK), setting.now)
    found: list[Candidate] = []
    others: list[Unfree] = []
    for person in members(setting.files(wanted.post.rotation), wanted.start):
        if person == wanted.whom:
            continue
        if reason := unfree(setting, person, spans):
            others.append(Unfree(person, reason))
        else:
            seconds = lately[person].seconds if person in lately else 0
            found.append(Candidate(person, _rested(setting, person, spans), seconds))
    return Pool(tuple(sorted(found, key=lambda one: (not one.rested, one.seconds))), tuple(others))


def best(setting: Setting, wanted: Target) -> Candidate:
    """Return the first who could cover; raise ``Refused`` with what keeps everybody from it."""
    found = pool(setting, wanted)
    if not found.candidates:
        told = "; ".join(f"{one.person} {one.reason}" for one in found.others) or "nobody else is in the roster"
        raise Refused(f"nobody of the roster can cover: {told}", hint="name somebody: oncall cover PERSON")
    return found.candidates[0]


def members(files: RotationFiles, at: Instant) -> list[str]:
    """Return the people of the rosters that hold at an instant, in their order."""
    found: list[str] = []
    wall = LocalMoment(files.schedule.clock.wall(at), is_date=False).wall
    for layer in files.record.all_layers():
        begun = [version for version in layer.roster if version.from_.wall <= wall] or layer.roster[:1]
        found += [person for member in begun[-1].members for person in member]
    return list(dict.fromkeys(found))


def unfree(setting: Setting, person: str, spans: Sequence[Span]) -> str | None:
    """Return why somebody cannot be on call at these times: left, away, on duty, not available; None if they can."""
    if person not in setting.team.people:
        return "has no readable file"
    if reason := absence(setting, person, list(spans)):
        return reason[0]
    if posts := _posts(setting, person, spans):
        return f"is {posts[0]} then"
    hours = week_hours(setting.person(person).availability, setting.team.clock_of(person))
    if difference(spans, open_spans([hours], *hull(spans))):
        return "is not available then"
    return None


def _spans(setting: Setting, wanted: Target) -> list[Span]:
    """Return the times that are to be covered: those of the person, within the hours of the rotation."""
    if wanted.whom is None:
        return [(wanted.start, wanted.end)]
    held = setting.spans(wanted.post, wanted.whom, wanted.start, wanted.end)
    return held or [(wanted.start, wanted.end)]


def _posts(setting: Setting, person: str, spans: Sequence[Span]) -> list[Post]:
    """Return where somebody is on duty at any of the times."""
    stood = setting.stood(person, *hull(spans))
    return [post for post, held in stood.items() if difference(spans, held) != list(spans)]


def _rested(setting: Setting, person: str, spans: Sequence[Span]) -> bool:
    """Return whether somebody has no shift in the twelve hours before and after each of the times."""
    return not _posts(setting, person, union((Instant(start - REST), Instant(end + REST)) for start, end in spans))
