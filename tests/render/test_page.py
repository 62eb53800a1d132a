"""The frame of every page: what a browser may do with it, and that data stays data."""

from __future__ import annotations

import base64
import hashlib
import re

from oncall_cli.render.page import markdown_page, page, wide

EVIL = "</title><script>alert(1)</script>\x1b[31m"


def test_a_browser_may_use_no_style_but_the_one_it_has_and_load_nothing() -> None:
    made = page("Now", "<p>Alice</p>", "p { color: red; }")
    style = made.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', made)
    assert policy == [f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"]
    assert style.endswith("p { color: red; }")


def test_a_title_is_text() -> None:
    made = page(EVIL, "<p>Alice</p>")
    assert "<script>" not in made
    assert made.count("</title>") == 1
    assert "\x1b" not in made


def test_markdown_lets_no_markup_in_and_loads_no_picture() -> None:
    made = markdown_page("x", [f"# {EVIL}", "![seen](https://example.com/a.png) [x](javascript:alert(1))"])
    assert not re.search(r"<(script|img)|href=\"javascript", made)


def test_a_table_scrolls_by_keyboard() -> None:
    made = markdown_page("x", ["| a | b |\n|---|---|\n| 1 | 2 |\n"])
    assert re.search(r'<div class="wide" role="group" aria-label="Table" tabindex="0">\s*<table>', made)
    assert 'aria-label="&lt;b&gt;"' in wide("<table></table>", "<b>")
