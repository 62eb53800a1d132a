"""A period's numbers beside those of the periods before it: more, less, or as usual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from oncall_cli.practice.report_coverage import CoverageLine, share
from oncall_cli.practice.report_duties import DutyLine
from oncall_cli.practice.report_incidents import IncidentPart, InTime
from oncall_cli.practice.report_interruptions import InterruptionPart
from oncall_cli.practice.report_numbers import Number, median
from oncall_cli.practice.report_requests import RequestPart


class Word(StrEnum):
    """How a number compares to the usual one, which is the median of the earlier periods."""

    MORE = "more"
    LESS = "less"
    SAME = "as usual"
    NONE = "nothing to compare"


class Parts(NamedTuple):
    """What the numbers are taken from."""

    incidents: IncidentPart
    requests: RequestPart
    interruptions: InterruptionPart
    duties: tuple[DutyLine, ...]
    coverage: tuple[CoverageLine, ...]
    is_logged: bool
    """Whether any shift was recorded: without a log nobody knows which duties were done."""


class Trend(NamedTuple):
    """One number: now, in the earlier periods (the oldest first), the usual, and how the two compare."""

    key: str
    now: Number
    earlier: tuple[Number, ...]
    usual: Number
    word: Word


def figures(parts: Parts) -> dict[str, Number]:
    """Return the numbers by which periods are compared; None where a period does not tell one."""
    mitigate = parts.incidents.measures["mitigate"]
    late = sum(line.responded is InTime.LATE for line in parts.incidents.lines)
    return {
        "incidents": len(parts.incidents.lines),
        "responses_late": late,
        "mitigate_median": mitigate.median if mitigate else None,
        "requests": len(parts.requests.received),
        "requests_late": parts.requests.acknowledged[InTime.LATE],
        "seconds_spent": parts.requests.seconds,
        "interruptions": parts.interruptions.total,
        "duties_missed": sum(len(line.missed) for line in parts.duties) if parts.is_logged else None,
        "coverage_percent": share(parts.coverage),
    }


def trends(now: Mapping[str, Number], earlier: Sequence[Mapping[str, Number]]) -> tuple[Trend, ...]:
    """Return each number beside the earlier ones, which come the oldest first."""
    return tuple(_trend(key, value, tuple(each[key] for each in earlier)) for key, value in now.items())


def _trend(key: str, now: Number, earlier: tuple[Number, ...]) -> Trend:
    usual = median(earlier)
    if now is None or usual is None:
        return Trend(key, now, earlier, usual, Word.NONE)
    word = Word.SAME if now == usual else Word.MORE if now > usual else Word.LESS
    return Trend(key, now, earlier, usual, word)
