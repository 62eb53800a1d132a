"""The table of rules: every check there is beyond the shape of a file, in the order of its code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from oncall_cli.checks import hygiene, overrides, people, references, turns
from oncall_cli.checks.records import TeamRecords
from oncall_cli.checks.rule import Finding, Rule
from oncall_cli.errors import Problem, Severity
from oncall_cli.model.suggest import suggestion

OFF = "off"
_SETTINGS = (OFF, *Severity)
_ERROR, _WARNING = Severity.ERROR, Severity.WARNING


def unknown_settings(records: TeamRecords) -> Iterator[Finding]:
    """E207: ``rules`` in oncall.yaml sets rules that exist to what a rule can be."""
    if records.team is None:
        return
    for code, setting in records.team.rules.items():
        place = records.team.place("rules", code)
        if code not in CODES:
            message = f"there is no rule '{code}' that can be set"
            yield Finding(place, message, suggestion(code, CODES, "rule"))
        elif setting not in _SETTINGS:
            message = f"'{setting}' is not what a rule can be"
            yield Finding(place, message, f"write one of: {', '.join(_SETTINGS)}")


RULES = (
    Rule("E201", _ERROR, "everybody who is named has a file", references.unknown_people),
    Rule("E202", _ERROR, "a role that is named is one of the rotation's", references.unknown_roles),
    Rule("E203", _ERROR, "a runbook that is named exists", references.unknown_runbooks),
    Rule("E204", _ERROR, "an incident's severity is in oncall.yaml", references.unknown_severities),
    Rule("E205", _ERROR, "a git e-mail belongs to one person", references.shared_emails),
    Rule("E206", _ERROR, "a shift's file name says what the record says", hygiene.misnamed_shifts),
    Rule("E207", _ERROR, "the settings of rules name rules", unknown_settings),
    Rule("E301", _ERROR, "what is promised is covered for eight weeks", turns.gaps_ahead),
    Rule("E302", _ERROR, "every roster version and every member gets a turn", turns.turns_never_dealt),
    Rule("E303", _ERROR, "an override stands in for who would be on call", overrides.unmatched_changes),
    Rule("W304", _WARNING, "overrides do not overlap", overrides.overlapping_changes),
    Rule("E305", _ERROR, "nobody who has left has a shift ahead", turns.inactive_ahead),
    Rule("W306", _WARNING, "a roster version begins at a handoff", turns.uneven_versions),
    Rule("W401", _WARNING, "nobody has a shift while they are away", people.time_off),
    Rule("W402", _WARNING, "nobody has a shift outside of their availability", people.availability),
    Rule("W501", _WARNING, "destinations name environment variables", hygiene.secret_destinations),
)
CODES = frozenset(rule.code for rule in RULES)


def broken_rules(records: TeamRecords) -> list[Problem]:
    """Return a problem for each finding of each rule, as severe as the team wants it."""
    settings = records.team.rules if records.team else {}
    return [
        Problem(rule.code, found.place, found.message, found.hint, severity)
        for rule in RULES
        if (severity := _severity(rule, settings)) is not None
        for found in rule.find(records)
    ]


def _severity(rule: Rule, settings: Mapping[str, str]) -> Severity | None:
    """Return how severe the rule is here; a setting that makes no sense is E207's and changes nothing."""
    setting = settings.get(rule.code, rule.severity)
    if setting == OFF:
        return None
    return Severity(setting) if setting in _SETTINGS else rule.severity
