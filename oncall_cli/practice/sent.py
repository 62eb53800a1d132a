"""A message that went out, on the record that it was about: from which template, to whom, when."""

from __future__ import annotations

from oncall_cli.model.incident import Incident
from oncall_cli.model.request import Request
from oncall_cli.model.time import Instant
from oncall_cli.model.zone import Zone
from oncall_cli.practice.edits import Keys, RecordEdit, Value
from oncall_cli.practice.stamps import stamp


def sent_edit(
    record: Incident | Request, template: str, to: str | None, at: Instant, by: str, zone: Zone
) -> RecordEdit:
    """Return what writes it down; an incident tells it on its timeline as well."""
    said: dict[str, Value] = {"template": template, "at": stamp(at, zone), "by": by}
    appends: list[tuple[Keys, Value]] = [(("messages",), {**said, "to": to} if to else said)]
    if isinstance(record, Incident):
        whom = f" to {to}" if to else ""
        text = f"Sent '{template}'{whom}"
        appends.append((("timeline",), {"at": stamp(at, zone), "by": by, "kind": "message", "text": text}))
    return RecordEdit(record.path, appends=appends)
