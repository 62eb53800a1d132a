"""The table of rules that a team's repository is held to."""
