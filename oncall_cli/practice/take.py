"""Taking over now: whoever takes a role has it until the end of the present stretch."""

from __future__ import annotations

from oncall_cli.errors import Refused
from oncall_cli.model.override import Change, Override, OverrideKind
from oncall_cli.practice.cover import Asked, declared
from oncall_cli.practice.fit import refuse_unfit
from oncall_cli.practice.new_override import change, cover_words, gap_words
from oncall_cli.practice.setting import Post, Setting
from oncall_cli.practice.start import cover_for
from oncall_cli.schedule.shift import People


def take(setting: Setting, asked: Asked, post: Post) -> list[Override]:
    """Return the overrides by which who asks takes over; they win over whatever put the others there.

    Whoever leaves another role of the rotation for it leaves that one to nobody, and the second override says so.
    """
    state = setting.state(post.rotation)
    holding = state.schedule.at(post.role, setting.now)
    _refuse_taken(asked.by, post, holding.people)
    taken = _until_called(setting, asked.by, post, cover_for(state, asked.by, setting.now, post.role))
    left = _left(setting, asked, post, taken)
    after = setting.with_override(post.rotation, left) if left else setting
    words = cover_words(asked.by, holding.people[0] if holding.people else None)
    made = declared(after, asked, OverrideKind.COVER, post.rotation, [taken], words)
    refuse_unfit(after, post.rotation, made, wins=True)
    return [made, left] if left else [made]


def _until_called(setting: Setting, who: str, post: Post, taken: Change) -> Change:
    """Return the change cut where a shift of theirs in another rotation begins: it must not keep them from helping."""
    others = setting.stood(who, taken.start, taken.end).items()
    begins = [spans[0][0] for other, spans in others if other.rotation != post.rotation and spans[0][0] > taken.start]
    return taken.model_copy(update={"end": min([taken.end, *begins])})


def _refuse_taken(who: str, post: Post, people: People) -> None:
    """Refuse to take what is one's own, or what several stand together."""
    if who in people:
        raise Refused(f"'{who}' is {post} already", hint="report for duty with 'oncall start'")
    if len(people) > 1:
        raise Refused(
            f"{' and '.join(people)} are {post} together",
            hint=f'say whose place you take: oncall cover --for {people[0]} --from now --to "TIME"',
        )


def _left(setting: Setting, asked: Asked, post: Post, taken: Change) -> Override | None:
    """Return the override that leaves the other roles to nobody that who takes over has in the rotation."""
    changes = [
        change(other.role, start, end, (), asked.by)
        for other, spans in setting.stood(asked.by, taken.start, taken.end).items()
        if other.rotation == post.rotation
        for start, end in spans
    ]
    if not changes:
        return None
    because = asked._replace(reason=f"{asked.by} takes over as {post.role}")
    return declared(setting, because, OverrideKind.NOBODY, post.rotation, changes, gap_words(changes[0].role))
