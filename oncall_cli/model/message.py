"""A message that went out: from which template, to whom, when; on the record that it was about."""

from oncall_cli.model.record import Id, Moment, Part, Text


class SentMessage(Part):
    """A message to customers that went out."""

    template: Text
    """The template that it was made from."""
    to: Text | None = None
    """Who received it."""
    at: Moment
    """When it went out."""
    by: Id | None = None
    """Who sent it."""
