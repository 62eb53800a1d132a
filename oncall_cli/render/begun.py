"""What ``oncall init`` made, who is on call now, and what to do next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from oncall_cli.render.text import one_line, visible

if TYPE_CHECKING:
    from oncall_cli.practice.beginning import NewTeam
    from oncall_cli.render.times import Times
    from oncall_cli.repository.commit import Committed
    from oncall_cli.schedule.shift import Holding

HOST_NAMES = {"github": "GitHub", "gitlab": "GitLab"}


def begun_text(team: NewTeam, folder: Path, made: Committed, holding: Holding, times: Times) -> str:
    """Return what was made, for a person."""
    lines = [f"{one_line(team.name)} begins in {visible(str(folder))}, with commit {made.sha_short}:"]
    lines += [f"  {visible(path)}" for path in made.paths]
    lines.append("")
    if holding.people and holding.end is not None:
        who = " and ".join(holding.people)
        until = f"{times.at(holding.end, team.timezone)}, {times.distance(holding.end)}"
        lines.append(f"On call now: {who}, until {until}.")
    lines.append(f"Next: edit rotations/{team.rotation}/rotation.yaml, which explains itself, run 'oncall check',")
    lines.append("and commit. 'oncall who' says who is on call.")
    return "\n".join(lines)


def ci_text(host: str, *, include: bool = False) -> str:
    """Return what is left to do by hand on the git host."""
    lines = ["Pull requests are checked and told what they do to whom." if host == "github" else _GITLAB]
    if include:
        lines.append("'.gitlab-ci.yml' is yours: add '- local: .gitlab/oncall.yml' to its 'include'.")
    if host == "github":
        lines.append("Next: push, and choose 'GitHub Actions' as the source under Settings, Pages.")
    return "\n".join(lines)


_GITLAB = """\
Merge requests are checked and told what they do to whom.
Next: push, add a pipeline schedule for the nightly check, and a project access token with the scope 'api'
in the masked variable ONCALL_COMMENT_TOKEN."""
