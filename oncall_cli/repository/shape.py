"""What the model expects at a place in a file: which keys a mapping has, and what a value is for."""

from __future__ import annotations

from types import UnionType
from typing import Annotated, TypeAlias, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from oncall_cli.model.record import Key, Part
from oncall_cli.repository.syntax import Data, Path, at

Annotation: TypeAlias = object


def fields_of(part: type[Part]) -> dict[str, FieldInfo]:
    """Return the fields of a part by the keys that a file uses for them."""
    return {field.alias or name: field for name, field in part.model_fields.items()}


def part_at(cls: type[Part], data: Data, path: Path) -> type[Part] | None:
    """Return the part of the model that the mapping at ``path`` is, or None where there is none."""
    return _part(_annotation_at(cls, data, path), at(data, path))


def holds_mappings(cls: type[Part], data: Data, path: Path) -> bool:
    """Tell whether the entry is one of many named mappings, which may say nothing (``primary:``)."""
    if not path:
        return False
    parent = _annotation_at(cls, data, path[:-1])
    return any(get_origin(kind) is dict and _part(get_args(kind)[1], {}) for kind in _kinds(parent))


def _annotation_at(cls: type[Part], data: Data, path: Path) -> Annotation:
    """Follow ``path`` through the annotations of the model; None where it leads out of the model."""
    found: Annotation = cls
    for depth, key in enumerate(path):
        found = _step(found, key, at(data, path[:depth]))
    return found


def _step(annotation: Annotation, key: Key, data: Data) -> Annotation:
    if isinstance(key, str):
        if part := _part(annotation, data):
            field = fields_of(part).get(key)
            return field.annotation if field else None
        return next((get_args(kind)[1] for kind in _kinds(annotation) if get_origin(kind) is dict), None)
    return next((get_args(kind)[0] for kind in _kinds(annotation) if get_origin(kind) is tuple), None)


def _part(annotation: Annotation, data: Data) -> type[Part] | None:
    if not isinstance(data, dict):
        return None
    classes = (kind for kind in _kinds(annotation) if isinstance(kind, type))
    return next((kind for kind in classes if issubclass(kind, Part)), None)


def _kinds(annotation: Annotation) -> list[Annotation]:
    """Return the alternatives of an annotation, without what pydantic is told about them."""
    if get_origin(annotation) is Annotated:
        return _kinds(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return [kind for choice in get_args(annotation) for kind in _kinds(choice)]
    return [annotation]
