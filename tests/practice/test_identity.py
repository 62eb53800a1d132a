"""Who is acting is one person of the team, or a sentence that says what to do."""

from __future__ import annotations

import pytest

from oncall_cli.errors import Refused
from oncall_cli.model.person import Person
from oncall_cli.model.record import Source
from oncall_cli.practice.identity import must_be_active, person_of_email


def person(name: str, *emails: str, active: bool = True) -> Person:
    made = Person(name=name, git_emails=emails, active=active)
    made.read_from(name.lower(), Source(f"rotations/people/{name.lower()}.yaml", {}))
    return made


TEAM = {
    "alice": person("Alice", "alice@example.com", "Alice.Moreau@Example.com"),
    "bob": person("Bob", "bob@example.com"),
}


def test_an_email_names_its_person_whatever_its_case() -> None:
    assert person_of_email("ALICE@example.com", TEAM) == "alice"
    assert person_of_email("alice.moreau@example.com", TEAM) == "alice"


@pytest.mark.parametrize("email", [None, ""])
def test_no_identity_is_refused_with_the_way_to_set_one(email: str | None) -> None:
    with pytest.raises(Refused) as refusal:
        person_of_email(email, TEAM)
    assert "git has no user.email" in refusal.value.message
    assert "git config user.email" in refusal.value.hint
    assert "--as" in refusal.value.hint


def test_a_stranger_is_told_which_file_to_edit() -> None:
    with pytest.raises(Refused) as refusal:
        person_of_email("eve@example.com", TEAM)
    assert refusal.value.message == "nobody here has the e-mail 'eve@example.com' that git names"
    assert "rotations/people/<you>.yaml" in refusal.value.hint


def test_an_email_of_two_people_is_nobodys() -> None:
    with pytest.raises(Refused, match="bob and twin have the same e-mail"):
        person_of_email("bob@example.com", {**TEAM, "twin": person("Twin", "BOB@example.com")})


def test_somebody_who_has_left_cannot_act() -> None:
    must_be_active(TEAM["alice"])
    with pytest.raises(Refused, match="Carol has left: 'carol' is not active"):
        must_be_active(person("Carol", active=False))
