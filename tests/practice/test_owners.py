"""Who is asked to review a change: the part of CODEOWNERS that follows from the records."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from oncall_cli.model.person import Person
from oncall_cli.model.record import Source
from oncall_cli.practice.owners import BEGIN, END, owned_section, with_section
from tests.schedule.build import rotation


def person(name: str, **fields: Any) -> Person:
    record = Person.model_validate({"name": name.title(), **fields})
    record.read_from(name, Source(f"rotations/people/{name}.yaml", {}))
    return record


def test_members_own_their_rotation_and_everybody_their_own_file() -> None:
    people = [
        person("ana", account="ana-w"),
        person("bob", git_emails=["bob@example.com"]),
        person("cy"),
        person("dan", account="dan-w", active="false"),
    ]
    record = rotation(members=["bob", "ana", "cy", "dan", "stranger"])
    section = owned_section({each.id: each for each in people}, {"platform": record})
    assert section.splitlines()[1:-1] == [
        "/oncall.yaml @ana-w bob@example.com",
        "/rotations/ @ana-w bob@example.com",
        "/runbooks/ @ana-w bob@example.com",
        "/templates/ @ana-w bob@example.com",
        "/rotations/people/ana.yaml @ana-w",
        "/rotations/people/bob.yaml bob@example.com",
        "/rotations/people/dan.yaml @dan-w",
        "/rotations/platform/ bob@example.com @ana-w",
    ]


LINES = st.lists(st.sampled_from(["* @all", "# words", "", "/docs/ @writers"])).map(
    lambda lines: "".join(f"{line}\n" for line in lines)
)


@given(LINES, LINES)
def test_lines_of_the_team_stay(before: str, after: str) -> None:
    """Our part is renewed in its place, once; what stands around it is the team's."""
    old, new = (f"{BEGIN}\n/oncall.yaml @{name}\n{END}\n" for name in ("ana", "bob"))
    first = with_section(before, old)
    assert first.startswith(before.rstrip("\n"))
    renewed = with_section(first + after, new)
    assert renewed == first.replace("@ana", "@bob") + after
    assert with_section(renewed, new) == renewed
