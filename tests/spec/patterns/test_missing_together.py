"""Children from different homes who are missing at the same time, again and again."""

from datetime import date, timedelta

from tests.spec.patterns.drawn import children, noticed, over_time, warehouse

HEAD = "record | agency | kind | on | until | child\n"


def nights(names: str, *days: int) -> str:
    """The same nights away for each of some children."""
    return "".join(
        f"n{day}{name} | police | missing | {on}T20:00:00+00:00 | {on}T23:30 | {name}\n"
        for day in days
        for on in [date(2006, 1, 1) + timedelta(days=day)]
        for name in names.split()
    )


def test_three_children_of_three_homes_again_and_again():
    (found,) = (
        f
        for f in noticed(warehouse(HEAD + nights("ann ben cat", 10, 30, 55, 80)), "2006-06-30")
        if f.detector == "missing_together"
    )
    assert children(found) == ["ann", "ben", "cat"]
    assert found.statement.startswith(
        "Three children from three homes known to one agency were missing at the same time"
    )
    assert "Friends who go out together look like this too." in found.against


def test_a_pair_alone_is_not_told():
    assert noticed(warehouse(HEAD + nights("ann ben", 10, 30, 55, 80)), "2006-06-30") == []


def test_different_nights_are_not_together():
    apart = nights("ann", 10, 30, 55, 80) + nights("ben", 11, 31, 56, 81) + nights("cat", 12, 32, 57, 82)
    assert noticed(warehouse(HEAD + apart), "2006-06-30") == []


def test_a_fourth_child_joins_the_same_finding():
    house = warehouse(
        HEAD + nights("ann ben cat", 10, 30, 55, 80) + nights("ann ben cat dan", 100, 110, 120, 130)
    )
    before = next(f for f in noticed(house, "2006-04-01") if f.detector == "missing_together")
    after = next(f for f in noticed(house, "2006-06-30") if f.detector == "missing_together")
    assert before.finding == after.finding
    assert (len(before.children), len(after.children)) == (3, 4)
    raised = [f for f in over_time(house, "2006-01-01", "2006-12-31") if f.detector == "missing_together"]
    assert [f.finding for f in raised] == [before.finding]
