"""On-call practice as code: rotations, shifts, incidents and runbooks in one git repository."""

__version__ = "0.1.0"
