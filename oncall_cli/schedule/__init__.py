"""Who is on call, when, and why: turns, hours, layers, overrides, roles, coverage; values in, values out."""
