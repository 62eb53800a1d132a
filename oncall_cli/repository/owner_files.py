"""Where a git host looks for whom to ask for a review: the places of CODEOWNERS."""

from __future__ import annotations

from enum import StrEnum


class Host(StrEnum):
    """A kind of git host that can run the checks."""

    GITHUB = "github"
    GITLAB = "gitlab"


# Each host reads the first of these that is there.
OWNERS = {
    Host.GITHUB: (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"),
    Host.GITLAB: (".gitlab/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"),
}
OWNER_FILES = tuple(dict.fromkeys(path for paths in OWNERS.values() for path in paths))
