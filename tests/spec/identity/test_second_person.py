"""When a verdict waits for a second person, and who that may be."""

import pytest

from heed.core.identity.second import Ground, Judge, why_not
from heed.core.identity.verdicts import Word, joined_across, needs_second
from tests.tables import rows

WAITS = """
word      | different stands | agencies | waits
same      | no               | 2        | yes
same      | yes              | 2        | yes
same      | no               | 1        | no
same      | no               | 5        | yes
unsure    | yes              | 2        | yes
unsure    | yes              | 1        | no
unsure    | no               | 2        | no
different | no               | 2        | no
different | yes              | 3        | no
"""


@pytest.mark.parametrize("row", rows(WAITS), ids=str)
def test_a_verdict_waits_where_it_would_let_records_be_seen_across_agencies(row):
    """Also where the model joins the two today: the word alone does not hold them once its link is gone."""
    parted = row["different stands"] == "yes"
    waits = needs_second(Word(row["word"]), parted=parted, agencies=int(row["agencies"]))
    assert waits is (row["waits"] == "yes")


BEFORE = {"police 1": "p", "police 2": "q", "health 3": "q", "health 4": "h"}
JOINS = """
after   | across
p q q h | no
p p q h | no
p q p h | yes
p p p h | yes
p q q q | yes
q q q h | yes
p q r h | no
p q h h | no
"""


@pytest.mark.parametrize("row", rows(JOINS), ids=str)
def test_files_are_joined_across_agencies_where_two_of_different_ones_were_apart(row):
    after = dict(zip(BEFORE, row["after"].split(), strict=True))
    assert joined_across(BEFORE, after) is (row["across"] == "yes")


FIRST = Judge(1, "police", manager=9)
MAY = """
person | agency      | manager | active | ground     | elsewhere | may
2      | social_care |         | yes    | sees_both  | no        | yes
2      | social_care |         | yes    | post       | yes       | yes
2      | social_care |         | yes    | introduced | yes       | yes
2      | social_care |         | yes    |            | no        | no
1      | police      |         | yes    | sees_both  | no        | no
1      | social_care |         | yes    | sees_both  | no        | no
2      | police      |         | yes    | sees_both  | no        | yes
2      | police      |         | yes    | sees_both  | yes       | no
2      | social_care | 1       | yes    | sees_both  | no        | no
9      | social_care |         | yes    | post       | no        | no
2      | social_care |         | no     | post       | no        | no
"""


@pytest.mark.parametrize("row", rows(MAY), ids=str)
def test_the_second_person_is_another_one_with_sight_or_a_post(row):
    manager = int(row["manager"]) if row["manager"] else None
    second = Judge(int(row["person"]), row["agency"], manager, row["active"] == "yes")
    ground = Ground(**{row["ground"]: True} if row["ground"] else {}, elsewhere=row["elsewhere"] == "yes")
    assert (why_not(second, FIRST, ground) == "") is (row["may"] == "yes")
