"""One person's time in a role, or a part of it, goes to another: which changes of an override say that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from oncall_cli.errors import Refused
from oncall_cli.model.override import Change, Override
from oncall_cli.model.time import Instant
from oncall_cli.practice.new_override import change
from oncall_cli.practice.setting import Post, Setting, changes_with, hull
from oncall_cli.schedule.spans import difference, intersection, union


class Target(NamedTuple):
    """Whose time in which role is to go to somebody else; without ``whom`` it is a time that nobody has."""

    post: Post
    whom: str | None
    start: Instant
    end: Instant


def handed(setting: Setting, target: Target, who: str) -> tuple[Change, ...]:
    """Return the changes that give the target's time to ``who``; raise ``Refused`` when another override has it.

    What is left open on purpose stays open: the changes go around it.
    """
    post, whom, start, end = target
    touching = changes_with(setting.files(post.rotation).overrides, post.role, start, end)
    for override, one in touching:
        if one.people and (whom in one.people or _concerns(one, whom)):
            raise in_the_way(setting, override, one, target)
    closed = union((one.start, one.end) for _, one in touching if not one.people and _concerns(one, whom))
    rest = difference([(start, end)], closed)
    if whom is None:
        return tuple(change(post.role, *span, [who]) for span in rest)
    held = setting.spans(post, whom, start, end)
    parts = [intersection(held, [span]) for span in rest]
    return tuple(change(post.role, *hull(part), [who], whom) for part in parts if part)


def _concerns(one: Change, whom: str | None) -> bool:
    """Return whether a change says who has the time of somebody, or of nobody."""
    return whom is None or one.instead_of in (None, whom)


def in_the_way(setting: Setting, override: Override, one: Change, target: Target) -> Refused:
    """Return why a time cannot be changed that another override changes already."""
    when = setting.said_span(max(one.start, target.start), min(one.end, target.end))
    who = " and ".join(one.people) or "nobody"
    instead = f" instead of '{one.instead_of}'" if one.instead_of else ""
    return Refused(
        f"'{override.id}' says already who is {target.post} from {when}: {who}{instead}",
        f"ask for the time before or after it, or remove it: oncall override remove {override.id}",
    )


def receivers(changes: Iterable[Change]) -> tuple[str, ...]:
    """Return who gets time by the changes."""
    return tuple(dict.fromkeys(person for one in changes for person in one.people))
