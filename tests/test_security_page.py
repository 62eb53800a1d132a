"""The threat model names the tests that hold it; they exist, under the names that it gives."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / ".github" / "SECURITY.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)))


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_a_promise_is_held_by_a_test(path: str, name: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert not name or name in functions


def test_every_promise_names_its_test() -> None:
    """A bullet of what a writer cannot do, without a test, is a hope."""
    section = PAGE.partition("cannot do to its readers\n")[2].partition("\n## ")[0]
    bullets = section.split("\n- ")[1:]
    assert len(bullets) >= 8
    assert all("`tests/" in bullet for bullet in bullets)
