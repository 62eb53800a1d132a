"""What a rule of ``oncall check`` means: its reasons and examples, for a terminal or a pipe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from oncall_cli.checks.explanation import Example, Explanation
from oncall_cli.checks.rule import Rule
from oncall_cli.errors import Severity
from oncall_cli.render.text import BOLD, CYAN, DIM, GREEN, RED, YELLOW, columns, styled, wrapped

_STYLES = {Severity.ERROR: RED, Severity.WARNING: YELLOW, None: DIM}
_WIDEST = 100


class SetRule(NamedTuple):
    """A rule as this team has set it; None where it is off."""

    rule: Rule
    severity: Severity | None

    @property
    def said(self) -> str:
        """What it is here: ``error``, ``warning`` or ``off``."""
        return str(self.severity or "off")


def rules_text(rules: Sequence[SetRule], width: int = 80) -> str:
    """Return a line for each rule, and how to read more."""
    rows = [
        [each.rule.code, each.said, each.rule.title + (" (with --base)" if each.rule.needs_base else "")]
        for each in rules
    ]
    return "\n".join([*columns(rows, width), "", "oncall explain CODE says why, with a wrong and a right example."])


def rule_text(each: SetRule, told: Explanation, width: int = 80, colour: bool = False) -> str:
    """Return one rule with its reasons and its examples."""
    broad = min(width, _WIDEST)
    severity = styled(each.said, _STYLES[each.severity], colour)
    lines = [f"{styled(each.rule.code, BOLD, colour)} {severity}: {each.rule.title}", "", *wrapped(told.text, broad)]
    notes = [
        note
        for wanted, note in (
            (each.rule.needs_base, "It is held with 'oncall check --base REV' alone."),
            (not each.rule.settable, "It can neither be switched off nor ignored."),
        )
        if wanted
    ]
    lines += ["", *notes] if notes else []
    for head, files, style in (("Before", told.before, DIM), ("Wrong", told.wrong, RED), ("Right", told.right, GREEN)):
        if files:
            lines += ["", styled(head, style, colour), *_files(files, colour)]
    return "\n".join(lines)


def _files(files: Example, colour: bool) -> list[str]:
    lines: list[str] = []
    for path, text in files.items():
        lines.append(f"  {styled(path, CYAN, colour)}{'' if text is not None else ' is deleted'}")
        lines += [f"    {line}".rstrip() for line in (text or "").splitlines()]
    return lines


def rule_data(each: SetRule, told: Explanation) -> dict[str, Any]:
    """Return one rule as JSON output promises it."""
    return {
        **listed_data(each),
        "explanation": " ".join(told.text.split()),
        "before": dict(told.before),
        "wrong": dict(told.wrong),
        "right": dict(told.right),
    }


def listed_data(each: SetRule) -> dict[str, Any]:
    """Return what the list says of a rule."""
    return {
        "code": each.rule.code,
        "title": each.rule.title,
        "severity": each.said,
        "default": str(each.rule.severity),
        "settable": each.rule.settable,
        "needs_base": each.rule.needs_base,
    }
