"""Why somebody is on call: the rule, the roster version, the overrides, and the commits that brought them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from oncall_cli.errors import Place
from oncall_cli.model.time import Instant, day_of, format_instant
from oncall_cli.practice.identity import known_person
from oncall_cli.render.commits import SHORT, author_of
from oncall_cli.render.people import name_of, names_of
from oncall_cli.render.text import columns, one_line
from oncall_cli.render.times import Times, clock_time

if TYPE_CHECKING:
    from oncall_cli.model.override import Override
    from oncall_cli.model.person import Person
    from oncall_cli.model.rotation import Rotation
    from oncall_cli.repository.history import Commit
    from oncall_cli.schedule.shift import Bearing, Explanation, Ground

_ORDINALS = {1: "1st", 2: "2nd", 3: "3rd"}


class Reason(NamedTuple):
    """The explanation of one role, with the records that it rests on and the commit of each place."""

    rotation: Rotation
    explanation: Explanation
    overrides: Mapping[str, Override]
    commits: Mapping[Place, Commit | None]

    def ground_place(self) -> Place | None:
        """Return where the roster version, or the stint, stands."""
        ground = self.explanation.ground
        return self.rotation.place(*ground.keys) if ground else None

    def member_place(self) -> Place | None:
        """Return where the list that names the person stands, when an edit may have brought it by itself."""
        ground = self.explanation.ground
        if ground is None or ground.layer is None:
            return None
        return self.rotation.place(*ground.member_keys, "members", ground.position)

    def change_place(self, bearing: Bearing) -> Place:
        """Return where the change of an override stands."""
        return self.overrides[bearing.override].place("changes", bearing.change)

    def places(self) -> list[Place]:
        """Return the places whose commits explain the answer."""
        ground = self.ground_place()
        changes = [self.change_place(bearing) for bearing in self.explanation.overrides]
        return [place for place in (ground, self.member_place()) if place] + changes


def why_text(reason: Reason, people: Mapping[str, Person], times: Times, width: int = 80) -> str:
    """Return the answer, then what it rests on, the last word last."""
    explanation = reason.explanation
    when = times.at(explanation.instant, reason.rotation.timezone)
    who = names_of(explanation.people, people)
    lines = [f"{reason.rotation.id} {explanation.role} at {when}: {who}", ""]
    if explanation.ground:
        rows = _ground(reason, explanation.ground, people, times)
    else:
        rows = [["  turn", "none of the rotation is under way"]]
    rows += [row for bearing in explanation.overrides for row in _bearing(reason, bearing, people, times)]
    return "\n".join([*lines, *columns(rows, width), "", times.note()])


def _ground(reason: Reason, ground: Ground, people: Mapping[str, Person], times: Times) -> list[list[str]]:
    """Return the rows that tell what the rotation's file says."""
    place = reason.ground_place() or Place(reason.rotation.path)
    rows = []
    if ground.layer is not None:
        rows.append(["  rule", _rule(reason.rotation, ground.layer)])
    rows.append([f"  {'roster' if ground.layer is not None else 'by name'}", f"from {_wall(ground)}"])
    rows.append(["", str(place)])
    rows.append(["", _commit(reason.commits.get(place), people, times)])
    rows.append(["  turn", f"number {ground.number + 1} of it, {times.until(ground.start, ground.end)}"])
    if ground.members:
        rows.append(["  member", _position(ground, people)])
        rows += _member(reason, people, times)
    if ground.hours:
        rows.append(["  hours", "; ".join(ground.hours)])
    return [row for row in rows if row[-1]]


def _member(reason: Reason, people: Mapping[str, Person], times: Times) -> list[list[str]]:
    """Return the rows that tell who wrote the person into the list, where an edit did it after the version began."""
    place = reason.member_place()
    commit = reason.commits.get(place) if place else None
    ground = reason.ground_place()
    if commit is None or commit == (reason.commits.get(ground) if ground else None):
        return []
    return [["", str(place)], ["", _commit(commit, people, times)]]


def _rule(rotation: Rotation, name: str) -> str:
    layer = next(layer for layer in rotation.all_layers() if layer.name == name)
    of = f"layer {name}, " if rotation.layers else ""
    return f"{of}every {layer.handoff.every} at {layer.handoff.at}, {layer.timezone or rotation.timezone}"


def _wall(ground: Ground) -> str:
    return f"{day_of(ground.since).isoformat()} {clock_time(ground.since)}".removesuffix(" 00:00")


def _position(ground: Ground, people: Mapping[str, Person]) -> str:
    """Say whose turn it is in the list, and how many places after the primary that is."""
    place = ground.position + 1
    of = f"{_ORDINALS.get(place, f'{place}th')} of {len(ground.members)}: {names_of(ground.people, people)}"
    if not ground.offset:
        return of
    return f"{of}, {ground.offset} {'turn' if ground.offset == 1 else 'turns'} after the primary's"


def _bearing(reason: Reason, bearing: Bearing, people: Mapping[str, Person], times: Times) -> list[list[str]]:
    """Return the rows that tell of one change, and whether it has a part in the answer."""
    override = reason.overrides[bearing.override]
    change = override.changes[bearing.change]
    place = reason.change_place(bearing)
    instead = f" for {name_of(change.instead_of, people)}" if change.instead_of else ""
    verdict = "" if bearing.applied else " (without effect here)"
    because = f"“{one_line(override.reason)}”" if override.reason else ""
    return [
        row
        for row in (
            [f"  {override.kind}", f"{names_of(change.people, people)}{instead}{verdict}"],
            ["", times.until(change.start, change.end)],
            ["", str(place)],
            ["", because],
            ["", _commit(reason.commits.get(place), people, times)],
        )
        if row[-1]
    ]


def _commit(commit: Commit | None, people: Mapping[str, Person], times: Times) -> str:
    if commit is None:
        return ""
    when = times.day(Instant(commit.committed))
    return f"commit {commit.sha[:SHORT]}, {author_of(commit, people)}, {when}: {one_line(commit.subject)}"


def why_data(reason: Reason, people: Mapping[str, Person]) -> dict[str, Any]:
    """Return the same for a script."""
    explanation, ground = reason.explanation, reason.explanation.ground
    return {
        "rotation": reason.rotation.id,
        "role": explanation.role,
        "at": format_instant(explanation.instant),
        "people": list(explanation.people),
        "roster": ground
        and {
            "layer": ground.layer,
            "people": list(ground.people),
            "from": _wall(ground),
            "number": ground.number,
            "start": format_instant(ground.start),
            "end": format_instant(ground.end),
            "offset": ground.offset,
            **_place_data(reason, reason.ground_place(), people),
            "member": _place_data(reason, reason.member_place(), people) or None,
        },
        "overrides": [
            {
                "id": bearing.override,
                "change": bearing.change,
                "applied": bearing.applied,
                **_place_data(reason, reason.change_place(bearing), people),
            }
            for bearing in explanation.overrides
        ],
    }


def _place_data(reason: Reason, place: Place | None, people: Mapping[str, Person]) -> dict[str, Any]:
    """Return where a reason stands, and which commit of whom brought it; null for a line that is not committed."""
    if place is None:
        return {}
    commit = reason.commits.get(place)
    return {
        "path": place.path,
        "line": place.line,
        "commit": commit and commit.sha,
        "author": commit and author_of(commit, people),
        "person": commit and known_person(commit.author_email, people),
    }
