"""The answer that is kept for a question, if it still holds."""

from oncall_cli.cache import store
from oncall_cli.cache.grounds import Contents, Marks, hold
from oncall_cli.cache.question import Question
from oncall_cli.lasting import Lasting


def answered(asked: Question) -> tuple[str, int] | None:
    """Return the answer that is kept, as it reads now, and its exit code; None when there is none that still holds."""
    kept = store.read(asked.folder, asked.key)
    if kept is None:
        return None
    try:
        code, text, since, until, width, indent, odd, paths, marks, contents = kept
        if not since <= asked.now < until or not hold(asked.root, paths.split("\0"), marks, contents):
            return None
        answer = Lasting(text, since, until, width, indent)
        answer.odd = odd
        return answer.at(asked.now), code
    except (AttributeError, OSError, TypeError, ValueError):
        # no such root; and a program under development may keep other things under the same version
        return None


def keep(asked: Question, answer: Lasting, code: int, marks: Marks, contents: Contents) -> None:
    """Keep an answer; raise ``OSError`` when it cannot be kept."""
    said = (code, answer.text, answer.since, answer.until, answer.width, answer.indent, answer.odd)
    inside = f"{asked.root}/" if asked.root else ""
    paths = "\0".join([path.removeprefix(inside) for path in marks])
    store.write(asked.folder, asked.key, (*said, paths, [*marks.values()], contents))
