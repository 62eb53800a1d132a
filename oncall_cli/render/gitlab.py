"""Findings as GitLab's code quality report."""

from __future__ import annotations

from oncall_cli.errors import Severity
from oncall_cli.render.findings import Findings
from oncall_cli.render.fingerprint import fingerprints
from oncall_cli.render.json import to_json
from oncall_cli.render.text import one_line

_SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def code_quality(found: Findings) -> str:
    """Return the report; GitLab takes a list without an envelope."""
    report = [
        {
            "check_name": problem.code,
            "description": one_line(f"{problem.code}: {problem.message}"),
            "fingerprint": fingerprint,
            "severity": _SEVERITY[problem.severity],
            "location": {"path": found.path(problem), "lines": {"begin": problem.place.line}},
        }
        for problem, fingerprint in zip(found.problems, fingerprints(found), strict=True)
    ]
    return to_json(report)
