"""Whether an override may be made: it begins in time, does something, and asks nobody for what they cannot do."""

from __future__ import annotations

from oncall_cli.errors import Refused
from oncall_cli.model.override import Change, Override
from oncall_cli.model.time import MINUTE, Instant
from oncall_cli.practice.handing import Target, in_the_way
from oncall_cli.practice.setting import Post, Setting, hull, spans_of
from oncall_cli.schedule.compile import compile_schedule
from oncall_cli.schedule.spans import Span, difference, intersection, union

# How long somebody may take to type a command that says a time.
_GRACE = 5 * MINUTE


def refuse_unfit(setting: Setting, rotation: str, made: Override, *, wins: bool = False) -> None:
    """Raise ``Refused`` with the reason why an override must not be; ``wins`` lets it overlap others."""
    for one in made.changes:
        refuse_past(setting, one.start)
    later = setting.with_override(rotation, made)
    if not wins:
        _refuse_overlap(setting, later, rotation, made)
    for one in made.changes:
        _refuse_idle(setting, rotation, one)
        for person in one.people:
            _refuse_unable(setting, later, person, Post(rotation, one.role), one)


def refuse_past(setting: Setting, start: Instant) -> None:
    """Refuse a start in the past, but for the minutes that typing takes."""
    if start < setting.now - _GRACE:
        raise Refused(
            f"{setting.said(start)} is in the past, and what has been cannot be changed",
            hint="give --from now, or a later time",
        )


def _refuse_overlap(setting: Setting, later: Setting, rotation: str, made: Override) -> None:
    """Refuse an override that wants the same place as another one at the same time."""
    others = {override.id: override for override in setting.files(rotation).overrides}
    for pair in later.files(rotation).schedule.overlaps():
        own, other = sorted(pair[:2], key=lambda named: named[0] != made.id)
        if own[0] == made.id and other[0] in others:
            one = others[other[0]].changes[other[1]]
            raise in_the_way(setting, others[other[0]], one, Target(Post(rotation, one.role), None, *pair[2:]))


def _refuse_idle(setting: Setting, rotation: str, one: Change) -> None:
    """Refuse a change that changes nothing: nobody whom it means is on call then."""
    files = setting.files(rotation)
    if one.instead_of is not None:
        matched = spans_of(compile_schedule(files.record), one.role, one.instead_of, one.start, one.end)
    else:
        matched = [(one.start, one.end)] if one.people else _held(setting, rotation, one)
    if not matched:
        who = f"'{one.instead_of}' is not" if one.instead_of else "nobody is"
        when = setting.said_span(one.start, one.end)
        message = f"{who} {Post(rotation, one.role)} from {when}, so this would change nothing"
        raise Refused(message, hint=f"see 'oncall schedule {rotation}'")
    for person in one.people:
        if intersection(matched, spans_of(files.schedule, one.role, person, one.start, one.end)):
            raise _on_duty(setting, person, Post(rotation, one.role), Post(rotation, one.role), matched)


def _held(setting: Setting, rotation: str, one: Change) -> list[Span]:
    shifts = setting.files(rotation).schedule.shifts(one.start, one.end, (one.role,))
    return union((shift.start, shift.end) for shift in shifts)


def _refuse_unable(setting: Setting, later: Setting, person: str, post: Post, one: Change) -> None:
    """Refuse to give time to somebody who has left, is away, or would be in two places."""
    before = setting.spans(post, person, one.start, one.end)
    gained = difference(later.spans(post, person, one.start, one.end), before)
    if reason := absence(setting, person, gained):
        raise Refused(f"'{person}' {reason[0]}", reason[1])
    for other, spans in later.stood(person, one.start, one.end).items():
        if other != post and (both := intersection(spans, gained)):
            raise _on_duty(setting, person, other, post, both)


def absence(setting: Setting, person: str, spans: list[Span]) -> tuple[str, str] | None:
    """Return why somebody cannot be on call then, and what to do: they have left, or they are away."""
    record = setting.person(person)
    if not record.active:
        return "has left: they are not active", f"ask somebody else, or remove 'active: false' from {record.path}"
    if off := setting.away(person, spans):
        note = f" ({off.note})" if off.note else ""
        hint = f"ask somebody else, or if they are back: oncall timeoff remove {person} {off.from_}"
        return f"is away from {off.from_} until {off.until}{note}", hint
    return None


def _on_duty(setting: Setting, person: str, has: Post, wanted: Post, spans: list[Span]) -> Refused:
    start, end = hull(spans)
    message = f"'{person}' is {has} from {setting.said_span(start, end)}"
    if has == wanted:
        return Refused(f"{message} already", hint="ask somebody who is free then, or let --auto find one")
    cover = f"oncall cover PERSON --for {person} --rotation {has.rotation} --role {has.role}"
    return Refused(
        f"{message}, and cannot be {wanted} at the same time",
        f"ask somebody else, or first find somebody for that: {cover} {setting.typed(start, end)}",
    )
