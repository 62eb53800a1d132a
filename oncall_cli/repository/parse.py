"""From the bytes of one file to its record: the one way in, for reading and for checking before a commit."""

from __future__ import annotations

from typing import NamedTuple

from oncall_cli.errors import Problem
from oncall_cli.model.record import Record
from oncall_cli.repository.frontmatter import Markdown, read_markdown
from oncall_cli.repository.layout import Kind, claim
from oncall_cli.repository.syntax import Tree, read_yaml
from oncall_cli.repository.validate import record_from


class Parsed(NamedTuple):
    """A record, the tree that it was read from, and the text below the head of a Markdown file."""

    record: Record
    tree: Tree
    body: str = ""


def parse(kind: Kind, data: bytes, path: str, record_id: str) -> Parsed | list[Problem]:
    """Return the record of one kind that the bytes of a file spell, or all that is wrong with them."""
    read = read_markdown(data, path) if path.endswith(".md") else read_yaml(data, path)
    if isinstance(read, list):
        return read
    tree, body = (read.head, read.body) if isinstance(read, Markdown) else (read, "")
    record = record_from(kind.record, tree, path, record_id)
    return record if isinstance(record, list) else Parsed(record, tree, body)


def problems_in(path: str, data: bytes) -> list[Problem]:
    """Return what keeps a file from being the record that its path says; other files may say anything."""
    claimed = claim(path)
    if claimed is None:
        return []
    found = parse(claimed.kind, data, path, claimed.id)
    return found if isinstance(found, list) else []
