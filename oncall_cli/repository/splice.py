"""Cuts one value of a YAML text out and puts another in; every character around it stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from oncall_cli.repository.spans import ListSpan, MappingSpan, Member, Span
from oncall_cli.repository.spelling import Value, entry, inline, item, scalar


@dataclass(frozen=True)
class Splice:
    """The text, and how its lines end."""

    text: str

    @property
    def newline(self) -> str:
        """The line ending of the file."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def replace(self, key: str | None, old: Member, value: Value, in_flow: bool) -> str:
        """Return the text with another value for a mapping's entry, or for a list's item (no key)."""
        if in_flow:
            gap = " " if old.value.empty else ""
            return self._put(old.value.start, old.value.end, gap + inline(value))
        head, *body = item(value) if key is None else entry(key, value)
        head = head[1:] if key is None else head[len(scalar(key)) + 1 :]
        if not (body or _is_nested(old.value)):
            head = self._gap(old) + head.lstrip(" ")
        kept, rest = self._kept(old, key is not None)
        first = head + self._aligned(kept, old, head)
        lines = [first, *_indented(body, self._column(old.start))]
        return self._put(old.lead_end, rest, self.newline.join(lines))

    def _kept(self, old: Member, has_key: bool) -> tuple[str, int]:
        """Return the comment that stays on the first line, and where the text goes on."""
        if _is_nested(old.value):
            return (self._rest(old.lead_end) if has_key else "", old.value.end)
        return self._rest(old.value.end), self._line_end(old.value.end)

    def _aligned(self, kept: str, old: Member, head: str) -> str:
        """Return the comment in the column where it was, as far as the new value leaves room."""
        comment = kept.lstrip(" ")
        before = old.lead_end if _is_nested(old.value) else old.value.end
        if not comment or before > self._line_end(old.lead_end):
            return kept
        column = self._column(before) + len(kept) - len(comment)
        return " " * max(column - self._column(old.lead_end) - len(head), 2) + comment

    def add_entry(self, span: MappingSpan, key: str, value: Value, after: Sequence[str], in_flow: bool) -> str:
        """Return the text with a new entry, behind the last of the keys ``after`` or at the mapping's end."""
        members = span.members
        before = [members[name] for name in members if name in after] or [*members.values()]
        if in_flow:
            lead = ", " if before else ""
            at = before[-1].value.end if before else span.start + 1
            return self._put(at, at, f"{lead}{inline({key: value})[1:-1]}")
        return self._lines_after(before[-1].value, entry(key, value), span.column)

    def add_item(self, span: ListSpan, value: Value, in_flow: bool) -> str:
        """Return the text with a new item at the end of a list that has some, in the style of its last."""
        last = span.members[-1].value
        if in_flow:
            return self._put(last.end, last.end, f", {inline(value)}")
        return self._lines_after(last, self._item_as(last, value), span.column)

    def insert_item(self, span: ListSpan, index: int, value: Value, in_flow: bool) -> str:
        """Return the text with a new item before one that a list has, in that one's style.

        The comments that stand right above that item stay with it.
        """
        old = span.members[index]
        if in_flow:
            return self._put(old.start, old.start, f"{inline(value)}, ")
        first, *rest = self._item_as(old.value, value)
        at = self._above(old.start)
        lines = [first, *_indented(rest, span.column), " " * span.column]
        return self._put(at, at, self.newline.join(lines))

    def remove(self, span: MappingSpan | ListSpan, member: Member) -> str:
        """Return the text without an entry or an item; the last one leaves an empty mapping or list."""
        members = [*span.members.values()] if isinstance(span, MappingSpan) else span.members
        at = next(number for number, one in enumerate(members) if one is member)
        if len(members) == 1:
            return self._empty(span)
        if span.flow:
            if at + 1 < len(members):
                return self._put(member.start, members[at + 1].start, "")
            return self._put(members[at - 1].value.end, member.value.end, "")
        if self.text[self._line_start(member.start) : member.start].strip():
            return self._put(member.start, members[at + 1].start, "")
        return self._without_lines(member)

    def _item_as(self, other: Span, value: Value) -> list[str]:
        """Return the lines of an item, in brackets where the other one is."""
        as_other = isinstance(value, Mapping) and other.flow and not _has_lines(value)
        return [f"- {inline(value)}"] if as_other else item(value)

    def _empty(self, span: MappingSpan | ListSpan) -> str:
        nothing = "{}" if isinstance(span, MappingSpan) else "[]"
        start = span.start
        if not span.flow and not self.text[self._line_start(start) : start].strip():
            # back onto the line of its key, before the comment that may stand there
            start = self._line_start(start)
            head = self.text[:start].rstrip("\r\n")
            line = head.rpartition("\n")[2]
            at = len(head) - len(line) + len(line.partition(" #")[0].rstrip())
            return f"{head[:at]} {nothing}{head[at:]}{self.text[span.end :]}"
        return self._put(start, span.end, nothing)

    def _without_lines(self, member: Member) -> str:
        start, end = self._line_start(member.start), self._line_end(member.value.end)
        after = self.text.find("\n", end) + 1
        if after:
            return self._put(start, after, "")
        return self.text[:start]

    def _lines_after(self, last: Span, lines: Sequence[str], column: int) -> str:
        at = self._line_end(last.end)
        added = "".join(f"{self.newline}{line}" for line in _indented(lines, column))
        return self._put(at, at, added)

    def _gap(self, old: Member) -> str:
        """Return the blanks between the key and its value, so that values stay aligned."""
        gap = self.text[old.lead_end : old.value.start]
        return gap if gap.strip(" ") == "" and gap else " "

    def _above(self, at: int) -> int:
        """Return where, in the same column, the comments right above a place begin, or that place."""
        column = self._column(at)
        while self._line_start(at) > 0 and not self.text[self._line_start(at) : at].strip():
            above = self._line_start(self._line_start(at) - 1) + column
            if above >= self._line_start(at) or not self.text.startswith("#", above):
                break
            at = above
        return at

    def _rest(self, at: int) -> str:
        """Return what follows on the line: nothing, or a comment."""
        return self.text[at : self._line_end(at)]

    def _column(self, at: int) -> int:
        return at - self._line_start(at)

    def _line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        end = len(self.text) if end < 0 else end
        return end - 1 if self.text[at:end].endswith("\r") else end

    def _put(self, start: int, end: int, new: str) -> str:
        return self.text[:start] + new + self.text[end:]


def _is_nested(span: Span) -> bool:
    """Tell whether a value is a mapping or a list in block style."""
    return isinstance(span, (MappingSpan, ListSpan)) and not span.flow


def _indented(lines: Sequence[str], column: int) -> list[str]:
    blank = " " * column
    return [blank + line if line else "" for line in lines]


def _has_lines(value: Value) -> bool:
    if isinstance(value, str):
        return "\n" in value
    if isinstance(value, Mapping):
        return any(_has_lines(one) for one in value.values())
    return isinstance(value, Sequence) and any(_has_lines(one) for one in value)
