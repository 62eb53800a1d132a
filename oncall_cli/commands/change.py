"""How a command changes files: edits become bytes, the bytes one commit, and the user learns what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from oncall_cli.commands.session import Session
from oncall_cli.errors import Place, Refused, Unreadable
from oncall_cli.practice.edits import RecordEdit
from oncall_cli.render.change import change_data, change_text, plan_text
from oncall_cli.repository.commit import Change, Committed, commit_change, diff_text
from oncall_cli.repository.edit import Document
from oncall_cli.repository.new_file import new_file

# In which order the fields of a shift's record stand, for those that are added later.
_ORDER = (
    *("created", "note", "person", "role", "started", "ended", "scheduled"),
    *("log", "checklist", "summary", "ongoing", "accepted"),
)


class Outcome(NamedTuple):
    """What became of a change: a commit, or for a dry run its diff."""

    session: Session
    committed: Committed
    diff: str
    as_json: bool

    def show(self, data: Mapping[str, Any], text: str) -> None:
        """Print the command's answer, and then what was changed, where, and how to undo it."""
        if self.as_json:
            self.session.answer({**data, **change_data(self.committed, self.diff)})
        elif self.diff:
            self.session.show(plan_text(self.committed, self.diff))
        else:
            self.session.show(text)
            self.session.tell(change_text(self.committed))
        # The change is made: an invalid file elsewhere is told, and is no failure of this command.
        self.session.close()


def make_change(
    session: Session, edits: Sequence[RecordEdit], subject: str, *, dry_run: bool, as_json: bool
) -> Outcome:
    """Make one commit of the edits, or for a dry run only say what it would be."""
    before = {edit.path: session.repository.files.read(edit.path) for edit in edits}
    files = {edit.path: _bytes(session, edit, before[edit.path]) for edit in edits}
    change = Change(files, subject, base=before)
    diff = diff_text(session.repository.root, change) if dry_run else ""
    return Outcome(session, commit_change(session.repository.root, change, dry_run=dry_run), diff, as_json)


def _bytes(session: Session, edit: RecordEdit, before: bytes | None) -> bytes:
    """Return what the file will say."""
    if edit.new is not None:
        if before is not None:
            raise _in_the_way(session, edit.path)
        return new_file(edit.new)
    document = Document(edit.path, before or b"")
    for key, value in edit.fields.items():
        document.set((key,), value, after=_ORDER[: _ORDER.index(key)])
    for line in edit.log:
        document.append(("log",), line, after=_ORDER[: _ORDER.index("log")])
    return document.to_bytes()


def _in_the_way(session: Session, path: str) -> Refused | Unreadable:
    """Return why a record cannot be made: a file of its name is there and could not be read."""
    for problem in session.repository.problems:
        if problem.place.path == path:
            return Unreadable(problem.message, problem.hint, problem.place)
    return Refused(f"'{path}' exists already", hint="look at it, and move it away", place=Place(path))
