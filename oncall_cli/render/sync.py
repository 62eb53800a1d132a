"""What became of sharing: what was pushed and received, what waits and why, and what contradicts what others did."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from oncall_cli.render.text import cut, one_line, visible, wrapped

if TYPE_CHECKING:
    from oncall_cli.repository.local_commits import LocalCommit
    from oncall_cli.repository.merge import Disagreement
    from oncall_cli.repository.replay import Aside, Dispute
    from oncall_cli.repository.sync import Synced

_MOST = 10
_SHORT = 8


def sync_text(done: Synced, width: int = 80) -> str:
    """Return what became of a sync, for a person."""
    parts = [
        _pushed(done, width),
        _received(done),
        _waiting(done, width),
        _renamed(done, width),
        _asides(done, width),
        _users(done, width),
        _blocked(done, width),
        _rewritten(done, width),
    ]
    lines = [line for part in parts for line in part]
    return "\n".join(lines or [f"Nothing to share: this branch and {visible(done.upstream)} are the same."])


def pushed_text(done: Synced, width: int = 80) -> str:
    """Return what became of ``--push``, after the change itself was told."""
    if done.fine and done.pushed:
        return "\n".join([f"Pushed to {visible(done.upstream)}.", *_renamed(done, width)])
    if done.aside:
        return "\n".join(["Saved.", *asides_text(done.aside, done.upstream, width)])
    if done.why:
        return "\n".join(wrapped(f"Saved, {waiting_words(done)}", width))
    return sync_text(done, width)


def waiting_words(done: Synced) -> str:
    """Return how much waits, and why."""
    return f"{_counted(len(done.waiting))} waiting: {one_line(done.why)}"


def _asides(done: Synced, width: int) -> list[str]:
    if not done.aside:
        return []
    lines = asides_text(done.aside, done.upstream, width)
    return ["Nothing is written. When it is:", *lines] if done.dry_run else lines


def asides_text(asides: Sequence[Aside], upstream: str, width: int = 80) -> list[str]:
    """Return what contradicts what others did: the file, the field, both values, both people, what to do."""
    are = "is" if len(asides) == 1 else "are"
    lines = [f"{_counted(len(asides))} {are} set aside, contradicting what is in {visible(upstream)}:"]
    for aside in asides:
        commit = aside.commit
        lines += ["", *_subjects([commit], width)]
        for dispute in aside.disputes:
            lines += _dispute(dispute, commit, width)
        lines += wrapped(
            f"The files say theirs. To keep yours, make the change again, or 'git cherry-pick {commit.sha[:_SHORT]}';"
            f" then, or to let it be: oncall sync --drop {(commit.mark or '')[:_SHORT]}",
            width,
            indent="    ",
            first="    ",
        )
    return lines


def _dispute(dispute: Dispute, commit: LocalCommit, width: int) -> list[str]:
    about = dispute.about
    field = ".".join(str(key) for key in about.field)
    where = f"{dispute.path}{f': {field}' if field else ''}"
    lines = wrapped(visible(where), width, indent="      ", first="    ")
    if about.why:
        lines += wrapped(one_line(f"{about.why}; upstream: {dispute.other}"), width, indent="      ", first="      ")
    if field:
        names = [f"yours ({one_line(commit.who.author)})", f"theirs ({one_line(dispute.other)})"]
        wide = max(len(name) for name in names)
        for name, said in zip(names, (about.ours, about.theirs), strict=True):
            lines.append(cut(f"      {name:{wide}}  {value_text(said)}", width))
    return lines


def disagreement_text(path: str, about: Disagreement) -> str:
    """Return one disagreement in one line, as git's own talk of a merge is."""
    field = ".".join(str(key) for key in about.field)
    said = about.why or f"ours is '{value_text(about.ours)}', theirs is '{value_text(about.theirs)}'"
    return visible(f"oncall: {path}: {f'{field}: ' if field else ''}{said}")


def value_text(said: Any) -> str:
    """Return what a field says, on one line."""
    if isinstance(said, str):
        return one_line(said)
    if isinstance(said, list) and all(isinstance(item, str) for item in said):
        return one_line(", ".join(said)) or "(an empty list)"
    if isinstance(said, (list, dict)):
        return one_line(json.dumps(said, ensure_ascii=False))
    return "(nothing)"


def _pushed(done: Synced, width: int) -> list[str]:
    if done.dry_run:
        head = f"Would push {_counted(len(done.waiting))} to {visible(done.upstream)}:"
        return [head, *_subjects(done.waiting, width)] if done.waiting else []
    if not done.pushed:
        return []
    return [f"Pushed {_counted(len(done.pushed))} to {visible(done.upstream)}:", *_subjects(done.pushed, width)]


def _received(done: Synced) -> list[str]:
    if not done.received:
        return []
    verb = "Would receive" if done.dry_run else "Received"
    if done.behind:
        return [f"{visible(done.upstream)} has {_counted(done.received)} that this branch has not."]
    return [f"{verb} {_counted(done.received)} from {visible(done.upstream)}."]


def _waiting(done: Synced, width: int) -> list[str]:
    if done.dry_run or not done.why:
        return []
    if not done.waiting:
        return wrapped(f"Nothing waits to be pushed; {one_line(done.why)}.", width)
    return [*wrapped(f"Saved, {waiting_words(done)}.", width), *_subjects(done.waiting, width)]


def _renamed(done: Synced, width: int) -> list[str]:
    """Tell of records of one name that two people made: both are there."""
    told = [f"Somebody else has made '{visible(old)}' too: yours is '{visible(new)}' now." for old, new in done.renamed]
    return [line for text in told for line in wrapped(text, width)]


def _users(done: Synced, width: int) -> list[str]:
    if not done.users:
        return []
    own = f"{_counted(len(done.users))} of your own, not made by oncall, "
    if not done.behind:
        return [
            *wrapped(f"{own}stay{_s(done.users)} here; 'git push' shares them:", width),
            *_subjects(done.users, width),
        ]
    if done.stays or done.blocked:
        return []
    text = (
        f"{own}keep{_s(done.users)} this branch where it is. 'oncall sync --rebase' puts your own on top of"
        f" {done.upstream} without pushing them, as 'git pull --rebase' does:"
    )
    return [*wrapped(text, width), *_subjects(done.users, width)]


def _s(things: Sequence[object]) -> str:
    return "s" if len(things) == 1 else ""


def _blocked(done: Synced, width: int) -> list[str]:
    if done.stays:
        return wrapped(f"This branch stays where it is: {one_line(done.stays)}. Then 'oncall sync' again.", width)
    if not done.blocked:
        return []
    named = ", ".join(f"'{visible(path)}'" for path in done.blocked[:_MOST])
    text = (
        f"This branch stays where it is, because others changed what you have edited: {named}."
        " Commit that ('oncall commit FILE') or take it back, then 'oncall sync' again."
    )
    return wrapped(text, width)


def _rewritten(done: Synced, width: int) -> list[str]:
    if not done.before:
        return []
    text = f"{done.upstream} was rewritten by somebody. Your branch as it was is kept as '{done.before}'."
    return wrapped(text, width)


def _subjects(found: Iterable[LocalCommit], width: int) -> list[str]:
    lines = [cut(f"  {one.sha[:_SHORT]}  {one_line(one.subject)}", width) for one in found]
    more = [f"  and {len(lines) - _MOST} more"] if len(lines) > _MOST else []
    return [*lines[:_MOST], *more]


def _counted(number: int) -> str:
    return f"{number} commit{'' if number == 1 else 's'}"


def sync_data(done: Synced) -> dict[str, Any]:
    """Return the same for a script."""
    return {
        "upstream": done.upstream,
        "pushed": [_commit(one) for one in done.pushed],
        "waiting": [_commit(one) for one in done.waiting],
        "why": done.why or None,
        "received": done.received,
        "renamed": dict(done.renamed),
        "aside": [aside_data(one) for one in done.aside],
        "yours": [_commit(one) for one in done.users],
        "behind": done.behind,
        "blocked": list(done.blocked),
        "stays": done.stays or None,
        "before": done.before or None,
    }


def aside_data(aside: Aside) -> dict[str, Any]:
    """Return a commit that was set aside, and what it disagrees about, for a script."""
    author = aside.commit.who.author
    disputes = [_dispute_data(one, author) for one in aside.disputes]
    return {**_commit(aside.commit), "mark": aside.commit.mark, "author": author, "disputes": disputes}


def _dispute_data(dispute: Dispute, author: str) -> dict[str, Any]:
    about = dispute.about
    values = [said if isinstance(said, (str, list, dict)) else None for said in (about.ours, about.theirs)]
    return {
        "path": dispute.path,
        "field": ".".join(str(key) for key in about.field) or None,
        "ours": values[0],
        "theirs": values[1],
        "ours_by": author,
        "theirs_by": dispute.other,
        "why": about.why or None,
    }


def _commit(one: LocalCommit) -> dict[str, Any]:
    return {"commit": one.sha, "subject": one.subject}
