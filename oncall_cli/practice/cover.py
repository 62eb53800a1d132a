"""A cover: which time of whose goes to whom, and the override that says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from oncall_cli.errors import Refused, WrongUsage
from oncall_cli.model.override import Change, Override, OverrideKind
from oncall_cli.model.roles import PRIMARY
from oncall_cli.model.time import Instant
from oncall_cli.practice.fit import refuse_past, refuse_unfit
from oncall_cli.practice.handing import Target, handed, receivers
from oncall_cli.practice.new_override import change, cover_words, gap_words, new_override, override_id
from oncall_cli.practice.setting import Post, Setting
from oncall_cli.practice.shift_asked import NEXT, Named, Search, holders_on, shift_of, target


class Asked(NamedTuple):
    """Who gives the command, and why, as far as they say."""

    by: str
    reason: str | None = None


def time_asked(setting: Setting, whom: str | None, start: Instant, end: Instant, search: Search) -> Target:
    """Return whose time between two instants is meant: that of the person named, or of whoever holds the role."""
    refuse_past(setting, start)
    if end <= start:
        raise Refused(
            f"the end, {setting.said(end)}, is not after the start, {setting.said(start)}", hint="give a later --to"
        )
    if whom is None:
        post = post_asked(setting, search)
        shifts = setting.files(post.rotation).schedule.shifts(start, end, (post.role,))
        return Target(post, _only([person for shift in shifts for person in shift.people], post), start, end)
    posts = [Post(name, role) for name in setting.chosen(search.rotation) for role in search.roles(setting.state(name))]
    found = [post for post in posts if setting.spans(post, whom, start, end)]
    if not found:
        raise _not_on_call(setting, whom, start, end, search)
    if len({post.rotation for post in found}) > 1:
        names = " and ".join(dict.fromkeys(post.rotation for post in found))
        raise Refused(f"'{whom}' is on call in {names} then", hint="say which one is meant with --rotation")
    return Target(found[0], whom, start, end)


def shift_asked(setting: Setting, whom: str | None, named: Named, search: Search) -> Target:
    """Return which shift is meant: that of the person named, or on a day that of whoever holds the role."""
    if whom is None:
        if named is None:
            raise WrongUsage(f"--shift {NEXT} does not say whose", hint="say --for PERSON, or a date")
        post = post_asked(setting, search)
        whom, search = _only(holders_on(setting, named, post), post), Search(*post)
        if whom is None:
            raise Refused(
                f"nobody is {post} on {named}", hint=f"say the time with --from and --to, for a gap of {post}"
            )
    return target(shift_of(setting, whom, named, search))


def cover(setting: Setting, asked: Asked, who: str, wanted: Target) -> Override:
    """Return the override that gives a time to ``who``; raise ``Refused`` with the reason why it may not be."""
    if who == wanted.whom:
        raise Refused(f"it is '{who}' who has this time", hint="name somebody else who covers")
    changes = handed(setting, wanted, who)
    made = declared(setting, asked, OverrideKind.COVER, wanted.post.rotation, changes, cover_words(who, wanted.whom))
    refuse_unfit(setting, wanted.post.rotation, made)
    return made


def leave_open(setting: Setting, asked: Asked, post: Post, start: Instant, end: Instant) -> Override:
    """Return the override that leaves a role to nobody on purpose."""
    changes = (change(post.role, start, end, ()),)
    made = declared(setting, asked, OverrideKind.NOBODY, post.rotation, changes, gap_words(post.role))
    refuse_unfit(setting, post.rotation, made)
    return made


def declared(
    setting: Setting, asked: Asked, kind: OverrideKind, rotation: str, changes: Sequence[Change], words: str
) -> Override:
    """Return a new override; who asks for it and gets time by it has agreed to it."""
    files = setting.files(rotation)
    if not changes:
        raise Refused("this would change nothing: nobody who is meant is on call then", hint="see 'oncall schedule'")
    name = override_id(words, changes[0].start, files.schedule.zone, [one.id for one in files.overrides])
    agreed = (asked.by,) if asked.by in receivers(changes) else ()
    return new_override(
        name,
        rotation,
        kind=kind,
        changes=tuple(changes),
        reason=asked.reason,
        requested_by=asked.by,
        agreed_by=agreed,
        created=setting.now,
    )


def post_asked(setting: Setting, search: Search) -> Post:
    """Return the role that is meant where nobody is named: the primary of the only rotation, if not said."""
    names = setting.chosen(search.rotation)
    if len(names) != 1:
        raise WrongUsage(
            f"it is not said in which rotation: there are {', '.join(names)}",
            hint="say --rotation, or whose time it is with --for PERSON",
        )
    post = Post(names[0], search.role or PRIMARY)
    known = setting.files(post.rotation).schedule.roles
    if post.role not in known:
        raise Refused(f"'{post.rotation}' has no role '{post.role}'", hint=f"there are: {', '.join(known)}")
    return post


def _only(people: Sequence[str], post: Post) -> str | None:
    """Return the only one of the people; raise ``Refused`` when there are several."""
    named = list(dict.fromkeys(people))
    if len(named) > 1:
        raise Refused(f"{' and '.join(named)} are {post} then", hint="say whose place it is with --for PERSON")
    return named[0] if named else None


def _not_on_call(setting: Setting, whom: str, start: Instant, end: Instant, search: Search) -> Refused:
    where = f" in '{search.rotation}'" if search.rotation else ""
    role = search.role or "on call"
    when = setting.said_span(start, end)
    return Refused(
        f"'{whom}' is not {role}{where} from {when}, so there is nothing to cover",
        hint=f"see 'oncall schedule --person {whom}'",
    )
