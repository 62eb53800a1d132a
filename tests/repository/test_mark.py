"""The mark of our commits."""

from hypothesis import given
from hypothesis import strategies as st

from oncall_cli.repository.mark import mark_of, marked

LINES = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1)


@given(LINES, LINES)
def test_every_change_has_a_mark_of_its_own(subject: str, body: str) -> None:
    one, other = marked(subject, body), marked(subject, body)
    assert mark_of(one)
    assert mark_of(one) != mark_of(other)
    assert one.startswith(f"{subject}\n\n{body}\n\n")


def test_what_people_write_is_no_mark() -> None:
    assert mark_of("Mend the rota\n\nSee Oncall-Change: 0123456789abcdef for more.\n") is None
    assert mark_of("Oncall-Change: 0123456789abcdef\n\nand so on\n") is None
    assert mark_of("Mend\n\nOncall-Change: 0123456789ABCDEF\n") is None
