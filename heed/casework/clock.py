"""The only clock: the edges (commands, worker, views) read it and hand the instant on."""

from datetime import UTC, datetime


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that reads the clock
