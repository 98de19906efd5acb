"""When a verdict waits for a second person, and who that may be."""

import pytest

from heed.core.identity.second import Ground, Judge, why_not
from heed.core.identity.verdicts import Word, needs_second
from tests.tables import rows

WAITS = """
word      | one child now | different stands | agencies | waits
same      | no            | no               | 2        | yes
same      | no            | yes              | 2        | yes
same      | no            | no               | 1        | no
same      | yes           | no               | 2        | no
same      | no            | no               | 5        | yes
unsure    | no            | yes              | 2        | yes
unsure    | no            | yes              | 1        | no
unsure    | no            | no               | 2        | no
unsure    | yes           | no               | 2        | no
different | no            | no               | 2        | no
different | yes           | no               | 3        | no
"""


@pytest.mark.parametrize("row", rows(WAITS), ids=str)
def test_a_verdict_waits_where_it_would_let_records_be_seen_across_agencies(row):
    word, together, parted = (
        Word(row["word"]),
        row["one child now"] == "yes",
        row["different stands"] == "yes",
    )
    waits = needs_second(word, together=together, parted=parted, agencies=int(row["agencies"]))
    assert waits is (row["waits"] == "yes")


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
