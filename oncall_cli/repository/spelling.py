"""How a value is spelled in YAML so that every reader, ours and the others, gets the same text back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeGuard

Value = str | int | bool | Mapping[str, "Value"] | Sequence["Value"]

_WIDEST_LIST = 90

# what other readers of YAML would take for a number, a truth, nothing, or a time of day in base 60
_MISREAD = re.compile(
    r"(?i:true|false|yes|no|on|off|y|n|null|~|=|<<|\.nan)"
    r"|[-+]?(?:\d[\d_,]*)?\.?\d*(?:e[-+]?\d+)?|[-+]?\.inf|0[xob][\da-f_]+|\d+(?::\d\d)+(?:\.\d*)?",
    re.IGNORECASE,
)
_INDICATORS = tuple("-?:,[]{}#&*!|>'\"%@`.")
_WORD = re.compile(r"[\w.@+-]+")
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "\x7f\x85\u2028\u2029\ufeff"}
_ESCAPES |= {ord("\\"): "\\\\", ord('"'): '\\"', ord("\n"): "\\n", ord("\t"): "\\t"}


def entry(key: str, value: Value) -> list[str]:
    """Return the lines of ``key: value`` in block style, not indented."""
    lead = scalar(key)
    if isinstance(value, Mapping) and value:
        return [f"{lead}:", *_indented(mapping(value))]
    if is_list(value) and value and not _fits_line(value):
        return [f"{lead}:", *_indented([line for one in value for line in item(one)])]
    if isinstance(value, str) and _is_block(value):
        return [f"{lead}: {block_header(value)}", *block_lines(value)]
    return [f"{lead}: {_line(value)}"]


def item(value: Value) -> list[str]:
    """Return the lines of ``- value`` in block style, not indented."""
    if isinstance(value, Mapping) and value:
        first, *rest = mapping(value)
        return [f"- {first}", *_indented(rest)]
    if isinstance(value, str) and _is_block(value):
        return [f"- {block_header(value)}", *block_lines(value)]
    return [f"- {_line(value)}"]


def mapping(value: Mapping[str, Value]) -> list[str]:
    """Return the lines of a mapping in block style, not indented."""
    return [line for key, one in value.items() for line in entry(key, one)]


def inline(value: Value) -> str:
    """Return a value on one line, as it may stand in brackets."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key, True)}: {inline(one)}" for key, one in value.items()) + "}"
    if isinstance(value, str):
        return scalar(value, True)
    if isinstance(value, Sequence):
        return "[" + ", ".join(inline(one) for one in value) + "]"
    return as_text(value)


def scalar(text: str, flow: bool = False) -> str:
    """Return a text on one line, quoted where another reader might take it for something else."""
    if any(char in text for char in "\n\t\x7f\x85\u2028\u2029\ufeff"):
        return f'"{text.translate(_ESCAPES)}"'
    if not _must_be_quoted(text, flow):
        return text
    if ('"' in text or "\\" in text) and "'" not in text:
        return f"'{text}'"
    return f'"{text.translate(_ESCAPES)}"'


def _line(value: Value) -> str:
    return scalar(value) if isinstance(value, str) else inline(value)


def as_text(value: str | int | bool) -> str:
    """Return the text that our reader gets for a scalar."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def block_header(text: str) -> str:
    """Return ``|`` with what says how the block begins and ends."""
    indent = "2" if text[0] in " \n\t" else ""
    ending = len(text) - len(text.rstrip("\n"))
    return f"|{indent}{'-' if ending == 0 else '' if ending == 1 else '+'}"


def block_lines(text: str) -> list[str]:
    """Return the indented lines of a block of text."""
    return _indented(text.removesuffix("\n").split("\n"))


def _is_block(text: str) -> bool:
    """Tell whether a text is best written as a block: several lines, at least one of which says something."""
    return "\n" in text and bool(text.strip()) and not any(char in text for char in "\x7f\x85\u2028\u2029\ufeff")


def _must_be_quoted(text: str, flow: bool) -> bool:
    if not text or text != text.strip() or text.startswith(_INDICATORS) or text.endswith(":"):
        return True
    if ": " in text or " #" in text or _MISREAD.fullmatch(text):
        return True
    return flow and any(char in text for char in ",[]{}")


def is_list(value: Value) -> TypeGuard[Sequence[Value]]:
    """Tell a list from a text, which is a sequence too."""
    return isinstance(value, Sequence) and not isinstance(value, str)


def _fits_line(value: Sequence[Value]) -> bool:
    """Tell whether a list is one of short words, such as ids, that reads best in brackets."""
    words = [one for one in value if isinstance(one, (str, int)) and _WORD.fullmatch(as_text(one))]
    return len(words) == len(value) and len(inline(value)) <= _WIDEST_LIST


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"  {line}" if line else "" for line in lines]
