"""The duties that fell due in a period: done, missed, and whose."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.practice.duty_log import by_duty, occurrences

if TYPE_CHECKING:
    from datetime import date

    from oncall_cli.model.rotation import Duty
    from oncall_cli.practice.report_facts import Facts, Window


class DutyLine(NamedTuple):
    """One duty: how often it fell due while somebody was there to do it, was done, and on which days was missed."""

    duty: Duty
    due: int
    done: int
    missed: tuple[date, ...]


def duty_part(facts: Facts, window: Window) -> tuple[DutyLine, ...]:
    """Return a line for each duty that fell due in the window, in the order of priority of the file."""
    found = []
    for duty, each in by_duty(occurrences(facts.rotation, window.start, window.end)):
        counted = [one for one in each if one.done or one.people]
        missed = tuple(one.day for one in counted if one.is_missed(window.seen))
        found.append(DutyLine(duty, len(counted), sum(one.done is not None for one in counted), missed))
    order = [duty.id for duty in facts.rotation.rotation.duties]
    return tuple(sorted(found, key=lambda line: order.index(line.duty.id)))
