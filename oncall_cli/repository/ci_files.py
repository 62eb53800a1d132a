"""What a team's git host runs for it: the workflows and scripts that ``oncall init --ci`` writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from oncall_cli import __version__
from oncall_cli.errors import Refused
from oncall_cli.repository.git import Git
from oncall_cli.repository.owner_files import OWNERS, Host

# The scripts stand beside what calls them.
_SCRIPT = {Host.GITHUB: ".github/actions/oncall/comment.py", Host.GITLAB: ".gitlab/oncall/comment.py"}


def ci_files(host: Host, branch: str, install: str = f"oncall-cli=={__version__}") -> dict[str, str]:
    """Return the files by their paths; ``install`` is what pip installs, ``branch`` the one that is published."""
    room = files("oncall_cli") / "ci"
    words = {"install": install, "branch": branch, "version": __version__}
    found = {_SCRIPT[host]: (room / "comment.py").read_text("utf-8")}
    if host is Host.GITLAB:
        found[".gitlab-ci.yml"] = (room / "gitlab-ci.yml").read_text("utf-8")
    for path, text in _texts(room / host, f".{host}"):
        found[path] = _filled(text, words)
    return found


def owners_file(root: Path, host: Host) -> str:
    """Return which file the host reads the owners from: the first that is there, else where it looks first."""
    return next((path for path in OWNERS[host] if (root / path).is_file()), OWNERS[host][0])


def default_branch(git: Git) -> str:
    """Return the branch that the remote shows first, else the one that is checked out."""
    remote = git.ask("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD").out.strip()
    own = git.ask("symbolic-ref", "--quiet", "--short", "HEAD").out.strip()
    return remote.partition("/")[2] or own or git.setting("init.defaultBranch") or "main"


def refuse_below_top(root: Path) -> None:
    """Refuse a team in a folder of a larger repository: a host runs only what stands at the top."""
    git = Git(root)
    if git.ask("rev-parse", "--git-dir").status == 0 and git.toplevel().resolve() != root.resolve():
        raise Refused(
            f"a git host runs only the workflows at the top of the repository, '{git.toplevel()}'",
            "make them in an empty folder with 'oncall init --ci', copy them there, and name this folder with '-C'",
        )


def _texts(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    for each in sorted(folder.iterdir(), key=lambda one: one.name):
        if each.is_dir():
            yield from _texts(each, f"{path}/{each.name}")
        elif not each.name.endswith(".pyc"):
            yield f"{path}/{each.name}", each.read_text("utf-8")


def _filled(text: str, words: Mapping[str, str]) -> str:
    for name, word in words.items():
        text = text.replace(f"@{name}@", word)
    return text
