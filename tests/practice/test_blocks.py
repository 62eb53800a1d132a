"""What people wrote into a document is never overwritten, whatever they did to it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from oncall_cli.practice.blocks import blocks, renewed, signed

TEMPLATE = (
    "# It broke\n\n<!-- oncall:facts -->\n{facts}<!-- oncall:end facts -->\n\n## Why\n\n_Say why._\n\n"
    "<!-- oncall:timeline -->\n{timeline}<!-- oncall:end timeline -->\n\n## Lessons\n"
)
LINE = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r"), max_size=30)
CONTENT = LINE.map(lambda line: f"- {line.replace(chr(10), ' ').replace('<!--', '')}\n")
# What somebody does in an editor, often in the middle of a marker.
SCRAPS = st.one_of(
    LINE,
    st.sampled_from(
        ["<!-- oncall:facts -->\n", "<!-- oncall:end facts -->\n", "<!-- oncall:end timeline -->\n", "-->", "\n"]
    ),
    st.sampled_from(["<!-- oncall:facts 0123456789abcdef -->\n", "<!-- oncall:", "\r\n", "<!-- oncall:end end -->\n"]),
)
EDITS = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 60), SCRAPS), max_size=5)


def document(facts: str, timeline: str) -> str:
    return signed(TEMPLATE.format(facts=facts, timeline=timeline))


def edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    for place, length, scrap in edits:
        start = min(place, len(text))
        text = text[:start] + scrap + text[start + length :]
    return text


def without_untouched(text: str) -> str:
    """The slow and obvious reading of the promise: the document with every untouched part cut out."""
    left = text
    for block in blocks(text):
        if block.is_untouched:
            left = left.replace(text[block.opened : block.end], f"[{block.name}]", 1)
    return left


@given(CONTENT, CONTENT, EDITS, CONTENT, CONTENT)
def test_only_untouched_parts_change(
    facts: str, timeline: str, edits: list[tuple[int, int, str]], new_facts: str, new_timeline: str
) -> None:
    """However a document was edited, all that is not byte for byte as it was written stays."""
    before = edited(document(facts, timeline), edits)
    after = renewed(before, {"facts": new_facts, "timeline": new_timeline})
    assert without_untouched(after.text) == without_untouched(before)
    for block in blocks(before):
        if block.name in ("facts", "timeline") and block.is_untouched:
            fresh = {"facts": new_facts, "timeline": new_timeline}[block.name]
            assert fresh.replace("\n", block.ending) in after.text
        else:
            assert block.content in after.text
    assert renewed(after.text, {"facts": new_facts, "timeline": new_timeline}).text == after.text


@given(CONTENT, CONTENT, CONTENT)
def test_what_nobody_touched_is_as_if_written_anew(facts: str, timeline: str, other: str) -> None:
    """A document without edits becomes what the template would write now."""
    assert renewed(document(facts, timeline), {"facts": other, "timeline": timeline}).text == document(other, timeline)


def test_a_changed_part_stays_and_is_named() -> None:
    """Somebody put a line into the timeline: it is theirs from now on; the facts are renewed."""
    mine = document("- a\n", "- one\n").replace("- one\n", "- one\n- what I remember\n")
    after = renewed(mine, {"facts": "- b\n", "timeline": "- one\n- two\n"})
    assert (after.renewed, after.kept) == (("facts",), ("timeline",))
    assert "- one\n- what I remember\n" in after.text
    assert "- two" not in after.text
    assert "- b\n" in after.text


def test_other_line_endings_are_no_change() -> None:
    """Where git checks files out with other line endings, a part is still renewed, in these endings."""
    windows = document("- a\n", "- one\n").replace("\n", "\r\n")
    after = renewed(windows, {"facts": "- b\n", "timeline": "- one\n"})
    assert after.text == document("- b\n", "- one\n").replace("\n", "\r\n")


def test_broken_markers_mark_nothing() -> None:
    """A marker without its end, one that stands twice, one inside another: the text is somebody's."""
    whole = document("- a\n", "- one\n")
    opening = re.search(r"<!-- oncall:facts \w+ -->\n", whole)
    assert opening
    for text in (
        whole.replace("<!-- oncall:end facts -->", ""),
        whole + f"{opening[0]}- a\n<!-- oncall:end facts -->\n",
        whole.replace("- a\n", f"{opening[0]}- a\n"),
    ):
        after = renewed(text, {"facts": "- b\n"})
        assert "- b\n" not in after.text or after.text.count("- a\n") == text.count("- a\n") - 1
        assert after.text.count("\n") == text.count("\n")
