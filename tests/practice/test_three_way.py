"""Every list that a record may have has a meaning when two versions of it are merged."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from types import UnionType

import pytest
from pydantic import BaseModel

from oncall_cli.model.record import Part
from oncall_cli.practice.merged_order import merged_order
from oncall_cli.practice.three_way import ABSENT, ENTRIES_OF, NAMED_BY, WHOLE, Clash, merged
from oncall_cli.repository.layout import KINDS


def parts_in(kind: object) -> Iterator[type[Part]]:
    if typing.get_origin(kind) in (typing.Union, UnionType, typing.Annotated, tuple, dict):
        for inner in typing.get_args(kind):
            yield from parts_in(inner)
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind  # type: ignore[misc]


def is_list(kind: object) -> bool:
    if typing.get_origin(kind) in (typing.Union, UnionType, typing.Annotated):
        return any(is_list(inner) for inner in typing.get_args(kind))
    return typing.get_origin(kind) is tuple


def lists_of_mappings(part: type[Part], seen: set[type[Part]]) -> Iterator[str]:
    """The keys under which a record has a list whose items are mappings."""
    seen.add(part)
    for name, field in part.model_fields.items():
        inner = set(parts_in(field.annotation))
        if inner and is_list(field.annotation):
            yield field.alias or name
        for one in inner - seen:
            yield from lists_of_mappings(one, seen)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_list_of_mappings_has_a_meaning(kind) -> None:
    """A new one must be told how it merges, or it is one value without anybody having decided so."""
    for name in lists_of_mappings(kind.record, set()):
        assert name in (*ENTRIES_OF, *NAMED_BY, *WHOLE), f"how does '{name}' of a {kind.name} merge?"


def test_two_sides_move_the_same_items() -> None:
    """One side's order is taken; two different ones are disputed."""
    base, moved, other = ["a", "b", "c"], ["c", "a", "b"], ["b", "a", "c"]
    assert merged_order(base, (moved, base), base) == (moved, False)
    assert merged_order(base, (base, moved), base) == (moved, False)
    assert merged_order(base, (moved, other), base).disputed


def test_new_items_stand_where_their_side_put_them() -> None:
    """Behind what they follow there, the same whoever merges."""
    base = ["a", "b"]
    for sides in ((["a", "x", "b"], ["a", "b", "y"]), (["a", "b", "y"], ["a", "x", "b"])):
        assert merged_order(base, sides, ["a", "b", "x", "y"]).items == ["a", "x", "b", "y"]


def test_a_mapping_deleted_and_edited_is_disputed() -> None:
    """So is one whose new key nobody on the other side has seen."""
    found, clashes = merged({"review": {"state": "draft"}}, {}, {"review": {"state": "done"}})
    assert clashes == [Clash(("review",), {"state": "draft"}, ABSENT, {"state": "done"})]
    assert found == {}
    assert merged({"a": "1"}, {}, {"a": "2"}, prefer_theirs=True)[0] == {"a": "2"}
