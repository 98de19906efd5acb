"""policy/ladder.yaml and policy/holidays.yaml: the rungs, and the time they are measured in."""

from collections.abc import Callable
from datetime import date, time
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from heed.casework.policy.page import Page, open_page
from heed.core.duty.holidays import Holidays, Name, Nation
from heed.core.duty.ladder import Ladder, Rung
from heed.core.duty.posts import Post
from heed.core.duty.worktime import Calendar, Span, parse_span

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read_ladder() -> Ladder:
    """The ladder, with at least one rung."""
    page = open_page("ladder")
    rungs = tuple(_rung(page, place) for place in range(page.count("rungs")))
    if not rungs:
        raise page.wrong(("rungs",), "at least one rung")
    return Ladder(rungs, _calendar(page, read_holidays()))


def read_holidays() -> Holidays:
    """The days nobody works."""
    page = open_page("holidays")
    nation = one_of(page, Nation, "nation") if page.has("nation") else Nation.ENGLAND_AND_WALES
    moved: dict[tuple[int, Name], date] = {}
    for place in range(page.count("moved") if page.has("moved") else 0):
        if not _is_for(page, nation, "moved", place):
            continue
        name = one_of(page, Name, "moved", place, "holiday")
        moved[(page.number("moved", place, "year", least=1900), name)] = page.day("moved", place, "to")
    added = frozenset(
        page.day("added", place, "day")
        for place in range(page.count("added") if page.has("added") else 0)
        if _is_for(page, nation, "added", place)
    )
    return Holidays(added, moved, nation)


def _is_for(page: Page, nation: Nation, *where: str | int) -> bool:
    """Whether an exception is for a nation: for all that it does not name otherwise."""
    if not page.has(*where, "nations"):
        return True
    count = page.count(*where, "nations")
    return nation in [one_of(page, Nation, *where, "nations", place) for place in range(count)]


def one_of[W: StrEnum](page: Page, words: type[W], *where: str | int) -> W:
    """A word of a fixed list."""
    return read_as(page, words, f"one of {', '.join(words)}", *where)


def read_as[V](page: Page, reader: Callable[[str], V], expected: str, *where: str | int) -> V:
    """A text that something else can read."""
    try:
        return reader(page.text(*where))
    except (ValueError, ZoneInfoNotFoundError):
        raise page.wrong(where, expected) from None


def _rung(page: Page, place: int) -> Rung:
    def span(key: str) -> Span:
        return read_as(
            page, parse_span, "a span such as 2 working days or 4 clock hours", "rungs", place, key
        )

    def posts(key: str) -> tuple[Post, ...]:
        if not page.has("rungs", place, key):
            return ()
        return tuple(
            one_of(page, Post, "rungs", place, key, i) for i in range(page.count("rungs", place, key))
        )

    return Rung(
        name=page.text("rungs", place, "name"),
        post=one_of(page, Post, "rungs", place, "post"),
        acknowledge=span("acknowledge"),
        answer=span("answer"),
        seen_by_both=posts("seen_by"),
        seen_by_partnership=posts("partnership_seen_by"),
        at_partnership=_at_partnership(page, place),
    )


def _at_partnership(page: Page, place: int) -> bool:
    """Whose post it is: the owing agency's where nothing is said."""
    if not page.has("rungs", place, "of"):
        return False
    whose = page.text("rungs", place, "of")
    if whose not in ("agency", "partnership"):
        raise page.wrong(("rungs", place, "of"), "agency (the one that owes the answer) or partnership")
    return whose == "partnership"


def _calendar(page: Page, holidays: Holidays) -> Calendar:
    days = page.texts("working_time", "days")
    for place, day in enumerate(days):
        if day not in DAYS:
            raise page.wrong(("working_time", "days", place), f"one of {', '.join(DAYS)}")
    if not days:
        raise page.wrong(("working_time", "days"), "at least one day")
    opens = read_as(page, time.fromisoformat, "a time such as 09:00", "working_time", "opens")
    closes = read_as(page, time.fromisoformat, "a time such as 17:00", "working_time", "closes")
    if closes != time(0) and closes <= opens:
        raise page.wrong(("working_time", "closes"), "a time after opens, or 00:00 for the end of the day")
    zone = read_as(page, ZoneInfo, "a zone such as Europe/London", "working_time", "zone")
    return Calendar(zone, frozenset(map(DAYS.index, days)), opens, closes, holidays)
