"""A document as one page of HTML that needs nothing else: no script, no address, charts within."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from oncall_cli.render.bars import Chart
from oncall_cli.render.document import Document, Table, numeric
from oncall_cli.render.page import page
from oncall_cli.render.svg import bar_chart
from oncall_cli.render.text import one_line
from oncall_cli.render.weeks import Drawing
from oncall_cli.render.weeks_svg import STYLE, weeks_svg

if TYPE_CHECKING:
    from jinja2 import Template

_BODY = """\
{% for document in documents %}<h{{ rank }}>{{ document.title }}</h{{ rank }}>
{% for text in document.head %}<p>{{ text }}</p>
{% endfor %}
{%- for section in document.sections %}<h{{ rank + 1 }}>{{ section.title }}</h{{ rank + 1 }}>
{% for part in section.parts %}
{%- if part.svg %}<figure>
{% if not part.titled %}<figcaption>{{ part.text }}</figcaption>
{% endif -%}
<div class="wide" role="group" aria-label="{{ part.text }}" tabindex="0">{{ part.svg }}</div>
</figure>
{% elif part.text %}<p>{{ part.text }}</p>
{% else %}<div class="wide" role="group" aria-label="{{ section.title }}" tabindex="0">
<table>
<thead><tr>{% for cell in part.head %}<th{{ cell.kind }} scope="col">{{ cell.text }}</th>{% endfor %}</tr></thead>
<tbody>
{% for row in part.rows %}<tr>{% for cell in row %}{% if part.named and loop.first %}\
<th scope="row">{{ cell.text }}</th>{% else %}<td{{ cell.kind }}>{{ cell.text }}</td>{% endif %}{% endfor %}</tr>
{% endfor %}</tbody>
</table>
</div>
{% endif %}{% endfor %}{% endfor %}{% endfor %}"""


def documents_html(documents: Sequence[Document]) -> str:
    """Return the page, the documents below each other."""
    title = "; ".join(one_line(document.title) for document in documents)
    drawn = any(isinstance(part, Drawing) for each in documents for section in each.sections for part in section.parts)
    return page(title, documents_body(documents), STYLE if drawn else "")


def documents_body(documents: Sequence[Document], rank: int = 1) -> str:
    """Return the documents for the inside of a page, under headings of a rank and the one below."""
    seen: Counter[str] = Counter()
    return _body().render(documents=[_document(each, seen) for each in documents], rank=rank)


@cache
def _body() -> Template:
    from jinja2 import Environment, StrictUndefined

    return Environment(autoescape=True, undefined=StrictUndefined).from_string(_BODY)


def _document(document: Document, seen: Counter[str]) -> dict[str, object]:
    return {
        "title": one_line(document.title),
        "head": [one_line(text) for text in document.head],
        "sections": [
            {"title": section.title, "parts": [_part(part, seen) for part in section.parts]}
            for section in document.sections
        ],
    }


def _part(part: Table | Chart | Drawing | str, seen: Counter[str]) -> dict[str, object]:
    from markupsafe import Markup

    if isinstance(part, str):
        return {"svg": None, "text": one_line(part)}
    if isinstance(part, Drawing):
        weeks = part.weeks._replace(key=_once(part.weeks.key, seen))
        return {
            "svg": Markup(weeks_svg(weeks, part.looks, embedded=True)),
            "text": one_line(weeks.title),
            "titled": True,
        }
    if isinstance(part, Chart):
        named = part._replace(key=_once(part.key, seen))
        # Escaped where it is made.
        return {"svg": Markup(bar_chart(named)), "text": one_line(part.title), "titled": False}
    kinds = [Markup(' class="number"') if numeric(part, column) else "" for column in range(len(part.head))]
    # On a page the words stand before the numbers that are of them; a terminal has them last, where they may be long.
    first = numeric(part, 0)
    order = [len(kinds) - 1, *range(len(kinds) - 1)] if first else range(len(kinds))
    head, *rows = (
        [{"kind": kinds[column], "text": one_line(row[column])} for column in order] for row in (part.head, *part.rows)
    )
    return {"svg": None, "text": None, "head": head, "rows": rows, "named": first}


def _once(key: str, seen: Counter[str]) -> str:
    """Return a name that the page has not yet."""
    seen[key] += 1
    return f"{key}-{seen[key]}" if seen[key] > 1 else key
