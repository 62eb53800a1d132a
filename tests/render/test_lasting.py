"""Sentences are folded, and distances told, the same whoever does it: with what was kept, or anew."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from oncall_cli.cache.question import _now
from oncall_cli.lasting import distance, sentence, told_as_distance
from oncall_cli.model.time import Instant, format_instant
from oncall_cli.render.text import lasting, width_of, wrapped

WORDS = some.lists(some.text("ab-é漢字\u0301 ,", min_size=1, max_size=9), max_size=12).map(" ".join)
LAST_NOW = 221_845_392_000
INSTANTS = some.integers(0, 4_000_000_000)


def word_by_word(text: str, width: int, indent: str, first: str) -> list[str]:
    """Fold in the slow and obvious way."""
    lines, line = [], first
    begun = False
    for word in text.split():
        longer = f"{line} {word}" if begun else line + word
        if begun and width_of(longer) > width:
            lines.append(line)
            line = indent + word
        else:
            line, begun = longer, True
    return [*lines, line]


@given(WORDS, some.integers(0, 40), some.sampled_from(["", "  ", "      "]), some.sampled_from(["", "- ", "漢: "]))
def test_words_are_folded_as_one_by_one(text: str, width: int, indent: str, first: str) -> None:
    assert wrapped(text, width, indent, first) == word_by_word(text, width, indent, first)


@given(WORDS, WORDS, INSTANTS, INSTANTS, some.integers(20, 60))
def test_a_sentence_reads_as_if_written_now(before: str, after: str, instant: int, now: int, width: int) -> None:
    """Wherever the distance stands, and however long it has become."""
    kept = lasting(
        [f"head\n{sentence(f'{before} {told_as_distance(instant)} {after}')}", "tail"], now, now, width, "  "
    )
    written = f"{before} {distance(instant, now)} {after}"
    assert kept.at(now) == "\n".join(["head", *word_by_word(written, width, "  ", "  "), "tail"])


@given(some.integers(0, LAST_NOW - 1))
def test_the_side_door_reads_a_time_as_the_door_does(seconds: int) -> None:
    assert _now(format_instant(Instant(seconds))) == seconds


@pytest.mark.parametrize(
    "said",
    [
        *("2026-02-30T00:00:00Z", "2026-11-24T24:00:00Z", "2026-11-24 14:00:00Z", "2026-11-24T14:00:00+01:00", "now"),
        *("2026-1-24T14:00:000Z", "+026-11-24T14:00:00Z", "9000-01-01T00:00:00Z", "20261124T140000.0000Z", "9" * 20),
    ],
)
def test_it_leaves_what_is_written_otherwise_to_the_door(said: str) -> None:
    assert _now(said) is None
