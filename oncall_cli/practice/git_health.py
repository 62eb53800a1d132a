"""Whether git, and the repository that it keeps, can take a team's changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from oncall_cli.practice.diagnosis import Finding, age, counted, note, ok, version_said, wrong

# `rev-parse --end-of-options`, without which a revision could be read as an option.
LEAST_GIT = (2, 30)
# `safe.bareRepository`: without it a folder in the data could bring git settings of its own.
SAFE_GIT = (2, 38)
STALE = 600


class Identity(NamedTuple):
    """Who git takes the user for, the people of the team with that e-mail, and who is named to act."""

    name: str | None
    email: str | None
    people: tuple[str, ...]
    left: bool = False
    acting: str | None = None


class Branch(NamedTuple):
    """What is checked out, what git is in the middle of, and what others have."""

    name: str | None
    under_way: str | None
    remotes: tuple[str, ...]
    upstream: str | None
    ahead: int
    behind: int
    fetched: int | None
    """How many seconds ago something was fetched, as far as git remembers."""


class Lock(NamedTuple):
    """A lock of git's that is there, by its path, and for how many seconds."""

    path: str
    age: int


class Locks(NamedTuple):
    """What a command that died may have left behind."""

    of_git: tuple[Lock, ...]
    ours_held: bool
    leftovers: tuple[str, ...]
    journal: int | None
    """How many seconds old the journal of an unfinished change is."""
    unread: tuple[str, ...] = ()
    """The journals that nobody could read, which are kept aside."""


class Hooks(NamedTuple):
    """The user's hooks that git runs for what oncall does, and those that it passes over."""

    folder: str | None
    run: tuple[str, ...]
    passed_over: tuple[str, ...]


class Shape(NamedTuple):
    """What is unusual about the repository, and how its attributes merge and show records."""

    shallow: bool
    sparse: bool
    superproject: bool
    linked: bool
    merge: str
    merge_driver: bool
    diff: str
    diff_driver: bool


class GitFacts(NamedTuple):
    """What was found out about git and the repository; ``failure`` is why it cannot be opened."""

    version: tuple[int, ...]
    failure: tuple[str, str] | None
    identity: Identity | None = None
    branch: Branch | None = None
    locks: Locks | None = None
    hooks: Hooks | None = None
    shape: Shape | None = None


def git_findings(facts: GitFacts) -> Iterator[Finding]:
    """Yield what there is to say of git and of the repository."""
    yield from _version(facts.version)
    if facts.failure:
        yield wrong("repository", *facts.failure)
    if facts.identity:
        yield _identity(facts.identity)
    if facts.branch:
        yield from _branch(facts.branch)
        yield _upstream(facts.branch)
    if facts.locks:
        yield from _locks(facts.locks)
    if facts.hooks:
        yield from _hooks(facts.hooks)
    if facts.shape:
        yield from _shape(facts.shape)
        yield from _drivers(facts.shape)


def _version(version: tuple[int, ...]) -> Iterator[Finding]:
    said = version_said(version)
    if not version:
        yield wrong("git", "git is not installed, or not on the PATH", "install git")
    elif version < LEAST_GIT:
        yield wrong("git", f"git {said} is too old", f"install git {version_said(LEAST_GIT)} or newer")
    elif version < SAFE_GIT:
        hint = f"install git {version_said(SAFE_GIT)} or newer, if others whom you do not trust write to the repository"
        yield note("git", f"git {said} does not know 'safe.bareRepository'", hint)
    else:
        yield ok("git", f"git {said}")


def _identity(found: Identity) -> Finding:
    if not found.email or not found.name:
        missing = "user.email" if not found.email else "user.name"
        example = "you@example.com" if not found.email else "'Your Name'"
        return wrong("identity", f"git does not know your {missing}", f"git config --global {missing} {example}")
    who = f"{found.name} <{found.email}>"
    if not found.people and found.acting:
        return note("identity", f"{who} is nobody of the team, and acts as {found.acting}")
    if not found.people:
        hint = "add the e-mail to 'git_emails' in rotations/people/<you>.yaml, or say --as PERSON"
        return wrong("identity", f"{who} is nobody of the team", hint)
    if len(found.people) > 1:
        hint = "leave the e-mail in one of their files in rotations/people/"
        return wrong("identity", f"{who} may be {' or '.join(found.people)}", hint)
    if found.left:
        hint = f"remove 'active: false' from rotations/people/{found.people[0]}.yaml if that is wrong"
        return wrong("identity", f"{who} is {found.people[0]}, who has left the team", hint)
    return ok("identity", f"{who} is {found.people[0]}")


def _branch(found: Branch) -> Iterator[Finding]:
    if found.under_way:
        end = "git bisect reset" if found.under_way == "bisect" else f"git {found.under_way} --continue' or '--abort"
        yield wrong("branch", f"a {found.under_way} is under way", f"end it, with '{end}'")
    elif found.name is None:
        yield wrong("branch", "no branch is checked out (detached HEAD)", "check one out, with 'git switch BRANCH'")
    else:
        yield ok("branch", f"'{found.name}'")


def _upstream(found: Branch) -> Finding:
    if not found.remotes:
        hint = "git remote add origin URL, if others are to see the changes"
        return note("remote", "there is none: what is written here stays here", hint)
    if found.upstream is None:
        branch = found.name or "BRANCH"
        hint = f"git push --set-upstream {found.remotes[0]} {branch}"
        return note("remote", f"the branch follows none of {', '.join(found.remotes)}", hint)
    fetched = "" if found.fetched is None else f", fetched {age(found.fetched)} ago"
    counts = f"{counted(found.ahead, 'commit')} to push, {found.behind} to take over"
    if found.behind or found.ahead:
        return note("remote", f"'{found.upstream}': {counts}{fetched}", "oncall sync")
    return ok("remote", f"'{found.upstream}' has the same commits{fetched}")


def _locks(found: Locks) -> Iterator[Finding]:
    for lock in found.of_git:
        if lock.age < STALE:
            yield note("locks", f"'{lock.path}' is {age(lock.age)} old: a git command may be at work")
        else:
            by_us = "; 'oncall doctor --fix' does so" if lock.path.endswith("index.lock") else ""
            hint = f"if no git is at work here, remove it{by_us}"
            yield wrong("locks", f"'{lock.path}' is {age(lock.age)} old, and keeps git from its work", hint)
    if found.ours_held:
        yield note("locks", "another oncall is writing at this moment")
    for path in found.leftovers:
        yield note("locks", f"'{path}' was left by a command that died", "'oncall doctor --fix' removes it")
    if found.journal is not None:
        message = f"a change that was begun {age(found.journal)} ago is not finished"
        yield note("locks", message, "the next command that writes finishes or forgets it; nothing is lost")
    for path in found.unread:
        message = f"'{path}' was to say what a change had begun, and cannot be read"
        yield note("locks", message, "look at 'git status', then remove it")
    if not (found.of_git or found.ours_held or found.leftovers or found.unread or found.journal is not None):
        yield ok("locks", "none, and nothing is left half done")


def _hooks(found: Hooks) -> Iterator[Finding]:
    of = f" of '{found.folder}' (core.hooksPath)" if found.folder else ""
    if found.run:
        yield ok("hooks", f"git runs {', '.join(found.run)}{of}")
    if found.passed_over:
        names = ", ".join(found.passed_over)
        yield note("hooks", f"git passes over {names}{of}: not executable", "chmod +x, if it is to run")
    if not (found.run or found.passed_over):
        yield ok("hooks", f"none{of}")


def _shape(found: Shape) -> Iterator[Finding]:
    if found.shallow:
        message = "this clone is shallow: 'diff', 'history' and '--as-of' know only its last commits"
        yield note("clone", message, "git fetch --unshallow")
    if found.sparse:
        message = "the checkout is sparse: records outside of it are not seen, and cannot be changed"
        yield note("clone", message, "git sparse-checkout disable")
    if found.superproject:
        yield note("clone", "it is a submodule of another repository, which has to be told of new commits")
    if found.linked:
        yield ok("clone", "a linked work tree; writing commands of all of them wait for each other")


def _drivers(found: Shape) -> Iterator[Finding]:
    if found.merge == "union":
        message = "'.gitattributes' merges records with 'union', which mixes the fields of two records into one"
        yield wrong("merging", message, "take 'merge=union' out of '.gitattributes'")
    for kind, name, configured in (("merge", found.merge, found.merge_driver), ("diff", found.diff, found.diff_driver)):
        if name.startswith("oncall") and not configured:
            message = f"'.gitattributes' names the {kind} driver '{name}', which this clone does not have"
            setting = f"{kind}.{name}.{'driver' if kind == 'merge' else 'textconv'}"
            yield note("merging", f"{message}; git's own works instead", f"git config {setting} COMMAND")
        elif name.startswith("oncall"):
            yield ok("merging", f"the {kind} driver '{name}' is set up")
