"""The Department's rules on the Missing table, drawn as tables: which rows are told, and by which number.

Collection year 2017/18. A child's episodes and missing periods are written as spans; `..` is a blank end.
"""

import pytest

from heed.formats.ssda903 import age_rules, episode_rules, header_rules
from heed.formats.ssda903.days import CollectionYear, day
from heed.formats.ssda903.rules import RULES, MissingRow, Span, broken
from heed.formats.ssda903.tables import rule_words
from tests.tables import rows

YEAR = CollectionYear(2018)

ONE_ROW = """
rules   | kind | start      | end        | born       | episodes
        | M    | 10/05/2017 | 12/05/2017 | 01/02/2003 | 01/04/2017-..
        | A    | 10/05/2017 |            | 01/02/2003 | 01/04/2017-..
564     | M    |            |            | 01/02/2003 | 01/04/2017-..
564     | M    |            | 12/05/2017 | 01/02/2003 | 01/04/2017-..
565     |      | 10/05/2017 |            | 01/02/2003 | 01/04/2017-..
565 566 |      | 10/05/2017 | 12/05/2017 | 01/02/2003 | 01/04/2017-..
566     |      |            | 12/05/2017 | 01/02/2003 | 01/04/2017-..
567     | M    | 10/05/2017 | 09/05/2017 | 01/02/2003 | 01/04/2017-..
        | M    | 10/05/2017 | 10/05/2017 | 01/02/2003 | 01/04/2017-..
570     | M    | 01/04/2018 |            | 01/02/2003 | 01/04/2017-..
        | M    | 31/03/2018 |            | 01/02/2003 | 01/04/2017-..
571     | M    | 10/03/2018 | 01/04/2018 | 01/02/2003 | 01/04/2017-..
571     | M    | 01/03/2017 | 31/03/2017 | 01/02/2003 | 01/04/2016-..
        | M    | 01/03/2017 | 01/04/2017 | 01/02/2003 | 01/04/2016-..
586     | M    | 10/05/2017 | 12/05/2017 | 10/05/2017 | 01/04/2017-..
586     | M    | 10/05/2017 | 12/05/2017 | 11/05/2017 | 01/04/2017-..
1004    | M    | 31/04/2017 | 12/05/2017 | 01/02/2003 | 01/04/2017-..
1004    | M    | 2017-05-10 |            | 01/02/2003 | 01/04/2017-..
1004    | M    | 10/05/17   |            | 01/02/2003 | 01/04/2017-..
1005    | M    | 10/05/2017 | soon       | 01/02/2003 | 01/04/2017-..
        | M    | 10/05/2017 | 12/05/2017 | not known  | 01/04/2017-..
"""

AGAINST_EPISODES = """
rules       | start      | end        | episodes
            | 10/05/2017 |            |
            | 01/04/2017 | 01/06/2017 | 01/04/2017-01/06/2017
577         | 10/05/2017 | 02/06/2017 | 01/04/2017-01/06/2017
575 577     | 10/05/2017 |            | 01/04/2017-01/06/2017
            | 10/05/2017 | 05/06/2017 | 01/04/2017-01/06/2017 01/06/2017-..
575         | 10/05/2017 |            | 01/04/2017-01/06/2017 01/06/2017-..
577         | 10/05/2017 | 05/06/2017 | 01/04/2017-01/06/2017 09/06/2017-..
575 577     | 10/05/2017 |            | 01/04/2017-01/06/2017 09/06/2017-..
            | 10/05/2017 | 10/06/2017 | 01/04/2017-01/06/2017 09/06/2017-..
577 578 581 | 02/06/2017 | 04/06/2017 | 01/04/2017-01/06/2017
578 581     | 02/06/2017 | 10/06/2017 | 01/04/2017-01/06/2017 09/06/2017-..
577 578 581 | 30/03/2017 |            | 01/04/2017-..
578 581     | 30/03/2017 | 02/04/2017 | 01/04/2017-..
577 578 581 | 30/03/2017 | 31/03/2017 | 01/04/2017-..
"""

OVERLAPS = """
574 on | periods
       | 01/05/2017-03/05/2017 03/05/2017-04/05/2017
2      | 01/05/2017-03/05/2017 02/05/2017-04/05/2017
2      | 01/05/2017-..         02/05/2017-04/05/2017
       | 01/05/2017-03/05/2017 04/05/2017-..
1      | 02/05/2017-04/05/2017 01/05/2017-03/05/2017
2      | 01/05/2017-03/05/2017 01/05/2017-03/05/2017
2 3    | 01/05/2017-30/05/2017 02/05/2017-03/05/2017 10/05/2017-12/05/2017
"""


def spans(words: str) -> list[Span]:
    """`01/04/2017-..` as a span that is still open."""
    return [Span(day(start), day(end)) for start, _, end in (word.partition("-") for word in words.split())]


@pytest.mark.parametrize("row", rows(ONE_ROW), ids=str)
def test_rules_about_one_row(row):
    asked = MissingRow(
        row["kind"], row["start"], row["end"], day(row["born"]), YEAR, episodes=spans(row["episodes"])
    )
    assert broken_here(asked, row["rules"]) == row["rules"].split()


@pytest.mark.parametrize("row", rows(AGAINST_EPISODES), ids=str)
def test_rules_about_a_row_and_the_child_s_episodes(row):
    asked = MissingRow("M", row["start"], row["end"], None, YEAR, episodes=spans(row["episodes"]))
    assert [rule for rule in broken(asked) if rule in ("575", "577", "578", "581")] == row["rules"].split()


@pytest.mark.parametrize("row", rows(OVERLAPS), ids=str)
def test_periods_that_overlap(row):
    periods = [word.replace("..", "").partition("-") for word in row["periods"].split()]
    bare = [MissingRow("M", start, end, None, YEAR) for start, _, end in periods]
    ordered = sorted(enumerate(bare), key=lambda each: (each[1].start, each[0]))
    found = [
        place + 1
        for turn, (place, asked) in enumerate(ordered)
        if RULES["574"](
            MissingRow(
                "M", asked.start_text, asked.end_text, None, YEAR, earlier=[r for _, r in ordered[:turn]]
            )
        )
    ]
    assert " ".join(str(each) for each in sorted(found)) == row["574 on"]


def test_every_rule_has_its_words():
    known = {*RULES, *episode_rules.ALONE, *age_rules.TOGETHER, *header_rules.ALONE}
    known |= {"442", "444", "INT32", "INT04", "INT13"}
    assert set(rule_words()) == known


def broken_here(asked: MissingRow, expected: str) -> list[str]:
    """The rules about the row alone: those that need episodes have their own table."""
    alone = {"564", "565", "566", "567", "570", "571", "586", "1004", "1005"}
    return [rule for rule in broken(asked) if rule in alone or rule in expected]
