"""Figures and times as people say them. Every page's sentences are made of these."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from heed.core.patterns.words import counted, number
from heed.core.records.when import Precision, When

__all__ = ["counted", "number"]  # the core's own, for pages beside the rest
LONDON = ZoneInfo("Europe/London")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def figure(count: int, one: str, many: str | None = None) -> str:
    """The same in figures, where a figure is easier to find: '1 record', '43 records'."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def times(count: int) -> str:
    """How often: 'once', 'twice', 'three times'."""
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{number(count)} times")


def listed(words: Sequence[str], last: str = "and") -> str:
    """'police', 'police and school', 'police, school and health'."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def capital(words: str) -> str:
    """A sentence's first letter, the rest left alone."""
    return words[:1].upper() + words[1:]


def lowered(words: str) -> str:
    """A sentence's first letter made small, to stand inside another."""
    return words[:1].lower() + words[1:]


def day(on: date) -> str:
    """'14 March 2009'."""
    return f"{on.day} {on:%B %Y}"


def short_day(on: date) -> str:
    """'14 Mar 2009', for a column of a table."""
    return f"{on.day} {on:%b %Y}"


def day_of(instant: datetime) -> date:
    """The day an instant fell on in London."""
    return instant.astimezone(LONDON).date()


def instant(at: datetime) -> str:
    """'14 March 2009 at 22:10', in London's time."""
    local = at.astimezone(LONDON)
    return f"{day(local.date())} at {local:%H:%M}"


def when(told: When | None) -> str:
    """A time as certainly as it was told: 'some time in March 2009' never becomes a day."""
    if told is None:
        return "not said when"
    match told.precision:
        case Precision.INSTANT:
            return instant(told.earliest)
        case Precision.DAY:
            return day(told.day)
        case Precision.MONTH:
            return f"some time in {told.day:%B %Y}"
        case Precision.YEAR:
            return f"some time in {told.day.year}"


def between(start: When | None, end: When | None) -> str:
    """From when to when, shortened where both fall on one day."""
    if start is None or end is None or start.text == end.text:
        return when(start)
    exact = Precision.INSTANT
    same = start.precision == end.precision == exact and day_of(start.earliest) == day_of(end.earliest)
    if same:
        return f"{when(start)} to {end.earliest.astimezone(LONDON):%H:%M}"
    return f"{when(start)} to {when(end)}"


def lasting(span: timedelta) -> str:
    """How long, in the largest unit that does not mislead: '40 minutes', '9 hours', '97 days', '3 years'."""
    if span < HOUR:
        return figure(max(1, round(span / timedelta(minutes=1))), "minute")
    if span < 2 * DAY:
        return figure(round(span / HOUR), "hour")
    return lasting_days(span.days)


def lasting_days(days: int) -> str:
    """How long, in days up to a year, then in years and months."""
    if days < 366:
        return figure(days, "day")
    years, rest = divmod(days, 365)
    months = min(11, rest // 30)
    return f"{figure(years, 'year')} {figure(months, 'month')}" if months else figure(years, "year")


def delay(happened: When | None, recorded: datetime) -> str:
    """How long after it happened it was written down, counted from the latest time it may have happened."""
    if happened is None:
        return "it does not say when it happened"
    if recorded < happened.earliest:
        return "before the time it is said to have happened"
    if happened.precision is Precision.INSTANT:
        return after(recorded - happened.latest, "it happened")
    if recorded <= happened.latest:
        return f"the same {happened.precision}"
    return after(recorded - happened.latest, "it happened")


def after(span: timedelta, what: str) -> str:
    """'9 hours after it happened'; a minute or less is 'at once'."""
    return "at once" if abs(span) < timedelta(minutes=1) else f"{lasting(abs(span))} after {what}"


def around(text: str, start: int, end: int, most: int = 45) -> tuple[str, str]:
    """What stands before and after a place in a text, cut between words."""
    before, after = text[:start], text[end:]
    if len(before) > most:
        before = "… " + before[-most:].partition(" ")[2]
    if len(after) > most:
        after = after[:most].rpartition(" ")[0] + " …"
    return before, after


def one_in(chance: float) -> str:
    """A small probability as a count of looks: 'in about one in 2,500'."""
    if chance >= 0.5:
        return "in most"
    if chance < 1e-6:
        return "in fewer than one in a million"
    return f"in about one in {_rounded(1 / chance):,}"


def _rounded(value: float) -> int:
    """Two leading figures: more would claim a precision nobody has."""
    whole = round(value)
    step = max(1, 10 ** (len(str(whole)) - 2))
    return round(whole / step) * step
