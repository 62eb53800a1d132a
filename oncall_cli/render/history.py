"""The history of a team's files in words: who did what when to which record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from oncall_cli.model.time import Instant, format_instant
from oncall_cli.render.commits import SHORT, author_of, commit_data, minute_of
from oncall_cli.render.text import columns, cut, one_line, padded, visible, width_of, wrapped
from oncall_cli.repository.layout import claim

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.practice.field_changes import Data, FieldChange
    from oncall_cli.render.times import Times
    from oncall_cli.repository.log import FileChange, LogEntry

# More records of one kind are counted instead of named.
_MOST_NAMED = 3
_MOST_FIELDS = 24
_PLURALS = {"person": "people"}
_INDENT = "    "
_LONGEST = 200
_WIDEST = 24


class Told(NamedTuple):
    """A commit, and per file the fields that changed, where they were asked for and can be read."""

    entry: LogEntry
    fields: Mapping[str, Sequence[FieldChange] | None]


def history_text(told: Iterable[Told], people: Mapping[str, Person], times: Times, width: int = 80) -> str:
    """Return a line for each commit, newest first, with the fields below it."""
    told = list(told)
    heads = [(times.at(minute_of(each.entry.authored)), author_of(each.entry.commit, people)) for each in told]
    widths = [min(_WIDEST, max(map(width_of, cells))) for cells in zip(*heads, strict=True)]
    lines = []
    for each, head in zip(told, heads, strict=True):
        entry = each.entry
        row = [padded(cell, wide) for cell, wide in zip(head, widths, strict=True)]
        lines += columns([[*row, _words(entry)]], width)
        for file in entry.files:
            lines += _fields(each.fields.get(file.path, ()), width)
    return "\n".join([*lines, "", times.note()])


def _words(entry: LogEntry) -> str:
    """Return what a commit of oncall says of itself; of another one, what it says and what it did."""
    sha = f"({entry.commit.sha[:SHORT]})"
    subject = one_line(entry.commit.subject)
    return f"{subject} {sha}" if entry.mark else f"“{subject}”: {what(entry.files)} {sha}"


def what(files: Iterable[FileChange]) -> str:
    """Return ``edited rotation platform; added person bob, 4 shifts``."""
    verbs: dict[str, dict[str, list[str]]] = {}
    for file in files:
        claimed = claim(file.path)
        nouns = verbs.setdefault(str(file.verb), {})
        nouns.setdefault(claimed.kind.name if claimed else "file", []).append(_name(file))
    return "; ".join(f"{verb} {', '.join(_group(nouns))}" for verb, nouns in verbs.items())


def _group(nouns: Mapping[str, Sequence[str]]) -> Iterable[str]:
    """Yield the names of a few records of a kind, or how many there are."""
    for noun, names in nouns.items():
        if len(names) > _MOST_NAMED:
            yield f"{len(names)} {_PLURALS.get(noun, f'{noun}s')}"
        else:
            yield from names


def _name(file: FileChange) -> str:
    new, old = (_record(path) for path in (file.path, file.old_path))
    return f"{old} to {new}" if new != old else new


def _record(path: str) -> str:
    claimed = claim(path)
    if claimed is None:
        return f"file {visible(path)}"
    if claimed.kind.name == "team":
        return "the team"
    parts = path.split("/")
    of = f" of {parts[1]}" if parts[0] == "rotations" and claimed.kind.name not in ("rotation", "person") else ""
    return visible(f"{claimed.kind.name} {claimed.id}{of}")


def _fields(changes: Sequence[FieldChange] | None, width: int) -> list[str]:
    if changes is None:
        return [f"{_INDENT}(one of the two versions cannot be read)"]
    lines = []
    for change in changes[:_MOST_FIELDS]:
        lines += wrapped(_field(change), width, indent=_INDENT * 2, first=_INDENT)
    more = len(changes) - _MOST_FIELDS
    return [*lines, *([f"{_INDENT}and {more} more, all of them in --json"] if more > 0 else [])]


def _field(change: FieldChange) -> str:
    name = field_name(change)
    if change.before is None:
        return f"{name}: added {_value(change.after)}"
    if change.after is None:
        return f"{name}: removed {_value(change.before)}"
    return f"{name}: {_value(change.before)} → {_value(change.after)}"


def field_name(change: FieldChange) -> str:
    """Return ``roster[0].members``."""
    name = "".join(f"[{key}]" if isinstance(key, int) else f".{one_line(key)}" for key in change.keys)
    return name.removeprefix(".") or "the file"


def _value(value: Data) -> str:
    return cut(_flow(value), _LONGEST)


def _flow(value: Data) -> str:
    """Return a value on one line, as a file could say it."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{one_line(key)}: {_flow(each)}' for key, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(_flow(each) for each in value)}]"
    return one_line(value or "") or "nothing"


def history_data(told: Iterable[Told], people: Mapping[str, Person]) -> list[dict[str, Any]]:
    """Return the same for a script."""
    return [
        {
            **commit_data(each.entry.commit, people),
            "authored": format_instant(Instant(each.entry.authored)),
            "by_oncall": each.entry.mark is not None,
            "changes": [_file_data(file, each.fields) for file in each.entry.files],
        }
        for each in told
    ]


def _file_data(file: FileChange, fields: Mapping[str, Sequence[FieldChange] | None]) -> dict[str, Any]:
    claimed = claim(file.path)
    data: dict[str, Any] = {
        "change": str(file.verb),
        "kind": claimed.kind.name if claimed else None,
        "id": claimed.id if claimed else None,
        "path": file.path,
        "old_path": file.old_path if file.old_path != file.path else None,
    }
    if file.path in fields:
        changes = fields[file.path]
        data["fields"] = changes and [
            {"keys": list(change.keys), "before": change.before, "after": change.after} for change in changes
        ]
    return data
