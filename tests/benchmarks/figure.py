"""A figure that is to be reached: what is measured, against what, at most how many times, and what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.measure import Program, Ratio


class Bench(NamedTuple):
    """What the figures are measured with."""

    program: Program
    folder: Path
    """Where teams are made, and thrown away afterwards."""
    rounds: int
    files: int
    """How many files the large team has."""
    rotations: int
    """How many rotations the wide team has."""

    @property
    def few(self) -> int:
        """How many rounds a measurement gets that takes minutes."""
        return max(3, self.rounds // 5)


class Figure(NamedTuple):
    """One line of the table; ``target`` is the most that ``found`` may be, None where it only tells how others do."""

    number: int
    what: str
    unit: str
    target: float | None
    found: Ratio | float | None
    why: str = ""
    """Why it was not measured, or what is to be said of it."""

    @property
    def value(self) -> float | None:
        """What was found, in the unit."""
        return self.found.median if isinstance(self.found, Ratio) else self.found

    @property
    def verdict(self) -> str:
        """Whether the target is met."""
        if self.value is None:
            return "skipped"
        if self.target is None:
            return ""
        return "met" if self.value <= self.target else "not met"


Figures = Callable[[Bench], Iterable[Figure]]


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as a table of Markdown."""
    head = ("", "what", "counted in", "at most", "found", "least to most", "by the clock", "")
    rows = [head, ("--:", "---", "---", "--:", "--:", "--:", "--:", "---"), *(_row(each) for each in figures)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(one: Figure) -> tuple[str, ...]:
    spread, clock = "", ""
    if isinstance(one.found, Ratio):
        spread = f"{_number(one.found.least)} to {_number(one.found.most)}"
        clock = _number(one.found.clock)
    notes = "; ".join(filter(None, (one.verdict, one.why)))
    number = str(one.number or "")
    return (number, one.what, one.unit, _number(one.target), _number(one.value), spread, clock, notes)


def _number(value: float | None) -> str:
    """Return three digits that count, or a whole number."""
    if value is None:
        return ""
    return f"{value:.0f}" if value == int(value) or abs(value) >= 100 else f"{value:.3g}"
