"""A report for a script, and the names that a template fills in: instants as text, lengths in seconds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from oncall_cli.lasting import span
from oncall_cli.model.time import Instant, format_instant, parse_instant
from oncall_cli.practice.report_coverage import share
from oncall_cli.render.document import NOTHING
from oncall_cli.render.document_markdown import section_markdown
from oncall_cli.render.markdown import markdown, markdown_lines
from oncall_cli.render.people import name_of
from oncall_cli.render.report import figure, period_text, sections
from oncall_cli.render.report_practice import percent
from oncall_cli.render.template import CannotFill, fill
from oncall_cli.render.times import Times

if TYPE_CHECKING:
    from oncall_cli.model.document import Template
    from oncall_cli.model.person import Person
    from oncall_cli.model.request import Request
    from oncall_cli.practice.metrics import Summary
    from oncall_cli.practice.report import Report
    from oncall_cli.practice.report_incidents import IncidentLine
    from oncall_cli.practice.report_numbers import Number
    from oncall_cli.practice.report_requests import Group
    from oncall_cli.practice.report_shifts import ShiftLine

    People = Mapping[str, Person]


def report_data(report: Report, unread: Sequence[str] = ()) -> dict[str, Any]:
    """Return everything that the report tells."""
    rotation, period = report.facts.rotation.rotation, report.period
    return {
        "rotation": {"id": rotation.id, "name": rotation.name, "timezone": str(report.facts.rotation.zone)},
        "period": {
            "kind": str(period.kind),
            "start": format_instant(period.start),
            "end": format_instant(period.end),
            "shift": period.shift,
            "seen": format_instant(report.window.seen),
            "partial": report.is_partial,
        },
        "unread": list(unread),
        **_work(report),
        **_kept(report),
        "trend": [_trend(report, number) for number in range(len(report.trends))],
        "earlier": [{"start": format_instant(start), "end": format_instant(end)} for start, end in report.earlier],
    }


def _work(report: Report) -> dict[str, Any]:
    parts = report.parts
    asked, called = parts.requests, parts.interruptions
    return {
        "incidents": {
            "count": len(parts.incidents.lines),
            "list": [_incident(line) for line in parts.incidents.lines],
            "by_severity": dict(parts.incidents.by_severity),
            "measures": {name: _summary(measure) for name, measure in parts.incidents.measures.items()},
        },
        "requests": {
            "count": len(asked.received),
            "list": [_request(one) for one in asked.received],
            "open": [_request(one) for one in asked.left_open],
            "late": [_request(one) for one in asked.late],
            "by_section": _groups(asked.by_section),
            "by_kind": _groups(asked.by_kind),
            "by_requester": _groups(asked.by_requester),
            "seconds": asked.seconds,
            "acknowledged": {state.name.lower(): count for state, count in asked.acknowledged.items()},
            "target": report.facts.team.policy.acknowledge_requests.seconds,
            "waited": _summary(asked.waited),
        },
        "interruptions": {
            "count": called.total,
            "pages": called.pages,
            "requests": called.requests,
            "announcements": called.announcements,
            "per_day": {**_summary(called.per_day), "median": called.median_day},
            "stretches": [{**one._asdict(), "first": str(one.first), "count": one.total} for one in called.stretches],
        },
    }


def _kept(report: Report) -> dict[str, Any]:
    return {
        "duties": [
            {
                "id": line.duty.id,
                "title": line.duty.title,
                "due": line.due,
                "done": line.done,
                "missed": [str(day) for day in line.missed],
            }
            for line in report.parts.duties
        ],
        "load": [{"person": row.person, **row.load._asdict(), "pages": row.pages} for row in report.load.rows],
        "coverage": {
            "percent": share(report.parts.coverage),
            "roles": [
                {
                    "role": line.role,
                    "promised": line.promised,
                    "held": line.kept,
                    "on_purpose": line.on_purpose,
                    "gaps": [{"start": format_instant(start), "end": format_instant(end)} for start, end in line.gaps],
                }
                for line in report.parts.coverage
            ],
        },
        "changes": _changes(report),
        "shifts": [_shift(line) for line in report.shifts],
        "logged": {str(kind): count for kind, count in report.logged.items()},
    }


def _changes(report: Report) -> list[dict[str, Any]]:
    overrides = [
        {"at": _moment(one.created), "kind": str(one.kind), "id": one.id, "reason": one.reason}
        for one in report.changes.overrides
    ]
    rosters = [
        {"at": _moment(one.at), "kind": "roster", "id": one.layer, "joined": list(one.joined), "left": list(one.left)}
        for one in report.changes.rosters
    ]
    return [*overrides, *rosters]


def _incident(line: IncidentLine) -> dict[str, Any]:
    one = line.incident
    return {
        "id": one.id,
        "title": one.title,
        "severity": one.severity,
        "status": str(one.status),
        "detected": _moment(one.detected),
        "acknowledged": _moment(one.acknowledged),
        "mitigated": _moment(one.mitigated),
        "resolved": _moment(one.resolved),
        "responded": line.responded.name.lower(),
        "review": str(one.review.state) if one.review else None,
        "seconds": line.spans._asdict(),
    }


def _request(request: Request) -> dict[str, Any]:
    return {
        "id": request.id,
        "title": request.title,
        "status": str(request.status),
        "received": format_instant(request.received),
        "acknowledged": _moment(request.acknowledged),
    }


def _shift(line: ShiftLine) -> dict[str, Any]:
    shift = line.shift
    return {
        "id": shift.id,
        "person": shift.person,
        "role": shift.role,
        "started": _moment(shift.started),
        "ended": _moment(shift.ended),
        "accepted_by": shift.accepted.by if shift.accepted else None,
        "summary": shift.summary,
        "ongoing": list(shift.ongoing),
        "not_ticked": list(line.left),
    }


def _trend(report: Report, number: int) -> dict[str, Any]:
    trend = report.trends[number]
    return {**trend._asdict(), "earlier": list(trend.earlier), "word": str(trend.word)}


def _summary(measure: Summary | None) -> dict[str, Number]:
    if measure is None:
        return {"count": 0, "median": None, "p90": None}
    return {"count": measure.count, "median": measure.median, "p90": measure.p90}


def _groups(groups: Sequence[Group]) -> list[dict[str, Any]]:
    return [{"name": group.name, "count": group.came, "seconds": group.seconds} for group in groups]


def _moment(instant: Instant | None) -> str | None:
    return None if instant is None else format_instant(instant)


def filled_report(template: Template, body: str, report: Report, people: People, unread: Sequence[str] = ()) -> str:
    """Return a template filled in with the report; raise ``CannotFill`` naming the file and what is missing."""
    names = template_names(report, people, unread)
    clock = Times(report.facts.rotation.zone, report.window.start)
    filters = {
        "moment": _told(lambda said: clock.at(parse_instant(str(said)))),
        "day": _told(lambda said: clock.day(parse_instant(str(said)))),
        "clock": _told(lambda said: clock.time_of_day(parse_instant(str(said)))),
        "span": _told(lambda seconds: span(int(seconds))),
        "name": _told(lambda person: markdown(name_of(str(person), people))),
    }
    try:
        return fill(body.strip("\n"), names, filters).strip("\n")
    except CannotFill as wrong:
        message = f"the template '{template.id}' cannot be filled in: {wrong.message}"
        raise CannotFill(message, f"there are: {', '.join(names)}", template.place()) from None


def _told(say: Callable[[Any], str]) -> Callable[[Any], str]:
    """Return the filter; what a record does not tell is a dash, so that an open incident breaks no template."""
    return lambda value: NOTHING if value is None else say(value)


def template_names(report: Report, people: People, unread: Sequence[str] = ()) -> dict[str, Any]:
    """Return what a template may say: the data, none of which is markup, and each section ready as Markdown."""
    escaped: dict[str, Any] = _escaped(report_data(report, unread))
    for shift, line in zip(escaped["shifts"], report.shifts, strict=True):
        # The one text of several lines.
        shift["summary"] = "\n".join(markdown_lines(line.shift.summary or ""))
    kept = share(report.parts.coverage)
    return {
        **escaped,
        "shift": next((one for one in escaped["shifts"] if one["id"] == report.period.shift), None),
        "title": markdown(period_text(report)),
        "figures": {trend.key: figure(trend.key, trend.now) for trend in report.trends},
        "kept": "nothing promised" if kept is None else f"{percent(kept)}%",
        "sections": {section.key: section_markdown(section) for section in sections(report, people)},
    }


def _escaped(value: Any) -> Any:
    if isinstance(value, str):
        return markdown(value)
    if isinstance(value, Mapping):
        return {key: _escaped(each) for key, each in value.items()}
    return [_escaped(each) for each in value] if isinstance(value, list) else value
