"""The page of who bears how much: behind and ahead, all rotations together and each for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.render.load import hours
from oncall_cli.render.text import one_line

if TYPE_CHECKING:
    from oncall_cli.model.rotation import Rotation
    from oncall_cli.practice.load import LoadReport, PersonLoad
    from oncall_cli.render.site.frame import Frame


class Row(NamedTuple):
    """What one person bears, as words, and the length of their bar in percent of the longest."""

    person: str
    hours: str
    share: float
    compared: str
    night: str
    weekend: str
    holiday: str
    pages: int


class Stretch(NamedTuple):
    """A time behind or ahead, with a row for each person, and where the mean stands among the bars."""

    title: str
    report: LoadReport
    rows: list[Row]
    mean: float
    pages: bool

    @property
    def mean_hours(self) -> str:
        """What each would bear if all bore the same."""
        return hours(self.report.mean.seconds)

    @property
    def mean_kinds(self) -> list[str]:
        """How much of that falls on nights, weekends and holidays."""
        return [hours(seconds) for seconds in self.report.mean[1:]]

    @property
    def mean_pages(self) -> str:
        """How many pages each would answer."""
        return f"{self.report.mean_pages:.1f}".removesuffix(".0")


class Part(NamedTuple):
    """One rotation, or all of them together where it is None."""

    rotation: Rotation | None
    name: str
    stretches: list[Stretch]


def load_page(frame: Frame) -> dict[str, bytes]:
    """Return the page, with bars and a table for each stretch of time and each rotation."""
    if not frame.facts.loads:
        return {}
    by_rotation: dict[str | None, list[LoadReport]] = {}
    for report in frame.facts.loads:
        by_rotation.setdefault(report.rotation, []).append(report)
    values = {"title": "Load", "parts": [_part(frame, name, found) for name, found in by_rotation.items()]}
    return frame.page("load.html", "load.html", values)


def _part(frame: Frame, name: str | None, found: list[LoadReport]) -> Part:
    record = frame.facts.state.rotations[name].record if name else None
    stretches = [_stretch(report, behind=report.end <= frame.facts.day) for report in found]
    return Part(record, one_line(record.name) if record else "All rotations", stretches)


def _stretch(report: LoadReport, *, behind: bool) -> Stretch:
    most = max((row.load.seconds for row in report.rows), default=0) or 1
    rows = [_row(row, report, most) for row in report.rows]
    return Stretch("Behind" if behind else "Ahead", report, rows, _percent(report.mean.seconds, most), behind)


def _row(row: PersonLoad, report: LoadReport, most: int) -> Row:
    mean, load = report.mean.seconds, row.load
    compared = f"{round(100 * (load.seconds - mean) / mean):+d}%".replace("-", "−") if mean else ""
    kinds = (hours(load.night), hours(load.weekend), hours(load.holiday))
    return Row(row.person, hours(load.seconds), _percent(load.seconds, most), compared, *kinds, row.pages)


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1)
