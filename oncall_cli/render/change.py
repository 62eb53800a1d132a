"""What a command has changed: which files, in which commit, and how to undo it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from oncall_cli.render.text import one_line, visible

if TYPE_CHECKING:
    from oncall_cli.repository.commit import Committed


def change_text(made: Committed) -> str:
    """Return what was changed, for a person."""
    paths = "\n".join(f"  {visible(path)}" for path in made.paths)
    return f"Commit {made.sha_short}, {made.subject}:\n{paths}\nUndo: oncall undo"


def mended_text(subject: str) -> str:
    """Return that a commit was finished which an earlier command had begun when it died."""
    return f"An interrupted command had begun a commit; it is finished: {one_line(subject)}"


def plan_text(planned: Committed, diff: str) -> str:
    """Return what would be changed: the message of the commit, and the diff."""
    return f"Nothing is written. The commit would say: {planned.subject}\n\n{visible(diff).rstrip()}"


def change_data(made: Committed, diff: str) -> dict[str, Any]:
    """Return what was changed, for a script."""
    data: dict[str, Any] = {"commit": made.sha_short or None, "subject": made.subject, "paths": list(made.paths)}
    return {**data, "diff": diff} if diff else data
