"""The page of a difference, as a template that escapes all that is put into it."""

from __future__ import annotations

STYLE = """
.lane { display: grid; grid-template-columns: 14rem 1fr; gap: .5rem; align-items: center; margin: .15rem 0; }
.lane + .lane.first { margin-top: .7rem; }
.bars { position: relative; height: 1.6rem; background: var(--shade); }
.bar { position: absolute; top: 0; bottom: 0; box-sizing: border-box; overflow: hidden; white-space: nowrap;
  text-overflow: ellipsis; padding: 0 .3rem; font-size: .8rem; line-height: 1.6rem; border: 1px solid var(--line); }
.before .changed { background: var(--shade); text-decoration: line-through; }
.after .changed { border: 2px solid var(--good); line-height: calc(1.6rem - 4px); font-weight: 600; }
"""

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
{%- if lanes %}<h2>{{ weeks }}</h2>
{% for lane in lanes %}<div class="lane {{ lane.when }}"><span>{{ lane.title }}</span><span class="bars">\
{% for bar in lane.bars %}<span class="bar{% if bar.changed %} changed{% endif %}" title="{{ bar.title }}" \
style="left:{{ bar.left }}%;width:{{ bar.width }}%">{{ bar.name }}</span>{% endfor %}</span></div>
{% endfor %}{% endif %}
{%- for block in rest %}{{ show(block) }}{% endfor %}
<footer>Compared: {{ base }} → {{ head }}. {{ note }}</footer>
"""
