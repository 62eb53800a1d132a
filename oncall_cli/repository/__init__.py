"""The team's repository: find it, read it strictly, edit it in place, and make one commit per change."""
