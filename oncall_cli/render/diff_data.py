"""A difference for a script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from oncall_cli.render.handles import handle_of
from oncall_cli.render.plan_data import plan_data

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.practice.difference import Difference


def diff_data(difference: Difference, people: Mapping[str, Person], verdict: str) -> dict[str, Any]:
    """Return the plan, and what else there is to say; a head of None is the work tree."""
    return {
        **plan_data(difference.plan),
        "base": difference.base.commit,
        "head": difference.head.commit,
        "compared": {"base": difference.base.said, "head": difference.head.said},
        "verdict": verdict,
        "notes": list(difference.notes),
        "people": [
            {
                "person": row.person,
                "handle": str(handle_of(people.get(row.person))) or None,
                "gains": {"shifts": row.gains, "seconds": row.gained},
                "loses": {"shifts": row.loses, "seconds": row.lost},
            }
            for row in difference.plan.exchanges()
        ],
        "records": [{**record._asdict(), "fate": str(record.fate)} for record in difference.records],
    }
