"""The frame of every page of HTML: it stands alone, runs nothing, and looks the same by day, by night and on paper."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from html import escape

from oncall_cli.render.text import one_line

STYLE = """
:root { color-scheme: light dark; --ink: #1d2024; --paper: #fff; --quiet: #59616b; --line: #d8dce2; --shade: #f3f4f7;
  --link: #0b57d0; --loud: #b3261e; --good: #1a7f37; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e6ea; --paper: #16181c; --quiet: #a3abb6; --line: #3a4048;
  --shade: #21252b; --link: #8ab4f8; --loud: #ff8a80; --good: #56d364; } }
@media print { :root { color-scheme: light; --ink: #000; --paper: #fff; --quiet: #444; --line: #bbb; --shade: #f3f4f7;
  --link: #000; --loud: #8c1d18; --good: #14602a; } }
* { box-sizing: border-box; }
body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 0; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1, h2, h3 { line-height: 1.25; overflow-wrap: anywhere; break-after: avoid; }
h1 { font-size: 1.6rem; margin: .4rem 0 1rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .4rem; }
p, li, dd { overflow-wrap: anywhere; max-width: 46rem; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.quiet { color: var(--quiet); }
.loud { color: var(--loud); font-weight: 600; }
.wide { overflow-x: auto; margin: .4rem 0 1rem; }
table { border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: .3rem 1.1rem .3rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; font-size: .875rem; color: var(--quiet); }
th[scope="row"] { font-weight: 400; font-size: inherit; color: inherit; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.2rem; }
dt { color: var(--quiet); }
dd { margin: 0; }
pre { background: var(--shade); padding: .6rem .8rem; white-space: pre-wrap; overflow-wrap: anywhere; }
summary { cursor: pointer; margin: 1.5rem 0 .4rem; font-weight: 600; }
figure { margin: 0 0 1rem; }
figcaption { color: var(--quiet); font-size: .875rem; }
svg { display: block; }
.chart text { fill: currentColor; }
footer { margin-top: 2.5rem; padding-top: .6rem; border-top: 1px solid var(--line); color: var(--quiet);
  font-size: .875rem; }
@media (max-width: 40rem) { .wide :is(th, td):first-child { min-width: 10rem; } }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin: 0 0 .6rem; } }
"""


def page(title: str, body: str, style: str = "") -> str:
    """Return a page of markup that is already escaped.

    A browser is told to load nothing, and to use no style but this one.
    """
    whole = STYLE + style
    digest = base64.b64encode(hashlib.sha256(whole.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(one_line(title))}</title>\n<style>{whole}</style>\n</head>\n"
        f"<body>\n<main>\n{body.rstrip()}\n</main>\n</body>\n</html>\n"
    )


def wide(table: str, title: str) -> str:
    """Return a table that a narrow screen scrolls sideways, by keyboard too."""
    return f'<div class="wide" role="group" aria-label="{escape(one_line(title))}" tabindex="0">\n{table}\n</div>\n'


def markdown_page(title: str, texts: Iterable[str]) -> str:
    """Return a page of one or several Markdown texts."""
    from markdown_it import MarkdownIt

    # Raw HTML is shown as text, and addresses that run something are no links; pictures would tell who reads.
    reader = MarkdownIt("commonmark", {"html": False}).disable("image").enable("table")
    body = "".join(reader.render(text) for text in texts)
    return page(title, re.sub(r"<table>.*?</table>", lambda table: wide(table[0], "Table"), body, flags=re.DOTALL))
