"""What ``oncall doctor`` found: a line for each thing, and below it what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from oncall_cli.practice.diagnosis import Finding, Verdict
from oncall_cli.render.text import GREEN, RED, YELLOW, one_line, padded, styled, wrapped

_STYLES = {Verdict.OK: GREEN, Verdict.NOTE: YELLOW, Verdict.WRONG: RED}
_VERDICT, _ABOUT = 7, 12


def doctor_text(findings: Sequence[Finding], width: int = 80, colour: bool = False) -> str:
    """Return the findings for a person, and last the verdict."""
    lines = [line for finding in findings for line in _finding(finding, width, colour)]
    return "\n".join([*lines, "", _verdict(findings)])


def _finding(finding: Finding, width: int, colour: bool) -> list[str]:
    first = f"{padded(finding.verdict, _VERDICT)}{padded(finding.about, _ABOUT)}"
    indent = " " * (_VERDICT + _ABOUT)
    lines = wrapped(one_line(finding.message), width, indent, first)
    lines[0] = styled(finding.verdict, _STYLES[finding.verdict], colour) + lines[0][len(finding.verdict) :]
    return lines + (wrapped(f"→ {one_line(finding.hint)}", width, f"{indent}  ", indent) if finding.hint else [])


def _verdict(findings: Sequence[Finding]) -> str:
    wrong, notes = (sum(each.verdict is verdict for each in findings) for verdict in (Verdict.WRONG, Verdict.NOTE))
    if wrong:
        return f"{wrong} {'thing is' if wrong == 1 else 'things are'} wrong; the lines with an arrow say what to do."
    noted = f"; {notes} {'note' if notes == 1 else 'notes'}" if notes else ""
    return f"Nothing is wrong{noted}."


def doctor_data(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return the findings for a script."""
    return [{**finding._asdict(), "verdict": str(finding.verdict)} for finding in findings]
