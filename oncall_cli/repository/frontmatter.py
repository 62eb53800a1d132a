"""Markdown with a head: YAML between two ``---`` lines, then the text."""

from __future__ import annotations

import re
from typing import NamedTuple

from oncall_cli.errors import Place, Problem
from oncall_cli.repository.limits import Malformed, decoded
from oncall_cli.repository.syntax import Tree, read_text

_FENCE = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)


class Markdown(NamedTuple):
    """A Markdown file: its head, and the text below it."""

    head: Tree
    body: str


def read_markdown(data: bytes, path: str) -> Markdown | list[Problem]:
    """Return the head and the text of a Markdown file; positions are counted in the whole file."""
    try:
        text = decoded(data, path)
        _before, head, after = split_head(text, path)
    except Malformed as wrong:
        return [wrong.problem]
    # the rest of the fence's line is read with the head, so that its lines count from the file's beginning
    tree = read_text(head, path)
    if not isinstance(tree, Tree):
        return tree
    _fence, _, body = after.partition("\n")
    return Markdown(tree._replace(canonical=False), body)


def split_head(text: str, path: str) -> tuple[str, str, str]:
    """Return the opening fence, the head from its line end on, and the closing fence with the rest."""
    opening = _FENCE.match(text)
    closing = _FENCE.search(text, opening.end() + 1) if opening else None
    if not opening or not closing:
        fault = "begins with '---' but the head is never closed" if opening else "has no head"
        hint = "begin the file with a line '---', then 'title: ...', then a line '---'"
        raise Malformed(Problem("E102", Place(path), f"the file {fault}", hint))
    return text[: opening.end()], text[opening.end() : closing.start()], text[closing.start() :]
