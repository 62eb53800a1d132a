"""Markdown as a page of HTML that stands alone: it loads nothing, runs nothing, and lets no markup in from the data."""

from __future__ import annotations

_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{{ title }}</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2 { line-height: 1.2; }
li { overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) { body { background: #16181c; color: #e6e6e6; } a { color: #8ab4f8; } }
</style>
</head>
<body>
<main>
{% for part in parts %}{{ part }}{% endfor -%}
</main>
</body>
</html>
"""


def html_page(title: str, markdown: list[str]) -> str:
    """Return a page of one or several Markdown texts."""
    from jinja2 import Environment
    from markdown_it import MarkdownIt
    from markupsafe import Markup

    # Raw HTML is shown as text, and addresses that run something are no links; pictures would tell who reads.
    reader = MarkdownIt("commonmark", {"html": False}).disable("image")
    parts = [Markup(reader.render(text)) for text in markdown]
    page = Environment(autoescape=True, keep_trailing_newline=True).from_string(_PAGE)
    return page.render(title=title, parts=parts)
