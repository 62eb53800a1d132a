"""Templates are filled in from the data and nothing else, and none of them can hang the program."""

from __future__ import annotations

import contextlib
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oncall_cli.render.template import MOST_TEXT, CannotFill, fill

NAMES = {"incident": {"title": "API 5xx", "services": ["api", "web"], "items": "three", "impact": {}}, "empty": []}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ incident.title }}\n", "API 5xx\n"),
        ("{{ incident.services | join(' and ') }}", "api and web"),
        ("{% for one in incident.services -%}\n- {{ loop.index }} {{ one }}\n{% endfor %}", "- 1 api\n- 2 web\n"),
        ("{% for one in empty %}x{% else %}none{% endfor %}", "none"),
        ("{{ incident.items }}", "three"),
        ("{{ 'much' if incident.impact.text is defined else 'little' }}", "little"),
        ("{# nobody sees this #}<b>&{{ 2 * 3 }}", "<b>&6"),
        ("{{ incident.title | at }}", "at API 5xx"),
    ],
)
def test_names_are_filled_in(template: str, text: str) -> None:
    assert fill(template, NAMES, {"at": lambda said: f"at {said}"}) == text


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{ incident.impact.text }}", "line 1: there is no 'incident.impact.text'"),
        ("{{ nothing }}", "line 1: 'nothing' is undefined"),
        ("Dear {{ incident.title", "line 1: unexpected end of template"),
        ("\n\n{% nonsense %}", "line 3: Encountered unknown tag 'nonsense'"),
        ("{{ 1 // 0 }}", "integer division or modulo by zero"),
        ("{% include 'other' %}", "no loader"),
    ],
)
def test_what_is_missing_or_wrong_is_named(template: str, message: str) -> None:
    with pytest.raises(CannotFill) as told:
        fill(template, NAMES)
    assert message in told.value.message


BOMBS = [
    "{% for a in incident.title %}{% for b in incident.title %}{% for c in incident.title %}"
    "{% for d in incident.title %}{% for e in incident.title %}{% for f in incident.title %}{% endfor %}"
    "{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "{% for x in range(1000000000) %}{% endfor %}",
    "{{ 'a' * 10000000000 }}",
    "{{ 9 ** 999999 }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ 'a'.ljust(1000000000) }}",
    "{{ 'a' | center(1000000000) }}",
    "{{ '{:>1000000000}'.format(1) }}",
    "{% set x = incident.title %}" + "{% set x = x ~ x ~ x ~ x %}" * 40 + "{{ x }}",
    "{{ cycler }}{{ lipsum(n=100000) }}",
    "{{ incident.__class__.__mro__ }}",
    "{{ ''.__class__ }}",
    "{{ incident.services.append('x') }}",
    "{{ incident | attr('update') }}",
    "{{ self._TemplateReference__context }}",
]


@pytest.mark.parametrize("template", BOMBS)
def test_no_template_can_hang_the_program_or_look_around(template: str) -> None:
    with pytest.raises(CannotFill):
        fill(template, NAMES)
    assert NAMES["incident"]["services"] == ["api", "web"]
    assert sys.gettrace() is None or "template" not in repr(sys.gettrace())


PIECES = st.sampled_from(
    [
        *("{{ x }}", "{% set x = x ~ x %}", "{% for i in l %}", "{% endfor %}", "{{ l|join(x) }}", "{{ x|upper }}"),
        *("{% set l = l + l %}", "{% if x %}", "{% endif %}", "text\n", "{{ l|sort|first }}", "{{ l|sum }}"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30))
def test_whatever_is_put_together_ends(pieces: list[str]) -> None:
    with contextlib.suppress(CannotFill):
        assert len(fill("".join(pieces), {"x": "xy", "l": ["a", "b", "c"]})) <= MOST_TEXT
