"""The page of a difference, as a template that escapes all that is put into it."""

from __future__ import annotations

PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>On-call plan: {{ verdict }}</title>
<style>
:root { color-scheme: light dark; --line: #8886; --loud: #b3261e; --new: #1a7f37; --old: #8888; }
@media (prefers-color-scheme: dark) { :root { --loud: #ff8a80; --new: #2ea043; } }
body { font: 16px/1.45 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font-size: 1.1rem; margin: 1.8rem 0 .4rem; }
.loud { color: var(--loud); font-weight: 600; }
table { border-collapse: collapse; width: 100%; display: block; overflow-x: auto; }
th, td { text-align: left; padding: .25rem .8rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
summary { cursor: pointer; margin: 1.8rem 0 .4rem; font-weight: 600; }
li { overflow-wrap: anywhere; }
.lane { display: grid; grid-template-columns: 14rem 1fr; gap: .5rem; align-items: center; margin: .15rem 0; }
.lane + .lane.first { margin-top: .7rem; }
.bars { position: relative; height: 1.6rem; background: color-mix(in srgb, var(--line) 35%, transparent); }
.bar { position: absolute; top: 0; bottom: 0; box-sizing: border-box; overflow: hidden; white-space: nowrap;
  text-overflow: ellipsis; padding: 0 .3rem; font-size: .8rem; line-height: 1.6rem; border: 1px solid var(--line); }
.before .changed { background: var(--old); text-decoration: line-through; }
.after .changed { border: 2px solid var(--new); line-height: calc(1.6rem - 4px); font-weight: 600; }
footer { margin-top: 2rem; opacity: .8; font-size: .9rem; }
</style>
</head>
<body>
<h1>{{ verdict }}</h1>
{% if rewritten %}<p class="loud">⚠ {{ rewritten }}</p>
{% endif %}
{%- macro show(block) %}
{%- if block.folded %}<details>
<summary>{{ block.title }}</summary>
{% else %}<h2{% if block.loud %} class="loud"{% endif %}>{% if block.loud %}⚠ {% endif %}{{ block.title }}</h2>
{% endif %}
{%- if block.head %}<table>
<tr>{% for cell in block.head %}<th>{{ cell }}</th>{% endfor %}</tr>
{% for row in block.rows %}<tr>{% for cell in row %}<td>{% if cell.code %}<code>{{ cell.text }}</code>\
{% else %}{{ cell.text }}{% endif %}</td>{% endfor %}</tr>
{% endfor %}</table>
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
</body>
</html>
"""
