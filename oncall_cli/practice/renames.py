"""People whose id changes between two states: gone under one, and there under another with the same e-mail."""

from __future__ import annotations

from collections.abc import Mapping

from oncall_cli.model.override import Override
from oncall_cli.model.person import Person
from oncall_cli.model.rotation import Layer, RosterVersion, Rotation
from oncall_cli.practice.team_state import RotationFiles, TeamState
from oncall_cli.schedule.compile import compile_schedule

Names = Mapping[str, str]


def renames(before: Mapping[str, Person], after: Mapping[str, Person]) -> dict[str, str]:
    """Return the new id of everybody who goes and whose e-mail exactly one newcomer has."""
    gone = {name: _emails(person) for name, person in before.items() if name not in after}
    come = {name: _emails(person) for name, person in after.items() if name not in before}
    found = {}
    for name, emails in gone.items():
        same = [other for other, theirs in come.items() if emails & theirs]
        rivals = [other for other, theirs in gone.items() if emails & theirs]
        if len(same) == len(rivals) == 1:
            found[name] = same[0]
    return found


def with_names(state: TeamState, names: Names) -> TeamState:
    """Return the state as it would be had the people always had their new ids."""
    if not names:
        return state
    rotations = {name: _files(files, names) for name, files in state.rotations.items()}
    return state._replace(
        rotations=rotations, people={names.get(name, name): person for name, person in state.people.items()}
    )


def _emails(person: Person) -> set[str]:
    written = (*person.git_emails, person.contact.email or "")
    return {email.casefold() for email in written if email}


def _files(files: RotationFiles, names: Names) -> RotationFiles:
    record = _rotation(files.record, names)
    overrides = [_override(override, names) for override in files.overrides]
    if record == files.record and overrides == list(files.overrides):
        return files
    return RotationFiles(record, overrides, compile_schedule(record, overrides))


def _rotation(record: Rotation, names: Names) -> Rotation:
    roles = {
        role: tuple(stint.model_copy(update={"person": names.get(stint.person, stint.person)}) for stint in entry)
        if isinstance(entry, tuple)
        else entry
        for role, entry in record.roles.items()
    }
    layers = tuple(_layer(layer, names) for layer in record.layers)
    update = {"roster": _roster(record.roster, names), "roles": roles, "layers": layers}
    return record.model_copy(update=update)


def _layer(layer: Layer, names: Names) -> Layer:
    return layer.model_copy(update={"roster": _roster(layer.roster, names)})


def _roster(roster: tuple[RosterVersion, ...], names: Names) -> tuple[RosterVersion, ...]:
    return tuple(
        version.model_copy(update={"members": tuple(_people(member, names) for member in version.members)})
        for version in roster
    )


def _override(override: Override, names: Names) -> Override:
    changes = tuple(
        change.model_copy(
            update={
                "people": _people(change.people, names),
                "instead_of": names.get(change.instead_of, change.instead_of) if change.instead_of else None,
            }
        )
        for change in override.changes
    )
    return override.model_copy(update={"changes": changes})


def _people(people: tuple[str, ...], names: Names) -> tuple[str, ...]:
    return tuple(names.get(person, person) for person in people)
