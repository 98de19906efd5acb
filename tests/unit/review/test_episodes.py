"""Episodes: one night told by two agencies is one, three reports by one agency are three."""

from dataclasses import replace

import pytest

from heed.core.review.episodes import episodes
from tests.unit.review.told import records

NIGHT = "2009-03-14T22:10:00+00:00 | 2009-03-15T06:30:00+00:00 | missing"


@pytest.mark.parametrize(
    ("table", "counted"),
    [
        (f"police | a | {NIGHT}", ["a"]),
        (f"police | a | {NIGHT}\nhome | b | 2009-03-14 | 2009-03-15 | missing", ["ba"]),
        (f"police | a | {NIGHT}\npolice | b | 2009-03-14 | 2009-03-15 | missing", ["b", "a"]),
        (
            f"police | a | {NIGHT}\npolice | b | 2009-03-14T22:30:00+00:00 | 2009-03-15T07:00:00+00:00 | missing",
            ["ab"],
        ),
        (
            f"police | a | {NIGHT}\npolice | b | 2009-03-15T06:30:00+00:00 | 2009-03-15T09:00:00+00:00 | missing",
            ["a", "b"],
        ),
        (f"police | a | {NIGHT}\npolice | b | 2009-03-14T23:00:00+00:00 | | missing", ["a", "b"]),
        (
            f"police | a | {NIGHT}\nhome | b | 2009-03-14 | 2009-03-16 | missing\n"
            "police | c | 2009-03-15T20:00:00+00:00 | 2009-03-16T02:00:00+00:00 | missing",
            ["ba", "c"],
        ),
        (f"police | a | {NIGHT}\nhome | b | 2009-03-16 | 2009-03-17 | missing", ["a", "b"]),
        (f"police | a | {NIGHT}\nhome | b | 2009-03 | | missing", ["b", "a"]),
        (
            f"police | a | {NIGHT}\nhome | b | 2009-03-14 | | absent\ncouncil | c | 2009-03-14 | | missing",
            ["cba"],
        ),
    ],
)
def test_what_counts_as_one_episode(table, counted):
    found = episodes(records("agency | ref | from | to | category\n" + table))
    assert ["".join(record.ref for record in episode.records) for episode in found] == counted


def test_what_says_that_it_is_a_copy_is_one():
    told = records(
        f"agency | ref | from | to | category\npolice | a | {NIGHT}\npolice | b | 2009-03-14 | | missing"
    )
    copy = replace(told[1], document={"extra": {"episode": {"copy_of": "a"}}})
    assert [len(each.records) for each in episodes([told[0], copy])] == [2]
    assert len(episodes(told)) == 2


def test_an_episode_keeps_what_each_agency_called_it():
    told = records(
        f"agency | ref | from | to | category\npolice | a | {NIGHT}\nhome | b | 2009-03-14 | | absent"
    )
    [episode] = episodes(told)
    assert set(episode.categories) == {"missing", "absent"}
    assert episode.agencies == ("home", "police")
    assert episode.ended
    assert [day.isoformat() for day in episode.days] == ["2009-03-14", "2009-03-15"]


def test_a_month_is_not_a_day():
    [episode] = episodes(records("agency | ref | from | to | category\nhome | b | 2009-03 | | missing"))
    assert not episode.certain
    assert not episode.ended
