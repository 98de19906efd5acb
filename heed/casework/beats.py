"""Names of heartbeats that one part of Heed leaves and another reads."""

LOOK = "notice"
"""The last look at everything that was finished."""
