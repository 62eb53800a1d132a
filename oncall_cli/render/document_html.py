"""A document as one page of HTML that needs nothing else: no script, no address, charts within."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

from oncall_cli.render.bars import Chart
from oncall_cli.render.document import Document, Table, numeric
from oncall_cli.render.svg import bar_chart
from oncall_cli.render.text import one_line

_STYLE = """
body { font: 16px/1.5 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; color: #222; background: #fff }
table { border-collapse: collapse; margin: .5em 0 1em }
th, td { padding: .15em .8em .15em 0; text-align: left; vertical-align: top; border-bottom: 1px solid #ddd }
.number { text-align: right; white-space: nowrap }
figure { margin: 0 0 1em }
svg { max-width: 100%; height: auto }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #111 } th, td { border-color: #444 } }
"""

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{{ digest }}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
<style>{{ style }}</style>
</head>
<body>
{% for document in documents %}<h1>{{ document.title }}</h1>
{% for text in document.head %}<p>{{ text }}</p>
{% endfor %}
{%- for section in document.sections %}<h2>{{ section.title }}</h2>
{% for part in section.parts %}
{%- if part.svg %}<figure>
<figcaption>{{ part.text }}</figcaption>
{{ part.svg }}
</figure>
{% elif part.text %}<p>{{ part.text }}</p>
{% else %}<table>
<thead><tr>{% for cell in part.head %}<th{{ cell.kind }} scope="col">{{ cell.text }}</th>{% endfor %}</tr></thead>
<tbody>
{% for row in part.rows %}<tr>{% for cell in row %}<td{{ cell.kind }}>{{ cell.text }}</td>{% endfor %}</tr>
{% endfor %}</tbody>
</table>
{% endif %}{% endfor %}{% endfor %}{% endfor %}</body>
</html>
"""


def documents_html(documents: Sequence[Document]) -> str:
    """Return the page, the documents below each other."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    page = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True).from_string(_PAGE)
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    # Our own style; the digest allows it and no other.
    style = Markup(_STYLE)
    title = "; ".join(one_line(document.title) for document in documents)
    return page.render(title=title, documents=[_document(each) for each in documents], digest=digest, style=style)


def _document(document: Document) -> dict[str, object]:
    return {
        "title": one_line(document.title),
        "head": [one_line(text) for text in document.head],
        "sections": [
            {"title": section.title, "parts": [_part(part) for part in section.parts]} for section in document.sections
        ],
    }


def _part(part: Table | Chart | str) -> dict[str, object]:
    from markupsafe import Markup

    if isinstance(part, str):
        return {"svg": None, "text": one_line(part)}
    if isinstance(part, Chart):
        # Escaped where it is made.
        return {"svg": Markup(bar_chart(part)), "text": one_line(part.title)}
    kinds = [Markup(' class="number"') if numeric(part, column) else "" for column in range(len(part.head))]
    head, *rows = (
        [{"kind": kind, "text": one_line(cell)} for kind, cell in zip(kinds, row, strict=True)]
        for row in (part.head, *part.rows)
    )
    return {"svg": None, "text": None, "head": head, "rows": rows}
