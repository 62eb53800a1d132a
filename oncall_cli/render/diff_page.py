"""The page of a difference, as a template that escapes all that is put into it."""

from __future__ import annotations

BODY = """\
<h1>{{ verdict }}</h1>
{% if rewritten %}<p class="loud">⚠ {{ rewritten }}</p>
{% endif %}
{%- macro show(block) %}
{%- if block.folded %}<details>
<summary>{{ block.title }}</summary>
{% else %}<h2{% if block.loud %} class="loud"{% endif %}>{% if block.loud %}⚠ {% endif %}{{ block.title }}</h2>
{% endif %}
{%- if block.head %}<div class="wide" role="group" aria-label="{{ block.title }}" tabindex="0">
<table>
<tr>{% for cell in block.head %}<th scope="col">{{ cell }}</th>{% endfor %}</tr>
{% for row in block.rows %}<tr>{% for cell in row %}<td>{% if cell.code %}<code>{{ cell.text }}</code>\
{% else %}{{ cell.text }}{% endif %}</td>{% endfor %}</tr>
{% endfor %}</table>
</div>
{% else %}<{{ block.list }}{% if block.first > 1 %} start="{{ block.first }}"{% endif %}>
{% for item in block.rows %}<li>{{ item }}</li>
{% endfor %}</{{ block.list }}>
{% endif %}
{%- if block.folded %}</details>
{% endif %}
{%- endmacro %}
{%- for block in first %}{{ show(block) }}{% endfor %}
{%- if picture %}<h2>Before and after</h2>
<div class="wide" role="group" aria-label="Before and after" tabindex="0">
{{ picture }}</div>
{% endif %}
{%- for block in rest %}{{ show(block) }}{% endfor %}
<footer>Compared: {{ base }} → {{ head }}. {{ note }}</footer>
"""
