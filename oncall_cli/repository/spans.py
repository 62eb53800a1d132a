"""Where each value of a YAML text begins and ends, to the character, so that it can be cut out."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field

from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from oncall_cli.repository.syntax import ONLY_FOR_PYTHON, events

_COLON = re.compile(r"\s*:")


@dataclass
class Span:
    """A value: the offsets of its first character and after its last one, and what stands inside."""

    start: int
    end: int
    flow: bool = False
    column: int = 0

    @property
    def empty(self) -> bool:
        """Whether the value says nothing at all (``key:``)."""
        return self.start == self.end


@dataclass
class Member:
    """A mapping's entry or a list's item: where its key or dash begins, where that ends, and its value."""

    start: int
    lead_end: int
    value: Span


@dataclass
class MappingSpan(Span):
    """A mapping and its entries, by key."""

    members: dict[str, Member] = field(default_factory=dict)


@dataclass
class ListSpan(Span):
    """A list and its items; in brackets an item has no dash and begins with its value."""

    members: list[Member] = field(default_factory=list)


def spans_of(text: str) -> Span:
    """Return the span of the whole document; the text has been read by ``read_text`` without a problem."""
    if not ONLY_FOR_PYTHON.search(text):
        with suppress(YAMLError):
            return _Spans(text, pure=False).document()
    return _Spans(text, pure=True).document()


class _Spans:
    def __init__(self, text: str, *, pure: bool) -> None:
        self.text = text
        self.events = events(text, pure=pure)

    def document(self) -> Span:
        next(self.events)
        next(self.events)
        return self._value(next(self.events), 0)

    def _value(self, event: Event, after: int) -> Span:
        """Return the span of a value; ``after`` is where an empty one stands, whose own mark lies."""
        start = event.start_mark.index
        if isinstance(event, ScalarEvent):
            if event.implicit[0] and not event.value:
                return Span(after, after)
            return Span(start, self._end(event))
        if isinstance(event, MappingStartEvent):
            return self._mapping(event)
        assert isinstance(event, SequenceStartEvent)
        return self._list(event)

    def _end(self, event: ScalarEvent) -> int:
        """Return where a text ends; a block's mark lies behind the blank lines that follow it."""
        start: int = event.start_mark.index
        end: int = event.end_mark.index
        if event.style not in ("|", ">"):
            return end
        raw = self.text[start:end]
        keeps_blank_lines = "+" in raw.partition("\n")[0].partition("#")[0]
        return start + len(raw.rstrip("\r\n") if keeps_blank_lines and not raw.strip() else raw.rstrip())

    def _mapping(self, event: MappingStartEvent) -> Span:
        start = event.start_mark.index
        span = MappingSpan(start, start, bool(event.flow_style), event.start_mark.column)
        while not isinstance(key := next(self.events), MappingEndEvent):
            assert isinstance(key, ScalarEvent)
            colon = _COLON.match(self.text, key.end_mark.index)
            lead_end = colon.end() if colon else key.end_mark.index
            value = self._value(next(self.events), lead_end)
            span.members[str(key.value)] = Member(key.start_mark.index, lead_end, value)
            span.end = value.end
        if span.flow:
            span.end = key.end_mark.index
        return span

    def _list(self, event: SequenceStartEvent) -> Span:
        start = event.start_mark.index
        span = ListSpan(start, start, bool(event.flow_style), event.start_mark.column)
        while not isinstance(item := next(self.events), SequenceEndEvent):
            dash = None if span.flow else self._dash(span)
            value = self._value(item, 0 if dash is None else dash + 1)
            begins = (value.start, value.start) if dash is None else (dash, dash + 1)
            span.members.append(Member(*begins, value))
            span.end = value.end
        if span.flow:
            span.end = item.end_mark.index
        return span

    def _dash(self, span: ListSpan) -> int:
        """Find the dash of the next item: the first one in the list's column after the item before."""
        if not span.members:
            return span.start
        at = self.text.index("\n", span.end) + 1
        while self.text[at : at + span.column].strip(" ") or self.text[at + span.column] != "-":
            at = self.text.index("\n", at) + 1
        return at + span.column
