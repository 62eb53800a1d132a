"""A sequence that is found out when somebody first looks into it: a rotation nobody asks about is not read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TypeVar, overload

T = TypeVar("T")


class WhenAsked(Sequence[T]):
    """What ``find`` returns, which is called once, or never."""

    def __init__(self, find: Callable[[], Iterable[T]]) -> None:
        self._find = find

    @cached_property
    def _found(self) -> tuple[T, ...]:
        return tuple(self._find())

    def __iter__(self) -> Iterator[T]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, place: int) -> T: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...

    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        return self._found[place]
