"""All the files of a team's site, its feeds among them, made from the repository; nothing is written."""

from __future__ import annotations

from typing import NamedTuple

from oncall_cli.commands.ics_set import feed_set
from oncall_cli.commands.session import Session
from oncall_cli.commands.site_facts import site_facts
from oncall_cli.practice.feeds import default_window
from oncall_cli.render.site.build import site_files
from oncall_cli.render.site.frame import FEEDS, Options


class SiteWishes(NamedTuple):
    """What the publisher wants: the address that the site will have, and what is on it."""

    address: str | None = None
    contacts: bool = False
    schedule_only: bool = False
    private: bool = False
    """Whether the feeds stand where only a secret leads, and no page says where."""


def made_site(session: Session, wishes: SiteWishes) -> dict[str, bytes]:
    """Return every file of the site by its path; raise where a file that cannot be read would leave shifts out."""
    window = default_window(session.now, session.repository.team().timezone)
    calendars = feed_set(session, window, private=wishes.private)
    facts = site_facts(session, schedule_only=wishes.schedule_only)
    facts = facts._replace(feeds=() if wishes.private else calendars.feeds)
    feeds = {f"{FEEDS}/{path}": data for path, data in calendars.files.items()}
    return site_files(facts, Options(wishes.address, wishes.contacts)) | feeds
