"""One file per noun or daily verb: parse, load, decide, change, show."""
