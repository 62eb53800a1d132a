"""Records as the tests of practice write them: instants with their offset, as a file has them."""

from __future__ import annotations

from typing import Any

from oncall_cli.model.record import Source
from oncall_cli.model.rotation import Rotation
from oncall_cli.model.shift import LogEntry, ShiftRecord
from oncall_cli.model.time import Instant, parse_instant


def at(text: str) -> Instant:
    """Return an instant of November 2026 in New York, written ``18 10:00``."""
    return parse_instant(f"2026-11-{text.replace(' ', 'T')}:00-05:00")


def entry(when: str, by: str, text: str, kind: str = "note", about: str | None = None) -> LogEntry:
    return LogEntry.model_validate({"at": at(when), "by": by, "text": text, "kind": kind, "about": about})


def shift(
    person: str,
    role: str,
    scheduled: tuple[str, str],
    started: str | None = None,
    ended: str | None = None,
    log: tuple[LogEntry, ...] = (),
    **more: Any,
) -> ShiftRecord:
    made = ShiftRecord.model_validate(
        {
            "person": person,
            "role": role,
            "scheduled": {"start": at(scheduled[0]), "end": at(scheduled[1])},
            "started": started and at(started),
            "ended": ended and at(ended),
            "log": log,
            **more,
        }
    )
    name = f"2026-11-{scheduled[0][:2]}-{person}-{role}"
    made.read_from(name, Source(f"rotations/platform/shifts/2026/{name}.yaml", {}))
    return made


def rotation(name: str = "platform", **keys: Any) -> Rotation:
    """Return a weekly rotation that hands off on Tuesdays at 09:00 in New York: alice, bob, carol."""
    made = Rotation.model_validate(
        {
            "name": name.title(),
            "timezone": "America/New_York",
            "handoff": {"every": "1 week", "at": "tuesday 09:00"},
            "roster": [{"from": "2026-11-03", "members": ["alice", "bob", "carol"]}],
            **keys,
        }
    )
    made.read_from(name, Source(f"rotations/{name}/rotation.yaml", {}))
    return made
