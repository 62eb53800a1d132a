"""Findings as SARIF 2.1.0, which code scanning reads."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from oncall_cli import __version__
from oncall_cli.checks.rule import Rule
from oncall_cli.checks.table import RULES
from oncall_cli.errors import Problem
from oncall_cli.render.findings import Findings
from oncall_cli.render.fingerprint import fingerprints
from oncall_cli.render.json import to_json
from oncall_cli.render.text import visible

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_NUMBERS = {rule.code: number for number, rule in enumerate(RULES)}


def sarif(found: Findings) -> str:
    """Return the log of one run, with every rule that there is."""
    prints = fingerprints(found)
    results = [_result(found, problem, known_by) for problem, known_by in zip(found.problems, prints, strict=True)]
    driver = {"name": "oncall", "semanticVersion": __version__, "rules": [_rule(rule) for rule in RULES]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return to_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "help": {"text": f"oncall explain {rule.code}"},
        "defaultConfiguration": {"level": str(rule.severity)},
    }


def _result(found: Findings, problem: Problem, fingerprint: str) -> dict[str, Any]:
    hint = f"\n{problem.hint}" if problem.hint else ""
    place = {
        "artifactLocation": {"uri": quote(found.path(problem)), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": problem.place.line, "startColumn": problem.place.column},
    }
    return {
        "ruleId": problem.code,
        "ruleIndex": _NUMBERS[problem.code],
        "level": str(problem.severity),
        "message": {"text": visible(problem.message + hint)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"oncallFinding/v1": fingerprint},
    }
