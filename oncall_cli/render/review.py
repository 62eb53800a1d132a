"""The document of a review, from a template of the team and what the record says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from oncall_cli.lasting import span
from oncall_cli.model.incident import Action, Impact, Incident, TimelineEntry
from oncall_cli.practice.blocks import blocks, signed
from oncall_cli.practice.metrics import spans_of
from oncall_cli.practice.review import unknowns
from oncall_cli.render.markdown import markdown
from oncall_cli.render.message import message_of
from oncall_cli.render.runbook import fenced

if TYPE_CHECKING:
    from oncall_cli.model.document import Template
    from oncall_cli.model.rotation import Rotation
    from oncall_cli.model.team import Team
    from oncall_cli.practice.review import ReviewPlan

_UNKNOWN = "unknown"


def review_document(template: Template, body: str, names: Mapping[str, Any], rotation: Rotation) -> str:
    """Return the document; its marked parts remember what was written into them."""
    assert rotation.timezone is not None
    return signed(f"{message_of(template, body, names, rotation.timezone).text}\n")


def fresh_parts(document: str) -> dict[str, str]:
    """Return what stands in the marked parts of a document, by their names."""
    return {block.name: block.content for block in blocks(document)}


def review_names(
    incident: Incident, raw: Mapping[str, Any], plan: ReviewPlan, reason: str | None, team: Team, rotation: Rotation
) -> dict[str, Any]:
    """Return what a template of a review may say; no text of the record is markup."""
    lists: dict[str, Any] = {name: [] for name, value in incident if isinstance(value, tuple)}
    texts = dict.fromkeys(("detected", "acknowledged", "mitigated", "resolved", "runbook", "alert"), "")
    said = {
        **lists,
        **texts,
        **raw,
        "id": incident.id,
        "path": incident.path,
        "impact": {**dict.fromkeys(Impact.model_fields, ""), **_mapping(raw.get("impact"))},
        "responders": _mapping(raw.get("responders")),
        "actions": [_whole(Action, each, {"state": "open", "priority": "normal"}) for each in raw.get("actions", [])],
        "timeline": [_whole(TimelineEntry, each, {"kind": "note"}) for each in raw.get("timeline", [])],
    }
    times = {name: _UNKNOWN if value is None else span(value) for name, value in spans_of(incident)._asdict().items()}
    review = {"owner": plan.owner, "due": plan.due.isoformat(), "state": str(plan.state), "reason": reason or ""}
    return {
        "incident": _escaped(said),
        "review": _escaped(review),
        "times": times,
        "questions": unknowns(incident),
        "team": {"name": markdown(team.name), "repository": markdown(team.repository or "")},
        "rotation": {"id": rotation.id, "name": markdown(rotation.name), "timezone": str(rotation.timezone)},
    }


def _mapping(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def _whole(part: Any, said: Any, usual: Mapping[str, str]) -> dict[str, Any]:
    """Return an item with every key that it may have, so that a template need not ask whether it does."""
    return {**dict.fromkeys(part.model_fields, ""), **usual, **_mapping(said)}


def _escaped(value: Any) -> Any:
    """Return data for Markdown; a text of several lines is a block of code, as deep as an item of a list."""
    if isinstance(value, Mapping):
        return {key: _escaped(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_escaped(one) for one in value]
    text = str(value)
    if "\n" not in text.strip("\n"):
        return markdown(text)
    inside = fenced(text).replace("\n", "\n  ")
    return f"\n\n  {inside}\n"
