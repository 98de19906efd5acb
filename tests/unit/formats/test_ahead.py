"""Reading in a process of its own: the same rows in the same order, however the second process fares."""

import json
import os
import signal
from itertools import islice

import pytest

from heed.core.records.prepared import Prepared, prepared
from heed.core.records.reading import parse
from heed.formats import ahead
from heed.formats.ahead import Asked, Ready, read_ahead
from heed.formats.contract import Usable
from tests.unit.records.documents import minimal

THING = {"kind": "vehicle", "part": "seen", "vrm": "zz51 abc"}


@pytest.fixture(autouse=True)
def two_processes(monkeypatch):
    """A second process for a handful of lines, on any machine; this process collects as it did."""
    monkeypatch.setattr(ahead, "WORTH_IT", 1)
    monkeypatch.setattr(ahead, "_processors", lambda: 2)
    monkeypatch.setattr(ahead, "seldom_collected", lambda: None)


@pytest.fixture
def asked(tmp_path) -> Asked:
    """Six thousand lines: records, a refused line and a blank one, over and over."""
    file = tmp_path / "records.jsonl"
    with file.open("wb") as out:
        for number in range(2000):
            out.write(
                json.dumps(minimal(ref=f"R-{number}", things=[THING], surprise="Siân")).encode() + b"\n"
            )
            out.write(b'{"v": 1,\n\n')
    return Asked("records", [file], None, {})


def as_read(row):
    """A row, whichever process read it: a record as what keeping it needs."""
    if isinstance(row, Usable):
        return (row.at, prepared(row.record)._replace(whole=None), row.notes)
    return (row.at, row.record, row.notes) if isinstance(row, Ready) else row


def test_the_same_rows_come_in_the_same_order(asked):
    rows = list(read_ahead(asked, 6000))
    assert [as_read(row) for row in rows] == [as_read(row) for row in asked.rows()]
    assert sum(isinstance(row, Ready) for row in rows) == 2000


def test_a_few_lines_are_read_in_one_process(asked, monkeypatch):
    monkeypatch.setattr(ahead, "WORTH_IT", 6001)
    rows = list(read_ahead(asked, 6000))
    assert not any(isinstance(row, Ready) for row in rows)
    assert len(rows) == 6000


def test_a_reader_that_is_killed_loses_no_row(asked, monkeypatch):
    monkeypatch.setattr(ahead, "_arriving", _killing(ahead._arriving))
    rows = list(read_ahead(asked, 6000))
    assert [as_read(row) for row in rows] == [as_read(row) for row in asked.rows()]
    assert isinstance(rows[0], Ready)
    assert isinstance(rows[-3], Usable)


def _killing(arriving):
    def killed(coming):
        import multiprocessing

        rows = arriving(coming)
        yield from islice(rows, 2000)
        (reader,) = multiprocessing.active_children()
        os.kill(reader.pid, signal.SIGKILL)
        reader.join()
        yield from rows

    return killed


def test_where_no_process_can_be_started_one_does_it_all(asked, monkeypatch):
    def refuse(self):
        raise OSError("no more processes")

    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", refuse)
    rows = list(read_ahead(asked, 6000))
    assert [as_read(row) for row in rows] == [as_read(row) for row in asked.rows()]


def test_whoever_stops_early_leaves_no_process_behind(asked):
    import multiprocessing

    rows = read_ahead(asked, 6000)
    next(rows)
    rows.close()
    assert multiprocessing.active_children() == []


def test_trouble_in_the_reading_is_told_as_it_is_in_one_process(asked, tmp_path):
    missing = asked._replace(paths=[*asked.paths, tmp_path / "not there.jsonl"])
    with pytest.raises(FileNotFoundError, match=r"not there"):
        list(read_ahead(missing, 6000))


def test_a_prepared_record_is_the_record_again(asked):
    told = parse(minimal(ref="A", things=[THING], surprise=1)).record
    there = prepared(told)
    again = Prepared._make(there._replace(whole=None))
    assert again.record == told
    assert prepared(again.record) == there
    assert dict(again.document) == told.document
