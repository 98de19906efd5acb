"""The partnership's monthly assurance report: counts that name nobody, beside those of the month before.

How a number may be told stands in `core/access/published.py`; a month that is not over is told as it stood on Monday.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from heed.core.access.published import told, week_begun


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month in UTC: from its first instant up to the first of the next."""

    year: int
    number: int

    @property
    def begins(self) -> datetime:
        """Its first instant."""
        return datetime(self.year, self.number, 1, tzinfo=UTC)

    @property
    def ends(self) -> datetime:
        """The first instant after it."""
        return self.after.begins

    @property
    def after(self) -> "Month":
        """The next month."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def before(self) -> "Month":
        """The month before."""
        return Month(self.year - (self.number == 1), (self.number - 2) % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


@dataclass(frozen=True, slots=True)
class Line:
    """One count as it may be told: this month and the one before."""

    section: str
    name: str
    this: str
    before: str


def told_up_to(month: Month, now: datetime) -> datetime:
    """Up to where a month is counted at an instant: its end, or where it is not over yet, the Monday before."""
    return min(month.ends, max(month.begins, week_begun(now.astimezone(UTC))))


def month_of(day: date) -> Month:
    """The month in which a day lies."""
    return Month(day.year, day.month)


def lines(
    this: Mapping[tuple[str, str], int], before: Mapping[tuple[str, str], int], order: Sequence[str]
) -> list[Line]:
    """Every count by (section, name), sections in `order`. What one month lacks is 0 in it."""
    keys = [*this, *(key for key in before if key not in this)]
    keys.sort(key=lambda key: order.index(key[0]))
    return [Line(*key, told(this.get(key, 0)), told(before.get(key, 0))) for key in keys]
