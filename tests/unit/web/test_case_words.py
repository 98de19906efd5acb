"""The words of the case pages: episodes, identity, blunt sentences."""

from datetime import UTC, datetime

import pytest

from heed.casework.doors.links import Pair, Side
from heed.casework.doors.noticed import Summary
from heed.core.identity.judgement import Term
from heed.web.presenters import findings, identity, missing, paging
from tests.unit.review.told import records

NAMES = {"police": "Police", "home": "Children's homes"}
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
TABLE = """
agency | ref | from                      | to                        | category
police | a   | 2009-03-14T22:10:00+00:00 | 2009-03-15T06:30:00+00:00 | missing
home   | b   | 2009-03-14                | 2009-03-15                | absent
home   | c   | 2009-05-01                |                           | absent
home   | d   | 2009-07                   |                           | missing
"""


def test_episodes_are_counted_described_and_drawn():
    page = missing.present(records(TABLE), NAMES)
    assert page.short == "3 missing episodes since 14 March 2009"
    assert page.sentences == (
        "3 episodes since 14 March 2009: 2 missing, 1 absent.",
        "The last began some time in July 2009.",
        "They are told in 4 records by Children's homes and Police: what two agencies write about one night counts once.",
        "For two of them no return is recorded.",
        "Of one only the month or year is known: in the table, not in the picture.",
    )
    assert [mark.shape for mark in page.calendar.marks] == ["missing", "open"]


def test_the_table_says_as_much_as_is_known():
    rows = missing.present(records(TABLE), NAMES).rows
    assert [(row.began, row.back, row.lasted, row.graded) for row in rows] == [
        ("some time in July 2009", "no return recorded", "not known", "missing"),
        ("1 May 2009", "no return recorded", "not known", "absent"),
        ("14 March 2009 at 22:10", "15 March 2009 at 06:30", "8 hours", "absent or missing"),
    ]


def test_no_episode_is_a_fact_about_the_records():
    assert missing.present([], NAMES).short == "No missing episode recorded"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("1995-02-11", "11 February 1995"),
        ("1995-02", "February 1995"),
        ("1995", "1995"),
        ("1995-13-01", "1995-13-01"),
    ],
)
def test_a_date_of_birth_as_certainly_as_it_was_told(told, words):
    assert identity.born(told) == words


@pytest.mark.parametrize(
    ("weight", "words"),
    [
        (9.8, "speaks strongly for"),
        (4.0, "speaks clearly for"),
        (-2.5, "speaks weakly against"),
        (0.4, "says little"),
    ],
)
def test_a_weight_in_words(weight, words):
    assert identity.strength(Term("born", "same", weight, "")) == words


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (1.0, "more than 999 in 1,000 pairs like this are one person"),
        (0.42, "about 420 in 1,000 pairs like this are one person"),
        (0.0, "fewer than 1 in 1,000 pairs like this are one person"),
    ],
)
def test_a_probability_never_says_certain(probability, words):
    assert identity.probability(probability) == words


def test_the_strongest_reason_comes_first_after_the_start():
    terms = (
        Term("given", "same", 2.0, ""),
        Term("born", "differ", -6.0, "b"),
        Term("start", "x", -11.8, "s"),
    )
    link = identity.link(Pair(1, "l", "r", -15.8, 0.0, terms, joined=False), "Police, 1", "Health, 2")
    assert [(reason.bits, reason.speaks) for reason in link.reasons] == [
        ("−11.8", "start"), ("−6.0", "against"), ("+2.0", "for"),
    ]  # fmt: skip
    assert link.stands == "Heed counts them as two children."


def test_agencies_that_disagree_are_named():
    sides = [side("Police", "1995-02-11"), side("Schools", "1995-11-02"), side("Health", "1995-02-11")]
    assert identity.disagreements(sides) == [
        "Agencies disagree about the date of birth: 11 February 1995 (Police, Health) and 2 November 1995 (Schools).",
        "More than one NHS number is written: 9990000018 and 9990000026.",
    ]


@pytest.mark.parametrize(
    ("seen", "unseen", "words"),
    [
        (
            1,
            2,
            "Something links this child with two other children known to other agencies. Ask Health and Police.",
        ),
        (
            2,
            1,
            "Something links these children with one other child known to other agencies. Ask Health and Police.",
        ),
        (2, 0, "Something links these children in records of other agencies. Ask Health and Police."),
    ],
)
def test_what_may_be_said_to_whoever_sees_a_part(seen, unseen, words):
    found = Summary(
        "x", "shared_place", False, "", 9.0, AT.date(), AT.date(), True, ("p",) * seen, unseen, ("Health", "Police")
    )  # fmt: skip
    assert findings.blunt(found) == words


def test_a_finding_about_one_child_alone_links_nobody():
    found = Summary("x", "own_rate", False, "", 9.0, AT.date(), AT.date(), True, ("p",), 0, ())
    assert (
        findings.blunt(found)
        == "Something repeats in records of this child, some of them held by other agencies."
    )


@pytest.mark.parametrize(("page", "rows", "count"), [(0, [1, 2], 3), (3, [5], 3), (99, [5], 3)])
def test_a_page_out_of_range_is_the_nearest_there_is(page, rows, count):
    here, pages = paging.paged([1, 2, 3, 4, 5], page, 2)
    assert (list(here), pages.count) == (rows, count)


def side(agency, born):
    nhs = "9990000026" if agency == "Schools" else "9990000018"
    return Side(
        agency,
        agency,
        agency,
        "1",
        "p",
        frozenset({1}),
        ("A",),
        (),
        (born,),
        (("nhs", nhs),),
        (),
        (),
        False,
        AT,
        AT,
    )
