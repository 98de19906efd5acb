"""The three clocks held against each other: a record that says it was written down after it had arrived.

It is taken, for a wrong clock is no reason to lose a warning, and the claim is kept as it was made. But what counts
only from when it was recorded (rules, looks back to a day) then passes it over until that instant: that is said.
"""

from datetime import datetime, timedelta

AHEAD = (
    "recorded_at: later than Heed received it, by more than a clock may be wrong. It is taken as claimed: pages show "
    "it now, rules and looks back to a day know it from that instant on"
)
"""The note on such a line: `kind: words`."""


def is_ahead(recorded: datetime, received: datetime, skew: timedelta) -> bool:
    """Whether it claims to have been written down after it was received, by more than `skew` (the partnership's,
    policy/intake.yaml). Both instants with an offset."""
    return recorded - received > skew
