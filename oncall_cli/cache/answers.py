"""The answer that is kept for a question, if it still holds."""

import os

from oncall_cli.cache import store
from oncall_cli.cache.grounds import Contents, Marks, hold
from oncall_cli.cache.question import Question
from oncall_cli.lasting import Flow, Lasting

# Not from `typing`, which alone takes longer to load than an answer may.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FOLDER = "answers"


def folder_of(asked: Question) -> str:
    """Return the folder in which the answers about a repository are kept."""
    return os.path.join(asked.place.folder, FOLDER)


def answered(asked: Question) -> tuple[str, int] | None:
    """Return the answer that is kept, as it reads now, and its exit code; None when there is none that still holds."""
    kept = store.read(folder_of(asked), asked.key)
    if kept is None:
        return None
    try:
        since, until, code, parts, marks, contents = kept
        if not since <= asked.now < until or not hold(marks, contents):
            return None
        return Lasting(_unpacked(parts), since, until).at(asked.now), code
    except (AttributeError, TypeError, ValueError):
        # a program under development may keep other things under the same version
        return None


def keep(asked: Question, answer: Lasting, code: int, marks: Marks, contents: Contents) -> None:
    """Keep an answer; raise ``OSError`` when it cannot be kept."""
    kept = (answer.since, answer.until, code, _packed(answer.parts), marks, contents)
    store.write(folder_of(asked), asked.key, kept)


def _packed(parts: list[str | Flow]) -> tuple[object, ...]:
    """Return the parts of an answer as plain values."""
    return tuple(one if isinstance(one, str) else (one.said, one.width, one.indent, one.odd) for one in parts)


def _unpacked(parts: "tuple[Any, ...]") -> list[str | Flow]:
    return [one if isinstance(one, str) else Flow(*one) for one in parts]
