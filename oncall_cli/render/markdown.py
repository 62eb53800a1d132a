"""The one way for data to get into Markdown: what would be markup is escaped."""

from __future__ import annotations

import re

from oncall_cli.render.text import one_line

# An underscore inside a word is no markup, and most of them stand in addresses, which an escape would break.
# So is a tilde after a slash, the home of somebody; elsewhere one is enough for GitHub to strike text out.
_INLINE = re.compile(r"[\\`*\[\]<>|]|(?<!\w)_+|_+(?!\w)|(?<!/)~|&(?=#?\w+;)")
_AT_START = re.compile(r"^(?:[#+=-]|:(?=-)|\d+(?=[.)]))")
_WATCHED = re.compile(r"(?<=@)(?=\w)|(?<=#)(?=\d)|(?<=\bGH-)(?=\d)", re.IGNORECASE)


def markdown(text: str) -> str:
    """Return text for the middle of a line, none of which is markup."""
    return _INLINE.sub(lambda found: "".join(f"\\{sign}" for sign in found[0]), one_line(text))


def markdown_line(text: str) -> str:
    """Return text that begins a line or an item of a list, none of which is markup."""
    return _AT_START.sub(_at_start, markdown(text))


def markdown_shared(text: str, *, begins: bool = False) -> str:
    """Return text for a comment at a git host: none of it is markup, calls an account or names an issue.

    The host looks for ``@name`` and ``#1`` in what escapes have become, so an invisible space parts them.
    """
    escaped = markdown_line(text) if begins else markdown(text)
    return _WATCHED.sub("\u200b", escaped)


def markdown_lines(text: str) -> list[str]:
    """Return text of several lines; lines that begin with ``- `` stay items of a list."""
    return [_item(line) for line in text.strip("\n").split("\n")]


def _item(line: str) -> str:
    return f"- {markdown_line(line[2:])}" if line.startswith("- ") else markdown_line(line)


def _at_start(found: re.Match[str]) -> str:
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"
