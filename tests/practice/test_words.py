"""What of a pasted alert says something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncall_cli.practice.words import stem, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Disk usage 95% on osd-7", ["disk", "usage", "osd"]),
        ("disk_usage{host='osd-12', pct=91.5}", ["disk", "usage", "osd", "pct"]),
        ("HTTP 503 from web01.eu-west-2.example.com", ["5xx", "web", "eu", "west", "example"]),
        ("KubePodCrashLooping api-7d9f8b6c5-x2x4z", ["kube", "pod", "crash", "looping", "api"]),
        ("commit 3f2a9c1d at 2026-11-20T08:15:00Z", ["commit"]),
        ("10.2.3.4:9100 refused, trace 123e4567-e89b-12d3-a456-426614174000", ["refused", "trace"]),
        ("\x1b[31mqueue\x1b[0m depth 5012 \x1b]0;title\x07", ["queue", "depth"]),
        ("latency p99 2.5 s", ["latency", "p99"]),
        ("/var/spool/labels/8841/out.pdf", ["var", "spool", "labels", "pdf"]),
    ],
)
def test_what_varies_is_left_out(text: str, words: list[str]) -> None:
    """Numbers, hosts' numbers, hashes, ids, addresses, times and percentages are not words."""
    assert list(words_of(text)) == words


@given(st.text(max_size=300))
def test_any_text_has_words_in_lower_case(text: str) -> None:
    """Whatever is pasted, words come out that say something."""
    assert all(word and word == word.lower() and not word.isdigit() for word in words_of(text))


def test_the_forms_of_a_word_are_one() -> None:
    """A runbook says 'refuses writes' and an alert 'writing refused'."""
    for forms in (["refuses", "refused", "refuse"], ["write", "writes", "writing"], ["pull", "pulls", "pulled"]):
        assert len({stem(form) for form in forms}) == 1, forms
    for forms in (["query", "queries"], ["stop", "stopped", "stops"], ["certificate", "certificates"]):
        assert len({stem(form) for form in forms}) == 1, forms
    assert stem("dns") == "dns"
    assert stem("status") == "status"
