"""Ready texts are filled in, in a sandbox; one that cannot be is shown as it is."""

from __future__ import annotations

import pytest

from oncall_cli.render.template import ready_text


def test_names_are_filled_in() -> None:
    assert ready_text("{{ rotation }}: {{ person }}", rotation="Platform", person="Zoë <z>") == "Platform: Zoë <z>"


@pytest.mark.parametrize("template", ["{{ nobody }}", "{{ person", "{{ person.__class__.__mro__ }}", "{{ 1 // 0 }}"])
def test_a_text_that_cannot_be_filled_in_is_shown_with_what_is_wrong(template: str) -> None:
    shown = ready_text(template, person="Zoë")
    assert shown.startswith(template + "\n(this text cannot be filled in: ")
    assert shown.endswith("; there are {{ person }})")
