"""How a command changes files: edits become bytes, the bytes one commit, and the user learns what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from oncall_cli.commands.session import Session
from oncall_cli.errors import Place, Refused, Unreadable
from oncall_cli.practice.edits import Keys, RecordEdit
from oncall_cli.render.change import change_data, change_text, mended_text, plan_text
from oncall_cli.repository.commit import Change, Committed, Contents, commit_change, diff_text
from oncall_cli.repository.edit import Document
from oncall_cli.repository.layout import key_order
from oncall_cli.repository.new_file import new_file, new_page

if TYPE_CHECKING:
    from oncall_cli.commands.pushing import Push


class Outcome(NamedTuple):
    """What became of a change: a commit, or for a dry run its diff."""

    session: Session
    committed: Committed
    diff: str
    as_json: bool

    def show(self, data: Mapping[str, Any], text: str) -> None:
        """Print the command's answer, and then what was changed, where, and how to undo it."""
        if self.as_json:
            push = self._push()
            self.session.answer({**data, **change_data(self.committed, self.diff), **(push.data() if push else {})})
        elif self.diff:
            self.session.show(plan_text(self.committed, self.diff))
            push = None
        else:
            try:
                self.session.show(text)
            finally:
                # whoever cannot get the answer learns at least that the change is made
                self.session.tell(change_text(self.committed))
            push = self._push()
        if self.committed.mended and not self.as_json:
            self.session.tell(mended_text(self.committed.mended))
        if push:
            self.session.tell(push.text())
        # The change is made: an invalid file elsewhere is told, and is no failure of this command.
        self.session.close()

    def _push(self) -> Push | None:
        """Share the commit where that was asked for; nobody else pays for the modules that do it."""
        if not self.session.given.push or not self.committed.sha:
            return None
        from oncall_cli.commands.pushing import Push

        return Push(self.session, self.committed)


class Planned(NamedTuple):
    """What the edits make of the files, and what the files say until then."""

    before: Contents
    after: Contents


def make_change(
    session: Session, edits: Sequence[RecordEdit], subject: str, *, dry_run: bool, as_json: bool
) -> Outcome:
    """Make one commit of the edits, or for a dry run only say what it would be."""
    return commit_planned(session, planned(session, edits), subject, dry_run=dry_run, as_json=as_json)


def planned(session: Session, edits: Sequence[RecordEdit]) -> Planned:
    """Return the bytes that the edits make; a file that the model would not accept is refused."""
    before = {edit.path: session.repository.files.read(edit.path) for edit in edits}
    after: dict[str, bytes | None] = dict(before)
    for edit in edits:
        after[edit.path] = _bytes(session, edit, after[edit.path])
    return Planned(before, after)


def commit_planned(
    session: Session, files: Planned, subject: str, *, dry_run: bool, as_json: bool, body: str = ""
) -> Outcome:
    """Make one commit of the files, or for a dry run only say what it would be."""
    change = Change(files.after, subject, body, base=files.before)
    diff = diff_text(session.repository.root, change) if dry_run else ""
    return Outcome(session, commit_change(session.repository.root, change, dry_run=dry_run), diff, as_json)


def _bytes(session: Session, edit: RecordEdit, before: bytes | None) -> bytes | None:
    """Return what the file will say; None when there will be none."""
    if edit.deleted:
        return None
    if edit.text is not None:
        return edit.text.encode()
    if edit.new is not None:
        if before is not None:
            raise _in_the_way(session, edit.path)
        return new_file(edit.new) if edit.page is None else new_page(edit.new, edit.page)
    document = Document(edit.path, before or b"")
    order = key_order(edit.path)
    for keys, value in [*(((key,), value) for key, value in edit.fields.items()), *edit.sets]:
        document.set(keys, value, after=_before(order, keys))
    # From the end, so that every index still means the item that it meant.
    for keys in sorted(edit.removes, key=_by_place, reverse=True):
        document.remove(keys)
    for keys, index, item in edit.inserts:
        document.insert(keys, index, item)
    for keys, item in [*edit.appends, *((("log",), line) for line in edit.log)]:
        document.append(keys, item, after=_before(order, keys))
    return document.to_bytes()


def _before(order: Sequence[str], keys: Keys) -> Sequence[str]:
    """Return the keys behind which a new one stands in its file."""
    return order[: order.index(keys[0])] if len(keys) == 1 and keys[0] in order else ()


def _by_place(keys: Keys) -> list[tuple[int, str]]:
    return [(key, "") if isinstance(key, int) else (-1, key) for key in keys]


def _in_the_way(session: Session, path: str) -> Refused | Unreadable:
    """Return why a record cannot be made: a file of its name is there and could not be read."""
    there = Refused(f"'{path}' exists already", hint="look at it, and move it away", place=Place(path))
    return session.repository.failure(path) or there
