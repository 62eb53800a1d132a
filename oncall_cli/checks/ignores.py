"""Rules W503 and W504: ``# oncall: ignore[W402] reason`` beside a line hides a finding there, and says why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from oncall_cli.checks.rule import Rule
from oncall_cli.errors import Place, Problem, Severity

UNEXPLAINED = "W503"
UNUSED = "W504"
IGNORE_RULES = (
    Rule(UNEXPLAINED, Severity.WARNING, "what is ignored has a reason"),
    Rule(UNUSED, Severity.WARNING, "an ignore hides something"),
)
_EXAMPLE = "# oncall: ignore[W401] agreed with bob"


class Ignore(NamedTuple):
    """One comment that hides findings: the codes it names, and the last line for which it stands."""

    place: Place
    codes: tuple[str, ...]
    reason: str
    last: int

    def hides(self, problem: Problem) -> bool:
        """Whether the finding stands where the comment does, or on the line that it is written above."""
        here = problem.place.path == self.place.path and self.place.line <= problem.place.line <= self.last
        return here and problem.code in self.codes and bool(self.reason)


class Held(NamedTuple):
    """What is left of the findings, with what is wrong with the ignores; and how many are hidden."""

    problems: list[Problem]
    ignored: int


def held(
    problems: Sequence[Problem], ignores: Collection[Ignore], known: Collection[str], looked_for: Collection[str]
) -> Held:
    """Hide what is ignored; ``known`` rules can be ignored, and ``looked_for`` are those that were held now."""
    left: list[Problem] = []
    by_path: dict[str, list[Ignore]] = {}
    for ignore in ignores:
        by_path.setdefault(ignore.place.path, []).append(ignore)
    used: set[tuple[Ignore, str]] = set()
    for problem in problems:
        beside = by_path.get(problem.place.path, ())
        hiding = [(ignore, problem.code) for ignore in beside if ignore.hides(problem) and problem.code in known]
        used.update(hiding)
        if not hiding:
            left.append(problem)
    ignored = len(problems) - len(left)
    return Held([*left, *(found for ignore in ignores for found in _faults(ignore, used, known, looked_for))], ignored)


def _faults(
    ignore: Ignore, used: Iterable[tuple[Ignore, str]], known: Collection[str], looked_for: Collection[str]
) -> Iterator[Problem]:
    if not ignore.codes:
        yield _warning(UNEXPLAINED, ignore, "this ignore names no rule", f"write it as '{_EXAMPLE}'")
        return
    if not ignore.reason:
        hint = f"say why, as in '{_EXAMPLE}'; until then it hides nothing"
        yield _warning(UNEXPLAINED, ignore, f"there is no reason to ignore {', '.join(ignore.codes)}", hint)
        return
    for code in ignore.codes:
        if code not in known:
            hint = "mend what it says; see 'oncall explain' for the rules there are"
            yield _warning(UNUSED, ignore, f"'{code}' is no rule that can be ignored", hint)
        elif code in looked_for and (ignore, code) not in used:
            yield _warning(UNUSED, ignore, f"there is no {code} here to ignore", "remove it")


def _warning(code: str, ignore: Ignore, message: str, hint: str) -> Problem:
    return Problem(code, ignore.place, message, hint, Severity.WARNING)
