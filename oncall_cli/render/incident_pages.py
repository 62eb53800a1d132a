"""One incident as Markdown, as a page for a browser, and for a script; the same bytes for the same record."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from oncall_cli.model.time import format_instant
from oncall_cli.practice.metrics import spans_of
from oncall_cli.practice.review import impact_length
from oncall_cli.render.incident_show import Shown, distance_of, entries_of, facts_of
from oncall_cli.render.markdown import markdown, markdown_line
from oncall_cli.render.page import page
from oncall_cli.render.text import one_line, visible

if TYPE_CHECKING:
    from oncall_cli.model.incident import Incident, TimelineEntry

_STYLE = """
ol { list-style: none; padding: 0; border-left: 3px solid var(--line); }
ol li { padding: .2rem 1rem; }
time { color: var(--quiet); }
"""


def show_markdown(shown: Shown) -> str:
    """Return the incident as Markdown."""
    incident = shown.incident
    facts = [f"- {label}: {markdown(text)}" for label, text in _facts(shown)]
    lines = [_item(shown, entry) for entry in entries_of(incident)]
    parts = [f"# {markdown_line(incident.title)}", "\n".join(facts), "## Timeline", "\n".join(lines)]
    return "\n\n".join([part for part in parts if part] + [shown.times.note()])


def show_html(shown: Shown) -> str:
    """Return the incident as a page of its own, that loads nothing."""
    title = escape(one_line(shown.incident.title))
    facts = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>\n" for label, text in _facts(shown))
    entries = "".join(_entry(shown, entry) for entry in entries_of(shown.incident))
    body = (
        f"<h1>{title}</h1>\n<dl>\n{facts}</dl>\n<h2>Timeline</h2>\n<ol>\n{entries}</ol>\n"
        f"<footer>{escape(shown.times.note())}</footer>"
    )
    return page(shown.incident.title, body, _STYLE).rstrip("\n")


def show_data(record: dict[str, Any], incident: Incident) -> dict[str, Any]:
    """Return the record as its file says, with the lengths of its parts in seconds."""
    return {**record, "seconds": {**spans_of(incident)._asdict(), "outage": impact_length(incident)}}


def _facts(shown: Shown) -> list[tuple[str, str]]:
    incident = shown.incident
    means = f", {one_line(shown.title)}" if shown.title else ""
    return [
        ("incident", incident.id),
        ("severity", f"{incident.severity}{means}"),
        ("status", str(incident.status)),
        *facts_of(shown),
    ]


def _item(shown: Shown, entry: TimelineEntry) -> str:
    first, *rest = visible(entry.text).rstrip("\n").split("\n")
    kind = "" if entry.kind == "note" else f"{markdown(entry.kind)}: "
    head = (
        f"- {shown.times.at(entry.at)} ({distance_of(shown.incident, entry.at)}), {entry.by}: {kind}{markdown(first)}"
    )
    if not rest:
        return head
    # Indented by four more than the item, it is code, whatever it says.
    return "\n".join([head, "", *(f"      {line}".rstrip() for line in rest), ""])


def _entry(shown: Shown, entry: TimelineEntry) -> str:
    first, *rest = visible(entry.text).rstrip("\n").split("\n")
    kind = "" if entry.kind == "note" else f"{escape(one_line(entry.kind))}: "
    more = f"<pre>{escape(chr(10).join(rest))}</pre>" if rest else ""
    when = f'<time datetime="{format_instant(entry.at)}">{escape(shown.times.at(entry.at))}</time>'
    after = escape(distance_of(shown.incident, entry.at))
    return f"<li>{when} {after} <b>{escape(entry.by)}</b> {kind}{escape(first)}{more}</li>\n"
