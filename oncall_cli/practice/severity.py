"""Which severity somebody means who types ``1``, ``SEV-1`` or a word of its title."""

from __future__ import annotations

from collections.abc import Mapping

from oncall_cli.errors import WrongUsage
from oncall_cli.model.team import SeverityLevel


def severity_of(said: str | None, known: Mapping[str, SeverityLevel]) -> str:
    """Return the id of the one severity that the words can mean; raise with what there is where it is none, or two."""
    there = "; ".join(f"{name} ({level.title})" for name, level in known.items())
    if said is None or not said.strip():
        raise WrongUsage("how bad is it?", hint=f"say --sev, one of: {there}")
    words = _folded(said)
    exact = [name for name in known if _folded(name) == words]
    numbered = [name for name in known if words.isdigit() and _number(name) == words]
    titled = [name for name, level in known.items() if words and words in _folded(level.title)]
    for found in (exact, numbered, titled):
        if len(found) == 1:
            return found[0]
    if titled:
        raise WrongUsage(f"'{said}' can mean {', '.join(titled)}", hint=f"there are: {there}")
    raise WrongUsage(f"there is no severity '{said}'", hint=f"there are: {there}")


def _folded(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _number(name: str) -> str:
    """Return the digits at the end of a name: the 1 of ``sev1``."""
    return name[len(name.rstrip("0123456789")) :]
