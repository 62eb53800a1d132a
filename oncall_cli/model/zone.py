"""Time zones, by the names of the IANA list and no others."""

from __future__ import annotations

import difflib
import pkgutil
from dataclasses import dataclass
from functools import cache
from typing import Self

from oncall_cli.model.patterns import Written
from oncall_cli.model.scalar import Scalar


@dataclass(frozen=True, slots=True)
class Zone(Scalar):
    """A time zone of the IANA database, such as ``America/New_York``."""

    name: str
    describes = "a time zone of the IANA list"
    example = "America/New_York"

    @classmethod
    def written(cls) -> Written:
        return {"enum": sorted(zone_names())}

    @classmethod
    def parse(cls, text: str) -> Self:
        if text not in zone_names():
            near = difflib.get_close_matches(text, zone_names(), n=1, cutoff=0.5)
            hint = f"did you mean '{near[0]}'?" if near else "write one such as 'Europe/Berlin' or 'UTC'"
            raise ValueError(f"'{text}' is not a time zone: {hint}")
        return cls(text)

    def __str__(self) -> str:
        return self.name


@cache
def zone_names() -> frozenset[str]:
    """Return the names of all zones.

    They are read from the list of the tzdata package, because the system's folder also offers names that
    mean something else on the next machine (``localtime``) and, on some file systems, any spelling by case.
    """
    listed = pkgutil.get_data("tzdata", "zones")
    if listed is None:
        raise RuntimeError("the package 'tzdata' holds no list of zones: pip install --force-reinstall tzdata")
    return frozenset(listed.decode("ascii").split())
