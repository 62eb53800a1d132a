"""The comments in which a team says what ``oncall check`` is to leave be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from oncall_cli.checks.ignores import Ignore
from oncall_cli.errors import Place
from oncall_cli.repository.frontmatter import split_head
from oncall_cli.repository.limits import Malformed
from oncall_cli.repository.syntax import Tree, read_text

_SIGN = b"oncall: ignore"
# At most one a line, whose reason takes the rest of it: what is long is read once.
_COMMENT = re.compile(
    r"(?:^|(?<=[ \t]))(?P<sign>#|<!--)[ \t]?oncall: ignore(?:\[(?P<codes>[A-Za-z0-9, ]{0,200})\])?(?P<reason>[^\r\n]*)",
    re.MULTILINE,
)
_CODE = re.compile(r"[A-Za-z0-9]+")
# Each question parses the file anew.
_MOST_ASKED = 50


def ignores(contents: Mapping[str, bytes]) -> list[Ignore]:
    """Return every comment that hides a finding, in the files with these contents."""
    return [
        found
        for path, data in sorted(contents.items())
        if _SIGN in data
        for found in _in_text(path, data.decode("utf-8", "replace"))
    ]


def _in_text(path: str, text: str) -> Iterator[Ignore]:
    lines = text.split("\n")
    for found in _comments(path, text):
        number = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        codes = tuple(_CODE.findall(found["codes"] or ""))
        reason = found["reason"].removesuffix("-->").strip(" \t:-")
        alone = not lines[number - 1][: column - 1].strip()
        yield Ignore(Place(path, number, column), codes, reason, _below(lines, number) if alone else number)


def _below(lines: list[str], number: int) -> int:
    """Return the line that a comment on a line of its own is written above: the next that says something."""
    for later in range(number, len(lines)):
        said = lines[later].strip()
        if said and not said.startswith(("#", "<!--")):
            return later + 1
    return number


def _comments(path: str, text: str) -> list[re.Match[str]]:
    """Return those that are comments, without which the file says the same; in a quoted text they would be said."""
    begin, end = _yaml_of(path, text)
    found = list(_COMMENT.finditer(text))
    inside = [each for each in found if begin <= each.start() < end and each["sign"] == "#"]
    outside = [each for each in found if each.start() >= end and each["sign"] == "<!--"]
    if not _says_the_same(path, text[begin:end], inside, begin):
        inside = [each for each in inside[:_MOST_ASKED] if _says_the_same(path, text[begin:end], [each], begin)]
    return inside + outside


def _yaml_of(path: str, text: str) -> tuple[int, int]:
    """Return where the part of a file that is YAML begins and ends."""
    if not path.endswith(".md"):
        return 0, len(text)
    try:
        before, head, _ = split_head(text, path)
    except Malformed:
        return 0, 0
    return len(before), len(before) + len(head)


def _says_the_same(path: str, text: str, comments: Sequence[re.Match[str]], begin: int) -> bool:
    without = text
    for each in reversed(comments):
        without = without[: each.start() - begin] + without[each.end() - begin :]
    one, other = read_text(text, path), read_text(without, path)
    # what cannot be read has no findings that could be ignored
    return not isinstance(one, Tree) or (isinstance(other, Tree) and one.data == other.data)
