"""The table of rules: every code that a user can see, in the order of its family."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from oncall_cli.checks import (
    agreement,
    fairness,
    hygiene,
    kept,
    overdue,
    overrides,
    people,
    places,
    references,
    rewritten,
    runbooks,
    turns,
)
from oncall_cli.checks.ignores import IGNORE_RULES
from oncall_cli.checks.records import RotationRecords, SomeFiles, TeamRecords
from oncall_cli.checks.review import Review
from oncall_cli.checks.rule import Finding, Rule
from oncall_cli.checks.secrets import secrets
from oncall_cli.checks.shape import SHAPE_RULES
from oncall_cli.errors import Problem, Severity
from oncall_cli.model.suggest import suggestion
from oncall_cli.model.team import Team

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
    *SHAPE_RULES,
    Rule(
        "E201",
        _ERROR,
        "everybody who is named has a file",
        references.unknown_people,
        in_history=references.unknown_in_history,
    ),
    Rule("E202", _ERROR, "a role that is named is one of the rotation's", references.unknown_roles),
    Rule(
        "E203",
        _ERROR,
        "a runbook that is named exists",
        references.unknown_in_duties,
        in_history=references.unknown_in_incidents,
    ),
    Rule("E204", _ERROR, "an incident's severity is in oncall.yaml", in_history=references.unknown_severities),
    Rule("E205", _ERROR, "a git e-mail belongs to one person", references.shared_emails),
    Rule("E206", _ERROR, "a shift's file name says what the record says", in_history=hygiene.misnamed_shifts),
    Rule("E207", _ERROR, "the settings of rules name rules", unknown_settings),
    Rule("E208", _ERROR, "the rule of a duty names days", references.unreadable_rules),
    Rule("E301", _ERROR, "what is promised is covered for eight weeks", turns.gaps_ahead),
    Rule("E302", _ERROR, "every roster version and every member gets a turn", turns.turns_never_dealt),
    Rule("E303", _ERROR, "an override stands in for who would be on call", overrides.unmatched_changes),
    Rule("W304", _WARNING, "overrides do not overlap", overrides.overlapping_changes),
    Rule("E305", _ERROR, "nobody who has left has a shift ahead", turns.inactive_ahead),
    Rule("W306", _WARNING, "a roster version begins at a handoff", turns.uneven_versions),
    Rule("W307", _WARNING, "an offset leads to somebody else", places.offsets_to_oneself),
    Rule("E311", _ERROR, "a shift that was stood does not change hands", compare=rewritten.past_shifts),
    Rule("E312", _ERROR, "what was logged stays as it was logged", compare=kept.altered_history),
    Rule("E313", _ERROR, "a record of what happened is not deleted", compare=kept.deleted_records),
    Rule("W401", _WARNING, "nobody has a shift while they are away", people.time_off),
    Rule("W402", _WARNING, "nobody has a shift outside of their availability", people.availability),
    Rule("W403", _WARNING, "nobody bears much more than their fair share", fairness.unequal_load),
    Rule("W404", _WARNING, "nobody is on call for long without rest", fairness.no_rest),
    Rule("W405", _WARNING, "nobody holds two roles of a rotation at once", places.two_places),
    Rule("W406", _WARNING, "a review is presented on its day", in_history=overdue.reviews),
    Rule("W407", _WARNING, "an action item is done on its day", in_history=overdue.actions),
    Rule("W408", _WARNING, "a support request is acknowledged in time", in_history=overdue.requests),
    Rule("W409", _WARNING, "an incident has the review that the policy asks for", in_history=overdue.missing_reviews),
    Rule("W410", _WARNING, "a shift is ended when its time is over", in_history=overdue.open_shifts),
    Rule("W411", _WARNING, "a shift of the next days moves by an override", compare=rewritten.frozen_shifts),
    Rule("W412", _WARNING, "whoever gets shifts has agreed", compare=agreement.not_agreed),
    Rule("W421", _WARNING, "what broke has a runbook for the next time", in_history=runbooks.runbook_debt),
    Rule("W422", _WARNING, "a link between the team's files leads somewhere", runbooks.dead_links),
    Rule("W423", _WARNING, "a runbook was looked at within a year", runbooks.unreviewed),
    Rule("W424", _WARNING, "what broke has one record", in_history=overdue.opened_twice),
    Rule("W501", _WARNING, "destinations name environment variables", hygiene.secret_destinations),
    Rule("W502", _WARNING, "no secret stands in a file", in_files=secrets),
    *IGNORE_RULES,
    Rule("W505", _WARNING, "CODEOWNERS names who the records name", hygiene.stale_owners),
    Rule("W506", _WARNING, "a record is in its canonical form", in_files=hygiene.uneven_files),
    Rule("W510", _WARNING, "the base of a review can be read", compare=rewritten.unreadable_base),
)
TITLES = {rule.code: rule.title for rule in RULES}
CODES = frozenset(rule.code for rule in RULES if rule.settable)


def broken_rules(records: TeamRecords, review: Review | None = None) -> list[Problem]:
    """Return what is wrong with the team as it is now, and with what a review changes."""
    found = _problems(records, lambda rule: rule.find(records) if rule.find else ())
    if review is None:
        return found
    return found + _problems(records, lambda rule: rule.compare(review) if rule.compare else ())


def broken_in_history(records: TeamRecords, part: RotationRecords) -> list[Problem]:
    """Return what is wrong with a part of what happened in a rotation."""
    return _problems(records, lambda rule: rule.in_history(records, part) if rule.in_history else ())


def broken_in_files(records: TeamRecords, files: SomeFiles) -> list[Problem]:
    """Return what is wrong with some files, whatever they hold."""
    return _problems(records, lambda rule: rule.in_files(records, files) if rule.in_files else ())


def _problems(records: TeamRecords, look: Callable[[Rule], Iterable[Finding]]) -> list[Problem]:
    """Return a problem for each finding of each rule, as severe as the team wants it."""
    return [
        Problem(rule.code, found.place, found.message, found.hint, severity)
        for rule in RULES
        if (severity := severity_of(rule, records.team)) is not None
        for found in look(rule)
    ]


def looked_for(team: Team | None, *, compared: bool) -> frozenset[str]:
    """Return the codes of the rules that are held: those that are not off, and have what they look at."""
    return frozenset(
        rule.code
        for rule in RULES
        if rule.settable and (compared or not rule.needs_base) and severity_of(rule, team) is not None
    )


def severity_of(rule: Rule, team: Team | None) -> Severity | None:
    """Return how severe a rule is in this team, None where it is off; what makes no sense is E207's."""
    setting = team.rules.get(rule.code, rule.severity) if team and rule.settable else rule.severity
    if setting == OFF:
        return None
    return Severity(setting) if setting in _SETTINGS else rule.severity
