"""Two versions of one file made one: a record by what it says, any other file by its lines.

What a merge means is decided on data (``practice/three_way``). The text is git's own merge where that says the
same; else that of the side which has most of it, edited until it says all.
"""

from __future__ import annotations

from typing import NamedTuple

from oncall_cli.errors import OncallError
from oncall_cli.model.record import Key
from oncall_cli.practice.three_way import ABSENT, Clash, Maybe, merged
from oncall_cli.repository.edit import Document
from oncall_cli.repository.frontmatter import split_head
from oncall_cli.repository.layout import Kind, claim
from oncall_cli.repository.merge_text import MergedText, marked_lines, merge_lines
from oncall_cli.repository.new_file import new_file, new_page
from oncall_cli.repository.parse import parse, problems_in
from oncall_cli.repository.rewrite import differences, rewrite
from oncall_cli.repository.syntax import Data
from oncall_cli.repository.validate import said_in


class Versions(NamedTuple):
    """A file as it was when the two sides parted, and as each has it now; None where there is none."""

    base: bytes | None
    ours: bytes | None
    theirs: bytes | None


class Disagreement(NamedTuple):
    """What cannot be merged: the field, what each side makes of it, and why where the field does not say it."""

    field: tuple[Key, ...]
    ours: Maybe
    theirs: Maybe
    why: str = ""


class Merged(NamedTuple):
    """The file as both sides have it together (None: there is none), or what they disagree about.

    With a disagreement, the bytes are for a person to mend: both readings stand in them between markers.
    """

    data: bytes | None
    disagreements: tuple[Disagreement, ...] = ()


def merge_file(path: str, versions: Versions) -> Merged:
    """Return the one file that two versions of it make; ``path`` says which record it is."""
    base, ours, theirs = versions
    if ours == theirs or theirs == base:
        return Merged(ours)
    if ours == base:
        return Merged(theirs)
    if ours is None or theirs is None:
        return _one_deleted(ours, theirs)
    records = _Records(path, base, ours, theirs)
    return records.merged() if records.valid else _by_lines(path, base, ours, theirs)


def _one_deleted(ours: bytes | None, theirs: bytes | None) -> Merged:
    """Return the conflict of a file that one side changed and the other deleted."""
    gone, there = "deleted", "changed"
    said: tuple[Maybe, Maybe] = (gone, there) if ours is None else (there, gone)
    return Merged(ours if ours is not None else theirs, (Disagreement((), *said, "one side deleted the file"),))


def _by_lines(path: str, base: bytes | None, ours: bytes, theirs: bytes) -> Merged:
    found = merge_lines(base or b"", ours, theirs)
    if not found.clean:
        return Merged(found.data, (Disagreement((), ABSENT, ABSENT, "both sides changed the same lines"),))
    return _checked(path, found.data)


def _checked(path: str, data: bytes) -> Merged:
    """Refuse a merge that would be no record, though each side was one."""
    problems = problems_in(path, data)
    why = f"together the two changes would be invalid: {problems[0].message}" if problems else ""
    return Merged(data, (Disagreement((), ABSENT, ABSENT, why),) if why else ())


class _Reading(NamedTuple):
    """What a version says, and the text below the head of a Markdown file."""

    said: Data
    body: str


class _Records:
    """Three versions of a record, each of which can be read."""

    def __init__(self, path: str, base: bytes | None, ours: bytes, theirs: bytes) -> None:
        self.path = path
        self.texts = (base, ours, theirs)
        claimed = claim(path)
        self.read = [_reading(claimed.kind, data, path, claimed.id) for data in self.texts] if claimed else []

    @property
    def valid(self) -> bool:
        """Whether all three are records, so that their fields can be compared."""
        return bool(self.read) and all(self.read)

    def merged(self) -> Merged:
        """Return the record that says what both sides say."""
        clashes, body = self._meaning(prefer_theirs=False)[1], self._body()
        if clashes or not body.clean:
            return Merged(self._both_readings(body), self._disagreements(clashes, body))
        said, _ = self._meaning(prefer_theirs=False)
        data = self._text(said, body.data)
        if data is None:
            anew = _checked(self.path, _written(self.path, said))
            why = "the two changes cannot be joined without touching other lines"
            return Merged(self.texts[1], anew.disagreements or (Disagreement((), ABSENT, ABSENT, why),))
        return _checked(self.path, data)

    def _meaning(self, *, prefer_theirs: bool) -> tuple[Data, list[Clash]]:
        base, ours, theirs = (one.said if one else None for one in self.read)
        said, clashes = merged(base, ours, theirs, prefer_theirs=prefer_theirs)
        return (said if isinstance(said, dict) else {}), clashes

    def _body(self) -> MergedText:
        base, ours, theirs = ((one.body if one else "").encode() for one in self.read)
        return merge_lines(base, ours, theirs)

    def _disagreements(self, clashes: list[Clash], body: MergedText) -> tuple[Disagreement, ...]:
        found = [Disagreement(clash.keys, clash.ours, clash.theirs) for clash in clashes]
        why = "both sides changed the same lines of the text"
        return (*found, *([] if body.clean else [Disagreement((), ABSENT, ABSENT, why)]))

    def _text(self, said: Data, body: bytes) -> bytes | None:
        """Return a text that says the merge and keeps the comments of both sides, as far as that can be."""
        base, ours, theirs = self.texts
        lines = merge_lines(base or b"", ours or b"", theirs or b"")
        if lines.clean and self._says(lines.data, said, body):
            return lines.data
        # an edit costs a reading of the file: of two sides, the one that has nearly all of it is edited
        first, second = sorted((1, 2), key=lambda at: differences(self._said(at), said))
        nearest = self._edited(first, said, body)
        if nearest is not None and _comments(self.texts[second]) <= _comments(nearest):
            return nearest
        parted, other = self._edited(0, said, body), self._edited(second, said, body)
        if nearest is not None and parted is not None and other is not None:
            # the three say the same now: what still differs between them is comments and spelling
            comments = merge_lines(parted, nearest, other)
            if comments.clean and self._says(comments.data, said, body):
                return comments.data
        return nearest or other

    def _said(self, at: int) -> Data:
        read = self.read[at]
        return read.said if read else None

    def _edited(self, at: int, said: Data, body: bytes) -> bytes | None:
        """Return one version, edited until it says the merge; None where its layout does not let that be."""
        read, text = self.read[at], self.texts[at]
        if read is None or text is None:
            return None
        try:
            document = Document(self.path, text)
            rewrite(document, read.said, said)
            data = _with_body(self.path, document.to_bytes(), body)
        except OncallError:
            return None
        return data if self._says(data, said, body) else None

    def _says(self, data: bytes, said: Data, body: bytes) -> bool:
        claimed = claim(self.path)
        read = _reading(claimed.kind, data, self.path, claimed.id) if claimed else None
        return read == _Reading(said, body.decode())

    def _both_readings(self, body: MergedText) -> bytes:
        """Return the merge with the fields in dispute between markers, both readings of each."""
        sides = (self._meaning(prefer_theirs=False)[0], self._meaning(prefer_theirs=True)[0])
        ours, theirs = (self._edited(1, said, body.data) for said in sides)
        if ours is None or theirs is None:
            return merge_lines(self.texts[0] or b"", self.texts[1] or b"", self.texts[2] or b"").data
        return marked_lines(ours, theirs) if ours != theirs else ours


def _reading(kind: Kind, data: bytes | None, path: str, record_id: str) -> _Reading | None:
    """Return what a version says; one that does not exist says nothing, one that cannot be read is None."""
    if data is None:
        return _Reading({}, "")
    found = parse(kind, data, path, record_id)
    return None if isinstance(found, list) else _Reading(said_in(kind.record, found.tree), found.body)


def _written(path: str, said: Data) -> bytes:
    """Return a new file that says the merge, to learn whether the model takes it."""
    head = said if isinstance(said, dict) else {}
    return new_page(head, "") if path.endswith(".md") else new_file(head)


def _comments(data: bytes | None) -> set[bytes]:
    """Return the lines that may hold a comment."""
    return {line.strip() for line in (data or b"").splitlines() if b"#" in line}


def _with_body(path: str, data: bytes, body: bytes) -> bytes:
    """Return a Markdown file with another text below its head."""
    if not path.endswith(".md"):
        return data
    before, head, after = split_head(data.decode(), path)
    fence, newline, _ = after.partition("\n")
    return f"{before}{head}{fence}{newline}".encode() + body
