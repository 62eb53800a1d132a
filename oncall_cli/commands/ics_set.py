"""The whole set of a team's feeds: written into a folder, or listed."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from oncall_cli.commands.feed_making import (
    SHIFTS_ALONE,
    FeedWishes,
    feed_context,
    feed_secret,
    refuse_half,
    rotation_entries,
    team_feeds,
)
from oncall_cli.commands.session import Session, one_of
from oncall_cli.model.time import Instant
from oncall_cli.practice.feeds import About, Feed
from oncall_cli.practice.private_feeds import FOLDER, private_path
from oncall_cli.render.feed_index import DATA, PAGE, index_bytes, index_data, index_page, index_text
from oncall_cli.render.ics import feed_bytes
from oncall_cli.render.text import in_sentence
from oncall_cli.repository.published_set import FEEDS, publish_set

_FRONT = "index.html"
# A web server that lists folders is given something else to show.
_NO_LISTING = b"<!doctype html>\n<title>Nothing here</title>\n"

Window = tuple[Instant, Instant]


class FeedSet(NamedTuple):
    """The feeds of a team, and the files of them and of their index, by their paths below the folder of feeds."""

    feeds: list[Feed]
    files: dict[str, bytes]


def feed_set(session: Session, window: Window, wishes: FeedWishes = SHIFTS_ALONE, *, private: bool = False) -> FeedSet:
    """Return the whole set; raise where a file that cannot be read would leave shifts out."""
    rotations = rotation_entries(session, None, window, wishes)
    feeds = team_feeds(session, rotations, wishes, private=private)
    context = feed_context(session, rotations, wishes)
    # Somebody whose own file cannot be read would lose their feed.
    refuse_half(session)
    files = {feed.path: feed_bytes(feed, context) for feed in feeds}
    return FeedSet(feeds, files | _index(session, feeds, private=private))


def write_set(session: Session, folder: Path, window: Window, wishes: FeedWishes, *, private: bool) -> int:
    """Write all feeds and their index; what an earlier set had and this one has not is removed."""
    feeds, files = feed_set(session, window, wishes, private=private)
    done = publish_set(folder, files, session.repository.root, FEEDS)
    removed = f", {len(done.removed)} removed" if done.removed else ""
    what = f"{len(feeds)} {'private ' if private else ''}feeds"
    session.tell(f"Wrote {what} to {in_sentence(str(folder))} ({len(done.changed)} files changed{removed}).")
    if private:
        session.tell("'oncall ics --private --list' says where they stand; whoever knows a place can read the feed.")
    return session.close()


def list_feeds(
    session: Session, window: Window, wishes: FeedWishes, about: About, *, private: bool, as_json: bool
) -> int:
    """Say which feeds there are, or those about one rotation, role or person."""
    if about.rotation:
        session.rotations(about.rotation)
    if about.person:
        session.person(about.person)
    rotations = rotation_entries(session, None, window, wishes)
    if about.role:
        one_of(about.role, {role for each in rotations for role in each.roles}, "role")
    feeds = [feed for feed in team_feeds(session, rotations, wishes, private=private) if feed.is_about(about)]
    if as_json:
        session.answer(index_data(feeds))
    else:
        session.show(index_text(feeds, session.given.width))
    return session.close()


def _index(session: Session, feeds: list[Feed], *, private: bool) -> dict[str, bytes]:
    """Return the files that name all feeds; those of private feeds stand in a private place as well."""
    team = session.repository.team().name
    page, data, more = PAGE, DATA, {}
    if private:
        secret = feed_secret(session)
        page, data = private_path(PAGE, secret), private_path(DATA, secret)
        more = {f"{FOLDER}/{_FRONT}": _NO_LISTING}
    return {page: index_page(team, feeds, page), data: index_bytes(feeds), **more}
