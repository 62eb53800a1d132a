"""What people do while on call: log, handoff, duties; pure rules on values."""
