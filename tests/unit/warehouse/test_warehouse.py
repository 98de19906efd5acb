"""Building, swapping, the live tail, and the closed door to the outside."""

from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest

from heed.warehouse.build import build
from heed.warehouse.facts import TABLES, Facts
from heed.warehouse.tail import newest_record, open_warehouse
from tests.spec.patterns.drawn import facts, noticed, warehouse
from tests.spec.patterns.test_shared_entity import MILL


def split(whole: Facts, newest: int) -> tuple[Facts, Facts]:
    """Facts up to a row number as they were built then, and what came later. Persons are given to both."""
    before, after = Facts(), Facts()
    for name in ("record", "mention", "thing"):
        before.rows[name] = [row for row in whole.rows[name] if row[0] <= newest]
        after.rows[name] = [row for row in whole.rows[name] if row[0] > newest]
    before.rows["record"] = [(*row[:9], None, *row[10:]) for row in before.rows["record"]]
    for each in (before, after):
        each.rows["person_of"] = list(whole.rows["person_of"])
        each.supersede()
    return before, after


@pytest.mark.parametrize("newest", [0, 2, 4, 6])
def test_the_file_and_its_tail_are_one(tmp_path, newest):
    table = MILL.replace("| on  ", "| revision | on  ").replace("| 2006-", "| 1 | 2006-")
    whole = facts(table + "m1 | police | missing | 2 | 2006-05-05 | ann | 12 Mill Street, ZZ1 2CD\n")
    before, after = split(whole, newest)
    build(tmp_path / "heed.duckdb", before)
    assert newest_record(tmp_path / "heed.duckdb") == newest
    house = open_warehouse(tmp_path / "heed.duckdb", after)
    for name in TABLES:
        assert sorted(map(repr, house.rows(f"select * from {name}"))) == sorted(map(repr, whole.rows[name]))
    assert noticed(house, "2006-05-30")


def test_a_reader_keeps_what_it_opened_while_the_file_is_swapped(tmp_path):
    path = tmp_path / "heed.duckdb"
    build(path, facts(MILL))
    reader = open_warehouse(path)
    build(path, Facts())
    assert len(noticed(reader, "2006-04-30")) == 1
    reader.close()
    assert newest_record(path) == 0


def test_it_reaches_nothing_outside(tmp_path):
    (tmp_path / "secret.csv").write_text("a\n1\n")
    build(tmp_path / "heed.duckdb", facts(MILL))
    for house in (warehouse(MILL), open_warehouse(tmp_path / "heed.duckdb")):
        for text in (
            f"select * from '{tmp_path}/secret.csv'",
            "install httpfs",
            "set enable_external_access = true",
        ):
            with pytest.raises(duckdb.Error):
                house.rows(text)


def test_the_file_is_opened_read_only(tmp_path):
    build(tmp_path / "heed.duckdb", facts(MILL))
    with pytest.raises(duckdb.Error):
        open_warehouse(tmp_path / "heed.duckdb").rows("delete from built.record")


def test_two_who_build_at_once_each_leave_a_whole_file(tmp_path):
    path = tmp_path / "heed.duckdb"
    whole = facts(MILL)
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(build, path, whole) for _ in range(12)]:
            done.result()
    assert len(open_warehouse(path).rows("select * from record")) == len(whole.rows["record"])
