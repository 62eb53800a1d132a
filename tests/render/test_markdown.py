"""Data in Markdown is text, whatever it holds."""

from __future__ import annotations

import pytest

from oncall_cli.render.markdown import markdown, markdown_line, markdown_lines


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("*bold* _it_ `code`", r"\*bold\* \_it\_ \`code\`"),
        ("<script> [x](y)", r"\<script\> \[x\](y)"),
        ("https://x.example.com/a_b?c=1&d=2#e", "https://x.example.com/a_b?c=1&d=2#e"),
        ("&lt; ~~gone~~", r"\&lt; \~\~gone\~\~"),
        ("two\nlines \x1b[31m", r"two lines \\x1b\[31m"),
        ("#12", "#12"),
        ("__bold__ a_b__ ~gone~", r"\_\_bold\_\_ a_b\_\_ \~gone\~"),
        ("| a | b |", r"\| a \| b \|"),
        ("https://x.example.com/~ana/", "https://x.example.com/~ana/"),
    ],
)
def test_markup_is_escaped_and_addresses_stay_whole(said: str, written: str) -> None:
    assert markdown(said) == written


@pytest.mark.parametrize(
    ("said", "written"), [("# x", r"\# x"), ("- x", r"\- x"), ("12. x", r"12\. x"), ("12 x", "12 x"), ("+1", r"\+1")]
)
def test_what_would_begin_a_heading_or_a_list_does_not(said: str, written: str) -> None:
    assert markdown_line(said) == written


def test_items_of_a_list_stay_items() -> None:
    assert markdown_lines("One *page*.\n- # first\n") == [r"One \*page\*.", r"- \# first"]
