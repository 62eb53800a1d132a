"""The schemas as files that editors read, and which paths each of them is for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from oncall_cli.render.json import to_json
from oncall_cli.render.schema import about, schema_text
from oncall_cli.render.text import columns

if TYPE_CHECKING:
    from oncall_cli.model.record import Record

INDEX = "index.json"


class SchemaFile(NamedTuple):
    """The schema of one kind of record: its file, what it is about, its text, and the paths that it is for."""

    kind: str
    about: str
    text: str
    globs: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the schema's file."""
        return f"{self.kind}.schema.json"


# What `repository/layout.py` says with regular expressions, in the words that editors know.
_GLOBS = {
    "team": ("oncall.yaml",),
    "person": ("rotations/people/*.yaml",),
    "rotation": ("rotations/*/rotation.yaml",),
    "override": ("rotations/*/overrides/*.yaml",),
    "shift": ("rotations/*/shifts/*/*.yaml",),
    "incident": ("rotations/*/incidents/*/*.yaml",),
    "request": ("rotations/*/requests/*/*.yaml",),
    "action": ("rotations/*/actions/*/*.yaml",),
    "runbook": ("runbooks/*.md",),
    "template": ("templates/*/*.md",),
}


def schema_file(kind: str, record: type[Record]) -> SchemaFile:
    """Return the schema of a kind of record with all that belongs to it."""
    return SchemaFile(kind, about(record), schema_text(kind, record), _GLOBS[kind])


def files_of(schemas: Iterable[SchemaFile]) -> dict[str, bytes]:
    """Return the files of a folder of schemas: one a kind, and an index in the form of a catalog."""
    listed = [*schemas]
    index = {"version": 1, "schemas": [_entry(schema) for schema in listed]}
    return {schema.name: schema.text.encode() for schema in listed} | {INDEX: f"{to_json(index)}\n".encode()}


def settings_text(schemas: Iterable[SchemaFile], folder: PurePath) -> str:
    """Return the setting by which an editor finds the schema of a file that it opens; it knows YAML alone."""
    known = {str(folder / schema.name): list(schema.globs) for schema in schemas if schema.globs[0].endswith(".yaml")}
    return to_json({"yaml.schemas": known})


def kinds_text(schemas: Iterable[SchemaFile], width: int = 80) -> str:
    """Return the kinds, what each is, and where its files stand."""
    return "\n".join(columns([[schema.kind, f"{schema.about} ({schema.globs[0]})"] for schema in schemas], width))


def kinds_data(schemas: Iterable[SchemaFile]) -> list[dict[str, Any]]:
    """Return the kinds for a script."""
    return [{"kind": schema.kind, "about": schema.about, "files": list(schema.globs)} for schema in schemas]


def _entry(schema: SchemaFile) -> dict[str, Any]:
    return {
        "name": f"oncall {schema.kind}",
        "description": schema.about,
        "fileMatch": list(schema.globs),
        "url": schema.name,
    }
