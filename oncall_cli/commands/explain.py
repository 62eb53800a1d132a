"""``oncall explain``: what the rules of ``oncall check`` mean."""

from __future__ import annotations

from typing import Annotated

import typer

from oncall_cli.checks.table import RULES, severity_of
from oncall_cli.commands.invocation import Invocation
from oncall_cli.commands.options import AsJson
from oncall_cli.commands.session import one_of
from oncall_cli.errors import Unreadable
from oncall_cli.model.team import Team
from oncall_cli.render.explain import SetRule, listed_data, rule_data, rule_text, rules_text
from oncall_cli.render.json import answer_json
from oncall_cli.repository.explanations import explanation_of
from oncall_cli.repository.find import find_root
from oncall_cli.repository.reading import TeamRepository

Codes = Annotated[
    list[str] | None, typer.Argument(metavar="[CODE]...", help="Which rules, such as E301; default: a list of all.")
]


def explain(ctx: typer.Context, codes: Codes = None, as_json: AsJson = False) -> int:
    """Explain the rules of the check, with a wrong and a right example of each."""
    given: Invocation = ctx.obj
    team = _team(given)
    rules = {rule.code: SetRule(rule, severity_of(rule, team)) for rule in RULES}
    wanted = [one_of(code.upper(), rules, "rule") for code in codes or ()]
    if not wanted:
        listed = list(rules.values())
        print(answer_json([listed_data(each) for each in listed]) if as_json else rules_text(listed, given.width))
        return 0
    told = [(rules[code], explanation_of(code)) for code in wanted]
    if as_json:
        print(answer_json([rule_data(*one) for one in told]))
    else:
        print("\n\n".join(rule_text(*one, given.width, given.colour) for one in told))
    return 0


def _team(given: Invocation) -> Team | None:
    """Return the team whose settings count; the rules can be read anywhere."""
    try:
        return TeamRepository(find_root(given.folder)).team()
    except Unreadable:
        return None
