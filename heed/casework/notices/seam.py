"""What every way to reach people has in common: who carries, how long it is leased and tried, and that it never will."""

from datetime import timedelta
from typing import Protocol

from heed.casework.models import Letter

LEASE = timedelta(minutes=5)
PATIENCE = timedelta(seconds=20)
SLOWEST = 90
"""What failed waits PATIENCE times its attempts, at most so many times."""


class Carrier(Protocol):
    """A way to bring a letter. Raises `Never` where it never will; anything else is tried again."""

    def send(self, to: str, letter: Letter) -> None:
        """Bring one letter to an address."""

    def close(self) -> None:
        """Let go of whatever it holds open."""


class Never(Exception):
    """The address will not take letters."""
