"""What taking a commit back says: the subject of the new commit, the answer, and why it is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from oncall_cli.model.time import Instant, format_instant
from oncall_cli.render.commits import SHORT, author_of, minute_of
from oncall_cli.render.text import one_line, wrapped

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.render.times import Times
    from oncall_cli.repository.history import Commit

_UNDONE = re.compile(r'(Undo|Redo) "(.*)"')
_MOST = 3

People = Mapping[str, "Person"]


def undo_subject(subject: str) -> str:
    """Return ``Undo "..."``; taking that back is ``Redo "..."``, and so on to and fro."""
    if undone := _UNDONE.fullmatch(subject):
        return f'{"Redo" if undone[1] == "Undo" else "Undo"} "{undone[2]}"'
    return f'Undo "{subject}"'


def undo_body(commit: Commit, people: People) -> str:
    """Return the sentence that names the commit which is taken back, the same on every machine."""
    when = format_instant(Instant(commit.committed))
    return f"This takes back commit {commit.sha}\nby {author_of(commit, people)}, {when}."


def undo_text(commit: Commit, people: People, times: Times, width: int) -> str:
    """Return what was taken back, for a person."""
    return "\n".join(wrapped(f"Taken back: {commit_words(commit, people, times)}", width, indent="  "))


def commit_words(commit: Commit, people: People, times: Times) -> str:
    """Return ``commit a1b2c3d4e of Bob, Tue 17 Nov 09:12: bob covers for alice``."""
    when = times.at(minute_of(commit.committed))
    return f"commit {commit.sha[:SHORT]} of {author_of(commit, people)}, {when}: {one_line(commit.subject)}"


def built_upon_text(later: Sequence[Commit], people: People, times: Times) -> str:
    """Return who built upon a commit, the last first."""
    more = f"; and {len(later) - _MOST} more" if len(later) > _MOST else ""
    return "; ".join(commit_words(commit, people, times) for commit in later[:_MOST]) + more
