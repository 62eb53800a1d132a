"""Templates filled in: in a sandbox, strict about what is missing, and within bounds that no template can pass."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from traceback import walk_tb
from types import FrameType
from typing import TYPE_CHECKING, Any

from oncall_cli.errors import OncallError

if TYPE_CHECKING:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

MOST_STEPS = 50_000
MOST_TEXT = 200_000
# What gives a text of bounded size; `replace` and the like can square it.
# fmt: off
_FILTERS = (
    "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "groupby",
    "int", "items", "join", "last", "length", "list", "lower", "map", "max",
    "min", "reject", "rejectattr", "reverse", "round", "select", "selectattr", "sort", "striptags",
    "sum", "title", "trim", "truncate", "unique", "upper", "wordcount",
)
# fmt: on
_SOURCE = "<template>"


class CannotFill(OncallError):
    """A template cannot be filled in."""


def fill(template: str, names: Mapping[str, Any], filters: Mapping[str, Callable[..., str]] | None = None) -> str:
    """Return the text with ``{{ names }}`` filled in; raise ``CannotFill`` with what is wrong and where."""
    from jinja2 import TemplateError

    try:
        with _bounded():
            return _text(_environment(), template, names, filters or {})
    except TemplateError as wrong:
        line = getattr(wrong, "lineno", None) or _line_of(wrong)
        where = f"line {line}: " if line else ""
        raise CannotFill(f"{where}{wrong.message or wrong}") from None
    except RecursionError:
        raise CannotFill("it calls itself without end") from None
    except (ArithmeticError, AttributeError, LookupError, MemoryError, TypeError, ValueError) as wrong:
        raise CannotFill(str(wrong) or type(wrong).__name__) from None


def ready_text(template: str, **names: str) -> str:
    """Return a text that a checklist has ready, filled in; or as it is, and what is wrong with it."""
    try:
        return fill(template, names)
    except CannotFill as wrong:
        known = ", ".join(f"{{{{ {name} }}}}" for name in names)
        return f"{template}\n(this text cannot be filled in: {wrong.message}; there are {known})"


def _text(
    environment: SandboxedEnvironment, template: str, names: Mapping[str, Any], filters: Mapping[str, Any]
) -> str:
    own = environment.overlay(undefined=_missing(names))
    own.filters = {**environment.filters, **filters}
    parts, length = [], 0
    for part in own.from_string(template).generate(names):
        length += len(part)
        if length > MOST_TEXT:
            raise CannotFill(f"its text grows beyond {MOST_TEXT:,} characters")
        parts.append(part)
    return "".join(parts)


def _line_of(wrong: BaseException) -> int | None:
    """Return the line of the template at which it went wrong."""
    lines = [line for frame, line in walk_tb(wrong.__traceback__) if frame.f_code.co_filename == _SOURCE]
    return lines[-1] if lines else None


def _missing(names: Mapping[str, Any]) -> type[StrictUndefined]:
    """Return what a value that is not there says of itself: by the name that the template uses."""
    from jinja2 import StrictUndefined

    class Missing(StrictUndefined):
        """A value that is not there."""

        @property
        def _undefined_message(self) -> str:
            if not isinstance(self._undefined_obj, Mapping):
                return super()._undefined_message
            owner = next((name for name, each in _named(names) if each is self._undefined_obj), "")
            return f"there is no '{f'{owner}.' if owner else ''}{self._undefined_name}'"

    return Missing


def _named(names: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield what can be named, below what it is part of: ``incident``, ``incident.impact``."""
    for name, each in names.items():
        yield f"{before}{name}", each
        if isinstance(each, Mapping):
            yield from _named(each, f"{before}{name}.")


@cache
def _environment() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Bounded(ImmutableSandboxedEnvironment):
        """Reads the data and nothing else: no method of a text or a list can be called."""

        intercepted_binops = frozenset(["*", "**", "%"])

        def getattr(self, obj: Any, attribute: str) -> Any:
            # a record may have an entry 'items', which is not the method of its mapping
            return self.getitem(obj, attribute) if isinstance(obj, Mapping) else super().getattr(obj, attribute)

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            plain = isinstance(obj, (str, int, float, list, tuple, Mapping))
            return not plain and super().is_safe_attribute(obj, attr, value)

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            if not all(isinstance(side, (int, float)) and abs(side) < 1e6 for side in (left, right)):
                raise SecurityError(f"'{operator}' is for small numbers only")
            return super().call_binop(context, operator, left, right)

    # The text is for a chat, a mail or a terminal, not for HTML.
    made = Bounded(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)
    made.filters = {name: made.filters[name] for name in _FILTERS}
    made.globals = {}
    return made


@contextmanager
def _bounded() -> Iterator[None]:
    """Stop a template that takes too many steps, or puts together too long a text; the same on every machine."""
    left = MOST_STEPS

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        return step if frame.f_code.co_filename == _SOURCE else None

    def step(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal left
        left -= 1
        if left < 0:
            raise CannotFill(f"it takes more than {MOST_STEPS:,} steps")
        for value in frame.f_locals.values():
            if isinstance(value, (str, list, tuple)) and len(value) > MOST_TEXT:
                raise CannotFill(f"its text grows beyond {MOST_TEXT:,} characters")
        return step

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield
    finally:
        sys.settrace(before)
