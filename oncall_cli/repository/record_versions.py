"""What a record said before and after a commit, without asking whether that was valid."""

from __future__ import annotations

from collections.abc import Sequence

from oncall_cli.practice.field_changes import FieldChange, field_changes
from oncall_cli.repository.frontmatter import Markdown, read_markdown
from oncall_cli.repository.limits import MOST_BYTES
from oncall_cli.repository.log import FileChange, Verb
from oncall_cli.repository.objects import Objects
from oncall_cli.repository.syntax import Data, Tree, read_yaml

TEXT = "text"


def changed_fields(objects: Objects, change: FileChange) -> Sequence[FieldChange] | None:
    """Return the fields that a commit changed in a file; None where a version of it cannot be read as a record."""
    if change.verb not in (Verb.EDITED, Verb.MOVED):
        return ()
    before = data_of(objects.read(change.before), change.old_path)
    after = data_of(objects.read(change.after), change.path)
    if before is None or after is None:
        return None
    return tuple(field_changes(before, after))


def data_of(content: bytes, path: str) -> Data:
    """Return the data of a file, the text below a Markdown head as a field; None for what is no record."""
    if path.endswith(".md"):
        page = read_markdown(content[: MOST_BYTES + 1], path)
        if not isinstance(page, Markdown) or not isinstance(page.head.data, dict):
            return None
        return {**page.head.data, TEXT: page.body}
    tree = read_yaml(content[: MOST_BYTES + 1], path) if path.endswith(".yaml") else None
    return tree.data if isinstance(tree, Tree) else None
