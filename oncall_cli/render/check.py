"""What ``oncall check`` found, in the format that is wanted."""

from __future__ import annotations

from enum import StrEnum

from oncall_cli.errors import Severity
from oncall_cli.render.failure import problem_data, problems_text
from oncall_cli.render.findings import Findings
from oncall_cli.render.json import answer_json
from oncall_cli.render.text import GREEN, RED, YELLOW, styled


class Format(StrEnum):
    """For whom the findings are written."""

    TEXT = "text"
    GITHUB = "github"
    SUMMARY = "summary"
    GITLAB = "gitlab"
    SARIF = "sarif"
    JSON = "json"


def check_output(found: Findings, wanted: Format) -> str:
    """Return the findings in a format; those of machines are imported when they are asked for."""
    if wanted is Format.TEXT:
        return _text(found)
    if wanted is Format.JSON:
        return answer_json([problem_data(problem) for problem in found.problems])
    if wanted is Format.GITHUB:
        from oncall_cli.render.annotations import github_annotations

        return github_annotations(found)
    if wanted is Format.SUMMARY:
        from oncall_cli.render.check_summary import check_summary

        return check_summary(found)
    if wanted is Format.GITLAB:
        from oncall_cli.render.gitlab import code_quality

        return code_quality(found)
    from oncall_cli.render.sarif import sarif

    return sarif(found)


def _text(found: Findings) -> str:
    """Return the problems for a person, and last the verdict."""
    style = RED if found.of(Severity.ERROR) else YELLOW if found.problems else GREEN
    problems = [problems_text(found.problems)] if found.problems else []
    return "\n".join([*problems, styled(found.verdict(), style, found.colour)])
