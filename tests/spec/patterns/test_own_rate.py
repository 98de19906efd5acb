"""A child going missing more often than their own past explains."""

from datetime import date, timedelta

from tests.spec.patterns.drawn import children, noticed, warehouse

HEAD = "record | agency | kind | on | child\n"


def episodes(*days: int, child: str = "ann", first: date = date(2005, 1, 1), agency: str = "police") -> str:
    """Missing episodes so many days after a first day."""
    return "".join(
        f"{agency}{child}{day} | {agency} | missing | {first + timedelta(days=day)} | {child}\n"
        for day in days
    )


def test_a_sudden_run_is_told_against_the_childs_own_past():
    (found,) = noticed(warehouse(HEAD + episodes(500, 506, 511, 519, 527, 530, 533)), "2006-06-30")
    assert found.detector == "own_rate"
    assert children(found) == ["ann"]
    assert found.statement.startswith("Seven missing episodes of one child in 8 weeks; the child's own past")
    assert "against the same child's earlier ones, nothing else" in found.statement
    assert len(found.evidence) == 7


def test_the_same_run_of_a_child_always_missing_is_not():
    steady = episodes(*range(0, 500, 8)) + episodes(500, 506, 511, 519, 527, 530, 533)
    assert noticed(warehouse(HEAD + steady), "2006-06-30") == []


def test_the_same_episode_told_by_two_agencies_counts_once():
    twice = episodes(500, 511, 519, 530) + episodes(500, 511, 519, 530, agency="home")
    assert noticed(warehouse(HEAD + twice), "2006-06-30") == []


def test_it_is_ranked_after_patterns_across_children():
    from tests.spec.patterns.test_shared_entity import MILL

    both = MILL + "".join(
        f"{line.rpartition('|')[0]}| ann |\n"
        for line in episodes(430, 436, 441, 449, 457, 460, 463).splitlines()
    )
    found = noticed(warehouse(both), "2006-04-30")
    assert [each.detector for each in found] == ["shared_place", "own_rate"]
    assert [each.rank for each in found] == [1, 2]
