"""Texts that a checklist has ready, with the names filled in."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment


def ready_text(template: str, **names: str) -> str:
    """Return the text with ``{{ person }}`` and the like filled in, or as it is and what is wrong with it."""
    from jinja2 import TemplateError

    try:
        return _environment().from_string(template).render(names)
    except (TemplateError, ArithmeticError, AttributeError, TypeError, ValueError) as wrong:
        known = ", ".join(f"{{{{ {name} }}}}" for name in names)
        return f"{template}\n(this text cannot be filled in: {wrong}; there are {known})"


@cache
def _environment() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    # The text is for a chat or a terminal, not for HTML.
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
