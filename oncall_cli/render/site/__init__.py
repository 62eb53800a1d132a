"""The static site of a team: pages as pure functions of its records."""
