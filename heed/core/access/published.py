"""Numbers that leave whoever may see what they count: small ones are not told, every other is rounded, weeks are fixed.

A number from 1 to 7 is not told and every other is rounded to 5; no total is told beside them, for an exact one gives
cells away and the sum of what is told would read as nothing where all are small; and what still grows is told as it
stood on Monday, so that nobody takes one day's number from the next. Rounding to 5 with only 1 to 5 left
out would tell that a cell holds 6 or 7: with 1 to 7 left out no cell is held to fewer than five values.
Source: the rounding and suppression of the DfE's published statistics on children in need and children looked after;
OpenSAFELY, statistical disclosure control (counts of 7 and fewer are redacted, the others rounded to 5).
"""

from datetime import datetime, timedelta

LEAST, TO = 8, 5
HIDDEN = "1 to 7"


def told(count: int) -> str:
    """A count as it may leave the house: 0, `1 to 7`, or rounded to 5."""
    return HIDDEN if 0 < count < LEAST else f"{_rounded(count):,}"


def week_begun(at: datetime) -> datetime:
    """The first instant of the Monday on or before an instant, in that instant's time zone: what still grows is counted
    up to it."""
    return (at - timedelta(days=at.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)


def _rounded(count: int) -> int:
    return TO * ((count + TO // 2) // TO)
