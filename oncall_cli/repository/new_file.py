"""A new record's file, in the form that later edits keep."""

from __future__ import annotations

from collections.abc import Mapping

from oncall_cli.errors import Refused
from oncall_cli.repository.limits import decoded
from oncall_cli.repository.spelling import mapping
from oncall_cli.repository.syntax import Tree, read_text
from oncall_cli.repository.values import Draft, as_data, cleaned, without_empty


def new_file(data: Mapping[str, Draft]) -> bytes:
    """Return the YAML of a new record, its keys in the order given; what says nothing is left out."""
    said = {key: cleaned(one) for key, one in without_empty(data).items()}
    text = "".join(f"{line}\n" for line in mapping(said))
    tree = read_text(decoded(text.encode(), "the new file"), "the new file")
    if not isinstance(tree, Tree) or tree.data != as_data(said):
        raise Refused("the record cannot be written so that it reads back the same", "leave out unusual characters")
    return text.encode()


def new_page(head: Mapping[str, Draft], body: str) -> bytes:
    """Return a new Markdown file with a head."""
    return b"---\n" + new_file(head) + b"---\n\n" + body.strip("\n").encode() + b"\n"
