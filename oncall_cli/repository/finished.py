"""Which records of the history are finished, known without opening them.

What happened grows for ever, and nearly all of it is finished. Of each folder it is remembered which of its records
were not: while it stays as it is, only those few are read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from oncall_cli.practice.finished import action_finished, incident_finished, request_finished, shift_finished
from oncall_cli.repository.find import TEAM_FILE
from oncall_cli.repository.memory import Look, Memory

if TYPE_CHECKING:
    from oncall_cli.model.team import Team
    from oncall_cli.repository.reading import TeamRepository

PLACE = "finished.json"
FINISHED: dict[str, Callable[[Any, Team], bool]] = {
    "shifts": shift_finished,
    "incidents": incident_finished,
    "requests": request_finished,
    "actions": action_finished,
}


def unfinished(repository: TeamRepository, memory: Memory | None, kind: str, rotation: str) -> list[Any]:
    """Return the records of one kind of a rotation that are not finished, and tell of any that cannot be read."""
    team = repository.team()
    # by other rules of the team, something else may be finished
    salt = (repository.files.read(TEAM_FILE) or b"").hex()
    found = []
    for folder in repository.folders(kind, rotation):
        look = memory.look([folder], salt) if memory else None
        names = memory.known(folder, look) if memory and look else None
        if names is None:
            names = _read(repository, memory, folder, look, lambda one: not FINISHED[kind](one, team))
        pages = [repository.record_at(f"{folder}/{name}.yaml") for name in names]
        found += [page.head for page in pages if page]
    return found


def _read(
    repository: TeamRepository,
    memory: Memory | None,
    folder: str,
    look: Look | None,
    waits: Callable[[Any], bool],
) -> list[str]:
    """Read all records of a folder; return those that are not finished, and remember them where nothing is wrong."""
    if memory:
        memory.begin()
    names = [record.id for record in repository.in_folder(folder) if waits(record)]
    repository.let_go(folder)
    if memory and look and repository.failure(f"{folder}/") is None:
        memory.note(folder, look, names)
    return names
