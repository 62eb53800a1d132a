"""The canonical form of a record's file: the same words in the same order, laid out in one way.

LF line endings, one at the end; two blanks of indentation, for the items of a list as well; no blanks at the end
of a line; clock times in quotes; one spelling of nothing; ``[a, b]`` and ``{a: b}`` on a line are spaced so.
Comments, blank lines, other quotes, the order of keys, and the text of a Markdown file are the author's.
"""

from __future__ import annotations

from oncall_cli.errors import Place, Refused, Unreadable
from oncall_cli.repository.arrange import Unusual, arranged
from oncall_cli.repository.frontmatter import split_head
from oncall_cli.repository.limits import Malformed, decoded
from oncall_cli.repository.syntax import Tree, read_text


def canonical(path: str, data: bytes) -> bytes:
    """Return the file in canonical form; refuse where it would then say something else."""
    before, head, after = _parts(path, data)
    new = _canonical_head(head, path)
    return "".join((before.rstrip(" \t"), new, _clean_fence(after))).encode()


def is_canonical(path: str, data: bytes) -> bool:
    """Tell whether ``canonical`` has nothing to do, or cannot; the file has been read without a problem."""
    before, head, after = _parts(path, data)
    try:
        if "".join((before.rstrip(" \t"), arranged(head), _clean_fence(after))).encode() == data:
            return True
        # rare, and slower: a difference that cannot be mended is none to complain of
        return canonical(path, data) == data
    except (Unusual, Refused):
        return True


def _parts(path: str, data: bytes) -> tuple[str, str, str]:
    """Return what stands before the YAML of a file, the YAML, and what comes after it."""
    try:
        text = decoded(data, path).replace("\r\n", "\n")
        return split_head(text, path) if path.endswith(".md") else ("", text, "")
    except Malformed as wrong:
        raise Unreadable.of(wrong.problem) from None


def _canonical_head(text: str, path: str) -> str:
    read = read_text(text, path)
    if not isinstance(read, Tree):
        raise Unreadable.of(read[0])
    try:
        new = arranged(text)
    except Unusual:
        raise _refusal(path) from None
    if new != text:
        again = read_text(new, path)
        if not isinstance(again, Tree) or again.data != read.data:
            raise _refusal(path)
    return new


def _refusal(path: str) -> Refused:
    message = f"'{path}' cannot be put into canonical form without changing what it says"
    return Refused(message, "lay it out by hand: two blanks of indentation, '- ' before each item", Place(path))


def _clean_fence(after: str) -> str:
    fence, newline, body = after.partition("\n")
    return fence.rstrip(" \t") + newline + body
