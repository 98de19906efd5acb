"""A number plate or an address noted only in part is taken for the whole one, where only one known by then has it."""

import pytest

from tests.spec.patterns.drawn import children, noticed, warehouse

CAR = """
record | agency | kind    | on         | child | thing
m1     | police | missing | 2006-03-01 | ann   | ZZ51 ABC
m2     | school | concern | 2006-03-20 | ben   | {part}
m3     | police | missing | 2006-04-02 | cat   | ZZ51 ABC
m4     | health | health  | 2006-04-10 | dan   | ZZ51 ABC
"""
PLACE = CAR.replace("ZZ51 ABC", "12 Mill Street, ZZ1 2CD")


@pytest.mark.parametrize(
    ("table", "part"),
    [(CAR, "51 ABC"), (CAR, "1 ABC"), (CAR, "ZZ51"), (PLACE, "12 Mill Street,")],
)
def test_a_part_that_only_one_has_is_that_one(table, part):
    (found,) = noticed(warehouse(table.format(part=part)), "2006-04-30", strength=4.0)
    assert children(found) == ["ann", "ben", "cat", "dan"]
    assert any("no other one known then has it" in words for words in found.against)


@pytest.mark.parametrize(
    ("table", "part", "other"),
    [
        (CAR, "51 ABC", "YY51 ABC"),
        (CAR, "ZZ51", "ZZ51 XYZ"),
        (PLACE, "12 Mill Street,", "12 Mill Street, ZZ9 9AA"),
    ],
)
def test_a_part_that_two_have_is_neither(table, part, other):
    rows = table.format(part=part) + f"m0 | police | contact | 2006-02-01 | eve | {other}\n"
    for found in noticed(warehouse(rows), "2006-04-30", strength=1.0):
        assert "ben" not in children(found)


def test_what_was_only_known_later_explains_nothing():
    rows = CAR.format(part="51 ABC").replace("ben ", "ann ").replace("| ann   | ZZ51 ABC", "| ben   | 51 ABC")
    for found in noticed(warehouse(rows), "2006-04-30", strength=1.0):
        assert "ben" not in children(found)
