"""How many pages each person answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from oncall_cli.model.incident import Incident
from oncall_cli.model.shift import EntryKind, ShiftRecord
from oncall_cli.model.time import Instant


def pages_answered(
    incidents: Sequence[Incident], shifts: Iterable[ShiftRecord], start: Instant, end: Instant
) -> Counter[str]:
    """Return how many pages each person answered in ``[start, end)``.

    These are the incidents that were acknowledged then and in which they respond, and the lines of kind
    ``incident`` in the log of a shift that are about none of the incidents on record.
    """
    answered: Counter[str] = Counter()
    for incident in incidents:
        if incident.acknowledged is not None and start <= incident.acknowledged < end:
            answered.update(set(incident.responders.values()))
    on_record = {incident.id for incident in incidents}
    for shift in shifts:
        for entry in shift.log:
            if entry.kind is EntryKind.INCIDENT and start <= entry.at < end and entry.about not in on_record:
                answered[entry.by] += 1
    return answered
