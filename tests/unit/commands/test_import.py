"""`heed import`: every line in the account, refused ones named, nothing changed by doing it twice."""

import json
import re

import pytest
from django.db import transaction

from heed.casework import intake
from heed.casework.commands.export import command as export
from heed.casework.commands.import_ import command as import_
from heed.casework.ledger import verify
from heed.casework.models import Agency, Batch, Entry, Record
from heed.formats.contract import Line, Refused
from tests.unit.commands.running import run
from tests.unit.formats.returns import EPISODES, GIRL, HEADER, MISSING, STAY, table, write
from tests.unit.records.documents import WHOLE, minimal

pytestmark = pytest.mark.django_db


def line(**changes) -> bytes:
    """One line of JSON with its end."""
    return json.dumps(minimal(**changes), ensure_ascii=False).encode() + b"\n"


@pytest.fixture
def records(tmp_path):
    """Write lines into a file of records."""

    def written(*lines: bytes):
        file = tmp_path / "records.jsonl"
        file.write_bytes(b"".join(lines))
        return file

    return written


BAD = (
    b"\xef\xbb\xbf" + line(ref="bom"),
    b'{"v": 1,\n',
    line(kind="party", ref="unknown kind"),
    line(happened_from="2009-03-14T22:10:00", ref="naive"),
    line(ref="crlf").replace(b"\n", b"\r\n"),
    b"\r\n",
    line(ref="nul")[:40] + b"\0" + line(ref="nul")[40:],
    line(ref="long", text="x" * 1_000_000),
    line(ref="crlf"),
    line(ref="crlf", text="another story"),
    line(ref="crlf", revision=2, text="another story"),
    line(ref="cut")[:-20],
)


def test_a_bad_file_is_accounted_for_line_by_line(records):
    ran = run(import_, "records", records(*BAD), "--json")
    account = json.loads(ran.out)
    assert ran.code == 1
    assert {way: account[way] for way in ("lines", *intake.WAYS)} == {
        "lines": 12,
        "accepted": 3,
        "superseding": 1,
        "unchanged": 1,
        "refused": 6,
        "blank": 1,
        "set_aside": 0,
    }
    assert {(each["line"], each["key"]) for each in account["refusals"]} == {
        (2, "line"),
        (3, "kind"),
        (4, "happened_from"),
        (7, "line"),
        (10, "revision"),
        (12, "line"),
    }
    assert Record.objects.system("a test counts").count() == 4


def test_refused_lines_are_told_on_stderr_with_line_and_key(records):
    ran = run(import_, "records", records(*BAD))
    assert re.search(r'records\.jsonl line 3: kind: found "party"; expected one of missing', ran.err)
    assert re.search(r"line 10: revision: .* differs in text", ran.err)
    assert (
        "12 lines = 3 accepted + 1 superseding + 1 unchanged + 6 refused + 1 blank + 0 set aside" in ran.err
    )


def test_words_are_for_people_and_data_for_programs(records):
    ran = run(import_, "records", records(line(ref="a")))
    assert (ran.out, "1 lines = 1 accepted" in ran.err) == ("", True)
    ran = run(import_, "records", records(line(ref="a")), "--json")
    assert json.loads(ran.out)["unchanged"] == 1
    assert "lines =" not in ran.err


def test_a_second_import_changes_nothing_and_says_so(records):
    file = records(line(ref="a"), line(ref="b"))
    assert run(import_, "records", file).code == 0
    again = run(import_, "records", file)
    assert again.code == 0
    assert "Nothing changed: all 2 records were here already." in again.err
    assert Record.objects.system("a test counts").count() == 2


def test_an_unknown_agency_is_made_and_said(records):
    ran = run(import_, "records", records(line(agency="night_shelter")))
    assert "Agency night_shelter was not known" in ran.err
    assert Agency.objects.filter(pk="night_shelter").exists()


@pytest.mark.parametrize("content", [b"", b"\n\n", b"junk\n", line(kind="party")])
def test_nothing_that_could_be_read_is_explained(records, content):
    ran = run(import_, "records", records(content))
    assert ran.code == 2
    assert "nothing in records.jsonl could be read" in ran.explained


def test_a_conflict_alone_was_read_and_exits_with_one(records):
    run(import_, "records", records(line(ref="a")))
    assert run(import_, "records", records(line(ref="a", text="other"))).code == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["csv"], "there is no format"),
        (["ssda903"], "add --agency CODE"),
        (["records", "--agency", "social care"], "is not a code"),
    ],
)
def test_a_wrong_start_is_explained(records, arguments, words):
    name, *rest = arguments
    ran = run(import_, name, records(line()), *rest)
    assert (ran.code, words in ran.explained) == (2, True)


def test_lines_of_another_agency_are_refused(records):
    ran = run(import_, "records", records(line(), line(agency="police")), "--agency", "school")
    assert ran.code == 1
    assert "leave --agency out" in ran.err


def test_a_reader_that_loses_a_line_is_found_out():
    account = intake.Account("some.csv", lines=3, accepted=1, blank=1)
    with pytest.raises(intake.Explained, match="only 2 are accounted for"):
        account.check()


def test_only_so_many_refusals_are_kept_and_all_are_counted(monkeypatch):
    monkeypatch.setattr(intake, "MOST_LISTED", 2)
    told = []
    taking = intake.Intake(clock=None, on_refusal=told.append, on_remark=None)
    taking.take([Refused(Line("f", n), "line", "x", "y") for n in range(5)])
    assert (len(taking.refusals), len(told), taking.total().refused) == (2, 5, 5)


def test_many_batches_are_one_account(records, monkeypatch):
    monkeypatch.setattr(intake, "BATCH", 3)
    file = records(*(line(ref=f"r{n}") for n in range(10)))
    assert json.loads(run(import_, "records", file, "--json").out)["accepted"] == 10


def test_an_export_is_the_same_bytes_after_import_elsewhere(records):
    file = records(
        json.dumps(WHOLE, indent=None).encode() + b"\n",
        line(ref="z", colour="red", people=[{"part": "child", "shoe": 41.50, "born": None}]),
        line(ref="Z", text="Siân 🙂"),
        line(ref="é", extra=None),
        line(ref="z", revision=3, text=None),
        line(ref="z", revision=12),
        line(agency="Police", ref="a"),
    )
    here = transaction.savepoint_create()
    run(import_, "records", file)
    first = run(export, "records").out
    transaction.savepoint_rollback(here)
    assert Record.objects.system("a test counts").count() == 0
    run(import_, "records", records(first.encode()))
    assert run(export, "records").out == first
    order = [
        (each["agency"], each["ref"], each.get("revision", 1)) for each in map(json.loads, first.splitlines())
    ]
    assert order == sorted(order)
    assert len(order) == 7


def test_an_export_is_written_down_before_anything_leaves(records):
    run(import_, "records", records(line()))
    run(export, "records", "--agency", "school")
    run(export, "records", "--agency", "nobody")
    assert list(Entry.objects.filter(kind="export").values_list("subject", flat=True)) == ["agency:school"]


def test_an_import_is_one_batch_that_can_be_withdrawn(records, monkeypatch):
    monkeypatch.setattr(intake, "BATCH", 3)
    run(import_, "records", records(*(line(ref=f"r{n}") for n in range(7))))
    (batch,) = Batch.objects.all()
    assert (batch.source, batch.lines, batch.state) == ("command", 7, "open")
    told = Entry.objects.filter(kind="collection").values_list("purpose", flat=True)
    assert set(told) == {f"accepted batch:{batch.pk}"}
    assert verify() == []


def test_an_interrupted_import_keeps_what_was_saved_and_is_simply_run_again(records, monkeypatch):
    monkeypatch.setattr(intake, "BATCH", 3)
    file = records(*(line(ref=f"r{n}") for n in range(10)))
    saved = intake.receive_many

    def pulled(*, records, **more):
        if Record.objects.system("a test counts").count() == 6:
            raise KeyboardInterrupt
        return saved(records=records, **more)

    monkeypatch.setattr(intake, "receive_many", pulled)
    stopped = run(import_, "records", file)
    assert stopped.code == 1
    assert "What was saved stays" in stopped.err
    monkeypatch.setattr(intake, "receive_many", saved)
    account = json.loads(run(import_, "records", file, "--json").out)
    assert (account["unchanged"], account["accepted"]) == (6, 4)


def test_an_export_of_one_agency_holds_no_other(records):
    run(import_, "records", records(line(ref="a"), line(agency="police", ref="b")))
    assert [
        json.loads(each)["ref"] for each in run(export, "records", "--agency", "police").out.splitlines()
    ] == ["b"]
    assert "there is no agency" in run(export, "records", "--agency", "nobody").explained


def test_a_return_goes_in_with_its_rules_as_notes_and_twice_changes_nothing(tmp_path):
    write(
        tmp_path,
        header=table(HEADER, GIRL),
        episodes=table(EPISODES, STAY),
        missing=table(MISSING, "10001,,M,02/12/2017,", "10001,,A,27/03/2018,"),
    )
    ran = run(import_, "ssda903", tmp_path, "--agency", "ashmere", "--json")
    account = json.loads(ran.out)
    assert ran.code == 0
    assert account["rules"] == {"574": 1}
    assert (account["accepted"], account["set_aside"], account["lines"]) == (3, 4, 7)
    assert "Collection year 2017/18, inferred" in ran.err
    again = json.loads(run(import_, "ssda903", tmp_path, "--agency", "ashmere", "--json").out)
    assert (again["changed"], again["unchanged"], again["rules"]) == (False, 3, {"574": 1})


def test_a_corrected_return_of_the_same_year_supersedes_when_it_says_so(tmp_path):
    write(tmp_path, missing=table(MISSING, "10001,,M,27/03/2018,"))
    run(import_, "ssda903", tmp_path, "--agency", "ashmere")
    write(tmp_path, missing=table(MISSING, "10001,,M,27/03/2018,29/03/2018"))
    assert run(import_, "ssda903", tmp_path, "--agency", "ashmere").code == 1
    ran = run(import_, "ssda903", tmp_path, "--agency", "ashmere", "--submission", "2", "--json")
    assert (ran.code, json.loads(ran.out)["superseding"]) == (0, 1)
    assert "1 to 99" in run(import_, "ssda903", tmp_path, "--agency", "a", "--submission", "x").explained


def test_files_that_are_no_tables_are_named(tmp_path):
    write(tmp_path, episodes=table(EPISODES, STAY))
    (tmp_path / "read me.txt").write_text("one\ntwo\n")
    ran = run(import_, "ssda903", tmp_path, "--agency", "ashmere")
    assert ran.code == 0
    assert re.search(r"read me\.txt: not opened: only CSV tables", ran.err)


def test_unknown_codes_are_listed_for_mapping(records):
    some = [line(ref=str(n), observations=["own_code", "overnight"]) for n in range(3)]
    file = records(*some, line(ref="x", observations=["another_code"]))
    ran = run(import_, "records", file)
    assert "Noted 4 times: unknown observation:\n    3 times: own_code is kept, for mapping\n" in ran.err
    account = json.loads(run(import_, "records", file, "--json").out)
    assert account["notes"] == {"unknown observation": 4}
    assert account["notes_in_words"]["unknown observation"]["another_code is kept, for mapping"] == 1
