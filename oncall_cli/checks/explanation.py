"""What a rule means, for somebody who has just met it: why it is there, a wrong example and a right one.

The texts stand in ``explained/``, a Markdown file for each code, and are read when somebody asks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

# The files of an example by path, None for one that is deleted.
Example = Mapping[str, str | None]

_HEAD = re.compile(r"^## (Before|Wrong|Right)\n", re.MULTILINE)
_FILE = re.compile(r"^`([^`\n]+)`(?: is deleted\.$|\n\n```[a-z]+\n(.*?)^```$)", re.MULTILINE | re.DOTALL)


class Explanation(NamedTuple):
    """Why a rule is there, and examples.

    ``before`` is what the files were at the base, for a rule that compares.
    """

    text: str
    before: Example
    wrong: Example
    right: Example


def explanation(text: str) -> Explanation:
    """Return what a file of ``explained/`` says."""
    why, *rest = _HEAD.split(text)
    parts = {head: _example(said) for head, said in zip(rest[::2], rest[1::2], strict=True)}
    return Explanation(why.strip(), parts.get("Before", {}), parts["Wrong"], parts["Right"])


def _example(text: str) -> Example:
    return {found[1]: found[2] for found in _FILE.finditer(text)}
