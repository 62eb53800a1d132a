"""Who is asked to review a change of which files: the part of CODEOWNERS that follows from the records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from oncall_cli.model.person import Person
from oncall_cli.model.rotation import Rotation

BEGIN = "# oncall begin: 'oncall init --ci' renews these lines; yours stand outside"
END = "# oncall end"


def owned_section(people: Mapping[str, Person], rotations: Mapping[str, Rotation]) -> str:
    """Return our part of CODEOWNERS; of several lines that match a file, the host obeys the last.

    Members are those of the last roster versions, so that the text changes with the files and never with time.
    """
    active = [person for person in people.values() if person.active]
    named = {
        name: [people[each] for each in _members(rotation) if each in people] for name, rotation in rotations.items()
    }
    lines = [
        *(_line(f"/{path}", active) for path in ("oncall.yaml", "rotations/", "runbooks/", "templates/")),
        *(_line(f"/rotations/people/{person.id}.yaml", [person]) for person in people.values()),
        *(_line(f"/rotations/{name}/", [each for each in members if each.active]) for name, members in named.items()),
    ]
    return "\n".join([BEGIN, *filter(None, lines), END]) + "\n"


def with_section(text: str, section: str) -> str:
    """Return the text of a CODEOWNERS file with our part renewed in its place, or added at the end."""
    before, begun, rest = text.partition(BEGIN)
    if not begun:
        gap = "\n" if text and not text.endswith("\n\n") else ""
        return f"{text.rstrip(chr(10))}\n{gap}{section}" if text else section
    _, _, after = rest.partition(END)
    return f"{before}{section}{after.removeprefix(chr(10))}"


def _members(rotation: Rotation) -> list[str]:
    listed = [person for layer in rotation.all_layers() for member in layer.roster[-1].members for person in member]
    return list(dict.fromkeys(listed))


def _line(pattern: str, people: Iterable[Person]) -> str:
    """Return a line of the file; nothing where no owner is known, which would take the owners away."""
    owners = [owner for person in people if (owner := _owner(person))]
    return " ".join([pattern, *dict.fromkeys(owners)]) if owners else ""


def _owner(person: Person) -> str | None:
    """Return how the host knows somebody: by the account, or by an address that they commit with."""
    if person.account:
        return f"@{person.account}"
    known = [email for email in person.git_emails if _is_address(email)]
    return known[0] if known else None


def _is_address(email: str) -> bool:
    return "@" in email[1:-1] and not any(char.isspace() or char == "#" for char in email)
