"""Rules E101 to E121: what a file must be to be read; the reader itself finds what breaks them."""

from __future__ import annotations

from oncall_cli.checks.rule import Rule
from oncall_cli.errors import Severity

_TITLES = {
    "E101": "a file is a text that can be read",
    "E102": "a record is YAML, or Markdown with a head of YAML",
    "E103": "nothing in a file means something else to YAML",
    "E104": "a key stands once",
    "E105": "a record says something",
    "E106": "a file has so few problems that they can be told",
    "E110": "every key is one that the record has",
    "E111": "what a record needs is there",
    "E112": "lists are lists, mappings are mappings, texts are texts",
    "E113": "a value can be understood",
    "E114": "a choice is one of those there are",
    "E120": "only records stand where records do",
    "E121": "the name of a file is an id, and begins with its day",
}

SHAPE_RULES = tuple(Rule(code, Severity.ERROR, title) for code, title in _TITLES.items())
