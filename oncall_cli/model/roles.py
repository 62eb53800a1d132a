"""The one role that every rotation has; the others are the team's own words."""

from __future__ import annotations

PRIMARY = "primary"
