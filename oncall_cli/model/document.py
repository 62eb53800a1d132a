"""Markdown files with front matter: ``runbooks/<slug>.md`` and ``templates/<kind>/<slug>.md``."""

from oncall_cli.model.record import Day, Id, Record, Text


class Runbook(Record):
    """How to diagnose and mitigate what an alert tells of."""

    title: Text
    """What the page is about."""
    services: tuple[Text, ...] = ()
    """The services that it helps with."""
    alerts: tuple[Text, ...] = ()
    """The alerts' own words, by which the page is found."""
    owner: Id | None = None
    """Who keeps it right."""
    reviewed: Day | None = None
    """When somebody last read it and found it right."""


class Template(Record):
    """The head of a template for a message, a review or a handoff summary."""

    title: Text
    """What it is for."""
    subject: Text | None = None
    """The subject line of the message."""
