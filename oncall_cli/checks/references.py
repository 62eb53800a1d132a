"""Rules E201 to E205 and E208: what a record names must exist, and what a duty says must be a rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from oncall_cli.checks.mentions import Mention, in_history, mentions
from oncall_cli.checks.records import RotationRecords, TeamRecords
from oncall_cli.checks.rule import Finding
from oncall_cli.model.record import Record
from oncall_cli.model.suggest import suggestion
from oncall_cli.practice.duties import first_day, read_rule
from oncall_cli.schedule.shift import Keys

Named = tuple[Record, Keys, str]


def unknown_people(records: TeamRecords) -> Iterator[Finding]:
    """E201: everybody who is named has a file in ``rotations/people``."""
    yield from _strangers(records, mentions(records))
    for each in records.rotations:
        yield from _unknown_in_escalation(records, each)


def unknown_in_history(records: TeamRecords, part: RotationRecords) -> Iterator[Finding]:
    """E201: so has everybody who is named by what happened."""
    yield from _strangers(records, in_history(part))


def _strangers(records: TeamRecords, named: Iterable[Mention]) -> Iterator[Finding]:
    for mention in named:
        if not records.has_person(mention.person):
            hint = suggestion(mention.person, records.people, "person")
            yield Finding(mention.place, f"there is no person '{mention.person}'", hint)


def _unknown_in_escalation(records: TeamRecords, each: RotationRecords) -> Iterator[Finding]:
    others = each.role_names | {contact.id for contact in each.rotation.contacts}
    for number, step in enumerate(each.rotation.escalation):
        if step.rotation is not None:
            continue
        if step.notify not in others and not records.has_person(step.notify):
            message = f"'{step.notify}' is neither a role, a person nor one of this rotation's 'contacts'"
            hint = suggestion(step.notify, {*others, *records.people}, "person")
            yield Finding(each.rotation.place("escalation", number, "notify"), message, hint)


def unknown_roles(records: TeamRecords) -> Iterator[Finding]:
    """E202: a role that is promised, changed, escalated to or given a duty is one of the rotation's."""
    for each in records.rotations:
        yield from _unknown_elsewhere(records, each)
        for record, keys, role in _roles_named(records, each):
            if role not in each.role_names:
                message = f"the rotation '{each.rotation.id}' has no role '{role}'"
                yield Finding(record.place(*keys), message, suggestion(role, each.role_names, "role"))


def _unknown_elsewhere(records: TeamRecords, each: RotationRecords) -> Iterator[Finding]:
    """Yield the steps of an escalation that lead to a rotation, or a role of it, that does not exist."""
    known = {other.rotation.id: other.role_names for other in records.rotations}
    for number, step in enumerate(each.rotation.escalation):
        if step.rotation is None or f"rotations/{step.rotation}/rotation.yaml" in records.invalid:
            continue
        if step.rotation not in known:
            message = f"there is no rotation '{step.rotation}'"
            hint = suggestion(step.rotation, known, "rotation")
            yield Finding(each.rotation.place("escalation", number, "rotation"), message, hint)
        elif step.notify not in known[step.rotation]:
            message = f"the rotation '{step.rotation}' has no role '{step.notify}'"
            hint = suggestion(step.notify, known[step.rotation], "role")
            yield Finding(each.rotation.place("escalation", number, "notify"), message, hint)


def _roles_named(records: TeamRecords, each: RotationRecords) -> Iterator[Named]:
    """Yield the roles that are named for the future; history may name one that has been given up since."""
    coverage = each.rotation.coverage
    for number, role in enumerate(coverage.roles if coverage else ()):
        yield each.rotation, ("coverage", "roles", number), role
    for number, duty in enumerate(each.rotation.duties):
        yield each.rotation, ("duties", number, "role"), duty.role
    for override in each.overrides:
        for number, change in enumerate(override.changes):
            if change.end > records.now:
                yield override, ("changes", number, "role"), change.role


def unknown_in_duties(records: TeamRecords) -> Iterator[Finding]:
    """E203: a runbook that a duty names exists."""
    for each in records.rotations:
        for number, duty in enumerate(each.rotation.duties):
            if duty.runbook:
                yield from _unknown_runbook(records, (each.rotation, ("duties", number, "runbook"), duty.runbook))


def unknown_in_incidents(records: TeamRecords, part: RotationRecords) -> Iterator[Finding]:
    """E203: so does one that an incident names."""
    for incident in part.incidents:
        if incident.runbook:
            yield from _unknown_runbook(records, (incident, ("runbook",), incident.runbook))


def _unknown_runbook(records: TeamRecords, named: Named) -> Iterator[Finding]:
    record, keys, runbook = named
    if not records.has_runbook(runbook):
        message = f"there is no runbook '{runbook}'"
        yield Finding(record.place(*keys), message, suggestion(runbook, records.runbooks, "runbook"))


def unknown_severities(records: TeamRecords, part: RotationRecords) -> Iterator[Finding]:
    """E204: an incident's severity is one that ``oncall.yaml`` explains."""
    known = records.team.severities if records.team else {}
    for incident in part.incidents if records.team else ():
        if incident.severity not in known:
            message = f"there is no severity '{incident.severity}' in 'oncall.yaml'"
            hint = suggestion(incident.severity, known, "severity")
            yield Finding(incident.place("severity"), message, hint)


def shared_emails(records: TeamRecords) -> Iterator[Finding]:
    """E205: an e-mail address of git belongs to one person, or nobody could tell who acted."""
    owners: dict[str, str] = {}
    for person in sorted(records.people):
        record = records.people[person]
        for number, email in enumerate(record.git_emails):
            owner = owners.setdefault(email.lower(), person)
            if owner != person:
                message = f"the git e-mail '{email}' also belongs to '{owner}'"
                hint = "leave it with the one who commits with it"
                yield Finding(record.place("git_emails", number), message, hint)


def unreadable_rules(records: TeamRecords) -> Iterator[Finding]:
    """E208: the rule of a duty names days; otherwise it would never fall due."""
    for each in records.rotations:
        for number, duty in enumerate(each.rotation.duties):
            if duty.rrule is None:
                continue
            try:
                read_rule(duty.rrule, first_day(each.rotation))
            except ValueError as wrong:
                hint = "write it as calendars do: FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
                yield Finding(each.rotation.place("duties", number, "rrule"), f"it names no days: {wrong}", hint)
