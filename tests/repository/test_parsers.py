"""The C parser and the Python parser read the same: a machine that has no wheel of the first misses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncall_cli.repository.limits import Malformed, decoded
from oncall_cli.repository.spans import _Spans, spans_of
from oncall_cli.repository.syntax import Tree, _judged, parsed_text
from tests.repository.corpus import CORPUS, BadFile

pytest.importorskip("_ruamel_yaml", reason="ruamel.yaml.clib is not installed")

ROOT = Path(__file__).parent.parent.parent
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("rotations/**/*.yaml"))]
SIGNS = [*" \t:-#'\"{}[],&*!|>%@`?\\/=~\n01é", "\n  ", "- ", ": ", " #", "---\n", "? ", "'' ", "|-\n", ">#", "<<: "]


def is_text(bad: BadFile) -> bool:
    """Tell whether a file reaches a parser at all."""
    try:
        decoded(bad.data(), "x.yaml")
    except Malformed:
        return False
    return bad.name.endswith(".yaml")


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """Return a piece of a real file with a few characters put in, taken out or replaced."""
    text = draw(st.sampled_from(TEXTS))
    start = draw(st.integers(0, len(text) - 1))
    text = text[start : start + draw(st.integers(20, 400))]
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(["", *SIGNS])) + text[at + draw(st.integers(0, 2)) :]
    return text


@given(spoilt())
def test_both_parsers_read_the_same(text: str) -> None:
    """The same data at the same places, or the same complaint."""
    assert parsed_text(text, "x.yaml") == _judged(text, "x.yaml", pure=True).said


@given(spoilt())
def test_both_parsers_find_the_same_places(text: str) -> None:
    """A value of a record is cut out at the same characters, whichever parser has found it."""
    tree = parsed_text(text, "x.yaml")
    if isinstance(tree, Tree) and isinstance(tree.data, dict):
        assert spans_of(text) == _Spans(text, pure=True).document()


@pytest.mark.parametrize("bad", list(filter(is_text, CORPUS)), ids=lambda bad: bad.name)
def test_both_parsers_judge_a_bad_file_the_same(bad: BadFile) -> None:
    """Accepted with the same data at the same places, or refused for the same reason, whatever it is made of."""
    data = bad.data()
    text = data.decode("utf-8")
    assert parsed_text(text, "x.yaml") == _judged(text, "x.yaml", pure=True).said


@pytest.mark.parametrize("kind", ["people/*", "*/rotation", "*/overrides/*"])
def test_what_who_reads_is_read_by_the_fast_one(kind: str) -> None:
    """The C parser takes the example team's files; a colon within braces would be for the Python one."""
    texts = [path.read_text(encoding="utf-8") for path in ROOT.glob(f"rotations/{kind}.yaml")]
    assert texts
    assert all(isinstance(_judged(text, "x.yaml", pure=False).said, Tree) for text in texts)
