"""A result becomes text, JSON, Markdown or a calendar; prints nothing, decides nothing."""
