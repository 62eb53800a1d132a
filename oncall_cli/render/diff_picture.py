"""The weeks around a change as a picture: who stands each role before it, and who after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oncall_cli.render.marks import marks_of
from oncall_cli.render.weeks import Looks, Weeks, weeks_before_and_after
from oncall_cli.render.weeks_svg import weeks_svg

if TYPE_CHECKING:
    from oncall_cli.render.diff_blocks import DiffBlocks


def diff_picture(blocks: DiffBlocks, *, embedded: bool = False) -> str:
    """Return the picture; empty when there is nothing to draw."""
    lanes = blocks.difference.lanes
    if lanes is None or not lanes.lanes:
        return ""
    held = {person for lane in lanes.lanes for bar in (*lane.before, *lane.after) for person in bar.people}
    looks = Looks(blocks.times, marks_of([*blocks.people, *held]), blocks.people)
    return weeks_svg(weeks_before_and_after(lanes, blocks.weeks(), blocks.times), looks, embedded=embedded)


def empty_picture(blocks: DiffBlocks) -> str:
    """Return a picture that says that nothing is to be seen, for whoever waits for one."""
    looks = Looks(blocks.times, {}, {})
    return weeks_svg(Weeks("review", "No shift to come changes hands", looks.times.now, looks.times.now, ()), looks)
