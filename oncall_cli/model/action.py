"""``rotations/<rotation>/actions/<yyyy>/<id>.yaml``: something to do that no incident asked for."""

from oncall_cli.model.incident import ActionKind, Doable
from oncall_cli.model.record import Record


class ActionItem(Doable, Record):
    """An action item of its own, such as a gap in operational safety that somebody noticed."""

    kind: ActionKind = ActionKind.IMPROVEMENT
    """Whether it mends what broke or makes the next time easier."""
