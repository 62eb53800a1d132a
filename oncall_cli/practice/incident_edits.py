"""What working on an incident writes: into its record, with an entry of its timeline in every case."""

from __future__ import annotations

from collections.abc import Mapping

from oncall_cli.errors import Refused
from oncall_cli.model.incident import Impact, Incident, IncidentStatus
from oncall_cli.model.time import Instant
from oncall_cli.model.zone import Zone
from oncall_cli.practice.doing import Doing
from oncall_cli.practice.edits import Keys, RecordEdit, Value
from oncall_cli.practice.incident_rules import (
    KEY,
    MOMENTS,
    REOPENED,
    Bound,
    Step,
    earliest,
    latest,
    moment_of,
    refusal,
    status_after,
)
from oncall_cli.practice.stamps import stamp
from oncall_cli.practice.timeline import copied, telling, written

COMMANDER = "commander"
DONE = {
    Step.ACKNOWLEDGE: "Acknowledged",
    Step.MITIGATE: "Mitigated",
    Step.RESOLVE: "Resolved",
    Step.REOPEN: "Reopened",
}
Fields = dict[str, Value]


def move(
    incident: Incident, step: Step, doing: Doing, text: str | None = None, runbook: str | None = None
) -> RecordEdit:
    """Take a step of an incident's life; refuse one that may not follow, or whose time cannot be."""
    if wrong := refusal(incident, step):
        raise Refused(wrong.message, hint=wrong.hint, place=incident.place(wrong.key))
    in_time(incident, doing, step)
    fields: Fields = {"status": str(status_after(incident, step)), **_runbook(runbook)}
    removes: list[Keys] = []
    if step is Step.REOPEN:
        removes = [(key,) for key in ("mitigated", "resolved") if moment_of(incident, key) is not None]
        if incident.impact.ended is not None:
            removes.append(("impact", "ended"))
    else:
        fields[KEY[step]] = doing.stamp
    said = [written(doing, REOPENED if step is Step.REOPEN else KEY[step], text or DONE[step])]
    sets: list[tuple[Keys, Value]] = []
    if step is Step.ACKNOWLEDGE and takes_command(incident, doing.by):
        sets, fields = _responder(incident, COMMANDER, doing.by, fields)
    return telling(incident, said, fields, sets, removes)


def takes_command(incident: Incident, person: str) -> bool:
    """Tell whether somebody who acknowledges commands from now on: nobody else has answered yet."""
    return incident.status is IncidentStatus.OPEN and incident.responders.get(COMMANDER) != person


def annotate(
    incident: Incident, doing: Doing, text: str, *, kind: str = "note", links: tuple[str, ...] = ()
) -> RecordEdit:
    """Write down what happened, what a command printed, or links."""
    in_time(incident, doing)
    new = [link for link in dict.fromkeys(links) if link not in incident.links]
    said = [written(doing, kind, text)] if text else [written(doing, "link", f"Linked {link}") for link in new]
    if not said:
        raise Refused(f"'{incident.id}' has that link already", place=incident.place("links"))
    return telling(incident, said, appends=[(("links",), link) for link in new])


def change_severity(incident: Incident, doing: Doing, severity: str, because: str | None) -> RecordEdit:
    """Say that it is worse, or less bad, than it seemed."""
    in_time(incident, doing)
    if severity == incident.severity:
        raise Refused(f"'{incident.id}' is {severity} already", place=incident.place("severity"))
    why = f": {because}" if because else ""
    said = written(doing, "severity", f"From {incident.severity} to {severity}{why}")
    return telling(incident, [said], {"severity": severity})


def assign(incident: Incident, doing: Doing, role: str, person: str) -> RecordEdit:
    """Give somebody a role; whoever had it is named in the timeline."""
    in_time(incident, doing)
    before = incident.responders.get(role)
    if before == person:
        raise Refused(f"'{person}' is {role} of '{incident.id}' already", place=incident.place("responders", role))
    sets, fields = _responder(incident, role, person, {})
    text = f"{person} takes over as {role} from {before}" if before else f"{person} is {role}"
    return telling(incident, [written(doing, "assigned", text)], fields, sets)


def tell_impact(incident: Incident, doing: Doing, new: Impact, detected: Instant | None = None) -> RecordEdit:
    """Say since when, until when and how it hurt, and when it was noticed; what is not said stays as it is."""
    started = new.started if new.started is not None else incident.impact.started
    ended = new.ended if new.ended is not None else incident.impact.ended
    if started is not None and ended is not None and ended < started:
        raise Refused(
            f"the impact would end ({_wall(ended, doing.zone)}) before it began ({_wall(started, doing.zone)})"
        )
    if detected is not None and (bound := _after_detection(incident)) and detected > bound.at:
        raise Refused(f"that is after {bound.what}: {_wall(bound.at, doing.zone)}", hint="give an earlier --detected")
    changed = _impact(new, doing.zone)
    if not changed and detected is None:
        raise Refused("there is nothing to say", hint="give --from, --to, --detected or words")
    fields: Fields = {"detected": stamp(detected, doing.zone)} if detected is not None else {}
    sets: list[tuple[Keys, Value]] = []
    if changed and incident.impact == Impact():
        fields["impact"] = changed
    else:
        sets = [(("impact", key), value) for key, value in changed.items()]
    words = [new.text] if new.text else []
    words += [f"{what} {_wall(at, doing.zone)}" for what, at in _said_moments(new, detected) if at is not None]
    return telling(incident, [written(doing, "impact", "; ".join(words))], fields, sets)


def escalated(incident: Incident, doing: Doing, notified: Mapping[int, str]) -> RecordEdit:
    """Say which levels of the ladder have been notified, and who that was."""
    said = [written(doing, "escalated", text, level) for level, text in sorted(notified.items())]
    return telling(incident, said)


def merge(old: Incident, into: Incident, doing: Doing) -> tuple[RecordEdit, RecordEdit]:
    """Let one incident go on as another: it is resolved and points there, and its timeline goes along."""
    if old.id == into.id:
        raise Refused(f"'{old.id}' cannot be merged into itself", hint="name two: oncall incident merge OTHER INTO")
    for each in (old, into):
        if each.merged_into:
            raise Refused(f"'{each.id}' is merged into '{each.merged_into}' already", place=each.place("merged_into"))
    if into.status is IncidentStatus.RESOLVED and old.status is not IncidentStatus.RESOLVED:
        raise Refused(
            f"'{into.id}' is resolved, and '{old.id}' is not",
            hint=f"merge the other way round, or first: oncall incident reopen {into.id}",
            place=into.place("status"),
        )
    fields: Fields = {"status": str(IncidentStatus.RESOLVED), "merged_into": into.id}
    if old.resolved is None:
        fields["resolved"] = doing.stamp
    closed = telling(old, [written(doing, "merged", f"Merged into {into.id}")], fields)
    return closed, _taking_in(old, into, doing)


def in_time(incident: Incident, doing: Doing, step: Step | None = None) -> None:
    """Refuse a time at which nothing of this incident, or not this step, can have happened."""
    first, last = earliest(incident, step), latest(incident, step) if step else None
    if first and doing.at < first.at:
        hint = "give --at a later time, or say when it began: oncall incident impact --from WHEN"
        raise Refused(f"{_wall(doing.at, doing.zone)} is before {first.what}: {_wall(first.at, doing.zone)}", hint=hint)
    if last and doing.at > last.at:
        hint = "give --at the time at which it happened"
        raise Refused(f"{_wall(doing.at, doing.zone)} is after {last.what}: {_wall(last.at, doing.zone)}", hint=hint)


def _taking_in(old: Incident, into: Incident, doing: Doing) -> RecordEdit:
    """Return what the incident that goes on learns: the other's timeline, earlier times, services, responders."""
    known = {(entry.at, entry.by, entry.text) for entry in into.timeline}
    same = old.path.split("/")[:2] == into.path.split("/")[:2]
    new = [entry for entry in old.timeline if (entry.at, entry.by, entry.text) not in known]
    entries = [copied(entry, doing.zone, same_ladder=same) for entry in new]
    fields: Fields = {key: stamp(at, doing.zone) for key, at in _earlier(old, into)}
    if "acknowledged" in fields and into.status is IncidentStatus.OPEN:
        fields["status"] = str(IncidentStatus.ACKNOWLEDGED)
    sets: list[tuple[Keys, Value]] = []
    started = old.impact.started
    if started is not None and (into.impact.started is None or started < into.impact.started):
        moment = stamp(started, doing.zone)
        if into.impact == Impact():
            fields["impact"] = {"started": moment}
        else:
            sets.append((("impact", "started"), moment))
    appends: list[tuple[Keys, Value]] = [(("services",), one) for one in old.services if one not in into.services]
    appends += [(("links",), one) for one in (*old.links, old.id) if one not in into.links]
    said = written(doing, "merged", f"{old.id} tells the same and was merged into this")
    return telling(into, [*entries, said], fields, sets, appends=appends)


def _earlier(old: Incident, into: Incident) -> list[tuple[str, Instant]]:
    """Return the times of the other that were earlier, as far as they fit between the times that stay."""
    found = []
    for key in ("detected", "acknowledged"):
        theirs, ours = moment_of(old, key), moment_of(into, key)
        later = MOMENTS[MOMENTS.index(key) + 1 :]
        fits = theirs is not None and all((moment_of(into, one) or theirs) >= theirs for one in later)
        if theirs is not None and fits and (ours is None or theirs < ours):
            found.append((key, theirs))
    return found


def _responder(incident: Incident, role: str, person: str, fields: Fields) -> tuple[list[tuple[Keys, Value]], Fields]:
    """Return what gives somebody a role: a new key of ``responders``, or the key itself where there is none."""
    if incident.responders:
        return [(("responders", role), person)], fields
    return [], {**fields, "responders": {role: person}}


def _runbook(runbook: str | None) -> Fields:
    return {"runbook": runbook} if runbook else {}


def _impact(new: Impact, zone: Zone) -> dict[str, Value]:
    moments = {"started": new.started, "ended": new.ended}
    said: dict[str, Value] = {key: stamp(at, zone) for key, at in moments.items() if at is not None}
    return {**said, "text": new.text} if new.text else said


def _said_moments(new: Impact, detected: Instant | None) -> tuple[tuple[str, Instant | None], ...]:
    return ("began", new.started), ("ended", new.ended), ("noticed", detected)


def _after_detection(incident: Incident) -> Bound | None:
    later = [(key, moment_of(incident, key)) for key in ("acknowledged", "mitigated", "resolved")]
    return next((Bound(at, f"it was {key}") for key, at in later if at is not None), None)


def _wall(at: Instant, zone: Zone) -> str:
    """Return a time as the rotation's wall shows it, with its offset: ``2026-11-24 09:00 -05:00``."""
    said = stamp(at, zone)
    return f"{said[:10]} {said[11:16]} {said[19:]}"
