"""The shifts that run, found without reading those that say at once that they are over."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import cast

from oncall_cli.model.shift import ShiftRecord
from oncall_cli.repository.reading import TeamRepository
from oncall_cli.repository.unresolved import not_saying

_ENDED = re.compile(rb"^ended: +['\"]?[0-9]", re.MULTILINE)


def running_shifts(read: TeamRepository, rotation_id: str, years: Collection[int]) -> Iterator[ShiftRecord]:
    """Yield the shifts of a rotation, in the folders of some years, that somebody has begun and not ended."""
    wanted = {f"{year:04d}" for year in years}
    for folder in read.folders("shifts", rotation_id):
        if folder.rpartition("/")[2] in wanted:
            for name in not_saying(_ENDED, read.files, folder, read.files_in(folder)):
                page = read.record_at(f"{folder}/{name}")
                shift = cast("ShiftRecord", page.head) if page else None
                if shift and shift.started is not None and shift.ended is None:
                    yield shift
