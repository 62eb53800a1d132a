"""A difference for a person at a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from oncall_cli.render.diff_blocks import side_words
from oncall_cli.render.handles import handle_of
from oncall_cli.render.load import hours
from oncall_cli.render.plan import PlanText
from oncall_cli.render.plan_words import Footnotes, counted, untold
from oncall_cli.render.text import DIM, YELLOW, columns, one_line, styled, wrapped

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.practice.difference import Difference

# As many records are told of; all of them are in the JSON.
_MOST = 24


def diff_text(difference: Difference, people: Mapping[str, Person], plan: PlanText) -> str:
    """Return the verdict, what is compared, and all that the plan and the records tell."""
    compared = f"{side_words(difference.base)} → {side_words(difference.head)}"
    lines = [styled(line, DIM, plan.colour) for line in wrapped(compared, plan.width)]
    found = [
        [*plan.verdict(difference.plan), *lines],
        _notes(difference, plan),
        *plan.blocks(difference.plan, always_why=True),
        _exchanges(difference, people, plan),
        _records(difference, plan),
        plan.note(difference.plan),
    ]
    return "\n\n".join("\n".join(block) for block in found if block)


def _notes(difference: Difference, plan: PlanText) -> list[str]:
    found = []
    for text in difference.notes:
        first, *rest = wrapped(one_line(text), plan.width, indent="  ", first="! ")
        found += [styled("!", YELLOW, plan.colour) + first[1:], *rest]
    return found


def _exchanges(difference: Difference, people: Mapping[str, Person], plan: PlanText) -> list[str]:
    rows = [
        [
            f"  {plan.words.name(row.person)}",
            one_line(handle_of(people.get(row.person))),
            f"gains {counted(row.gains, 'shift', 'shifts')}, {hours(row.gained)}" if row.gains else "",
            f"loses {counted(row.loses, 'shift', 'shifts')}, {hours(row.lost)}" if row.loses else "",
        ]
        for row in difference.plan.exchanges()
    ]
    return ["Who gains and who loses, to agree", *columns(rows, plan.width)] if rows else []


def _records(difference: Difference, plan: PlanText) -> list[str]:
    reasons = Footnotes(difference.plan.handed()).reasons
    records = untold(difference.records, reasons)
    told = [
        line
        for record in records[:_MOST]
        for line in wrapped(one_line(record.text), plan.width, indent="    ", first="  ")
    ]
    more = len(records) - _MOST
    rest = [f"  and {more} more, all of them in --json"] if more > 0 else []
    return ["Other records", *told, *rest] if told else []
