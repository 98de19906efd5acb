"""An agency that falls silent is named; one that writes as always, or is new, is not."""

from datetime import date, timedelta

from heed.core.patterns.finding import day_number
from heed.core.patterns.silence import silent
from tests.spec.patterns.drawn import warehouse

HEAD = "record | agency | kind | on | child\n"
FIRST = date(2006, 1, 2)


def weekly(agency: str, weeks: range, often: int = 4) -> str:
    """So many records a week of one agency."""
    return "".join(
        f"{agency}{week}-{n} | {agency} | contact | {FIRST + timedelta(days=7 * week + n)} | ann\n"
        for week in weeks
        for n in range(often)
    )


def test_who_stopped_is_told_and_who_goes_on_is_not():
    house = warehouse(HEAD + weekly("health", range(40)) + weekly("school", range(52)))
    (found,) = silent(house.ask, day_number(FIRST) + 7 * 46)
    assert (found.agency, found.recent) == ("health", 0)
    assert found.statement.startswith("health has sent no records in 6 weeks, where 2")
    assert silent(house.ask, day_number(FIRST) + 7 * 40 - 1) == []


def test_a_new_agency_has_no_past_to_be_silent_against():
    house = warehouse(HEAD + weekly("health", range(8)))
    assert silent(house.ask, day_number(FIRST) + 7 * 14) == []
