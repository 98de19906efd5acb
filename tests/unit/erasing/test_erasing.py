"""Erasing by order: what it takes, what it leaves, and that nobody does it alone."""

import json
import shutil
from datetime import timedelta

import pytest
from django.db import connection, transaction

from heed.casework import sealed, shredding, supply
from heed.casework.actions import erasing, holds
from heed.casework.actions.duties import answer
from heed.casework.actions.receive import Refused, receive
from heed.casework.actions.verdicts import judge
from heed.casework.exports import record_lines
from heed.casework.ledger import check
from heed.casework.linking import link_all
from heed.casework.models import (
    Body,
    Duty,
    Entry,
    ErasedRecord,
    ErasureDecision,
    ErasureRequest,
    Mention,
    Outbox,
    Post,
    Record,
    Source,
    ThingSeen,
)
from heed.casework.noticing import notice
from heed.casework.rebuilding import differences
from heed.casework.sealing import box
from heed.casework.sealing.keyring import keyring
from heed.casework.sealing.renewing import left_under
from heed.core.records.explained import Explained
from tests.concerns import MONDAY, concern
from tests.personas import _person, standing

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=1)
WHY = "order of the family court of 9 November"
FLAT = {
    "kind": "place",
    "part": "seen_at",
    "name": "Canaryflat",
    "address": "9 Canary Lane",
    "postcode": "ZZ9 9ZZ",
}


@pytest.fixture
def people():
    """A school's lead and a social care lead, who may ask and agree."""
    people = standing()
    for each in (people.rosa,):
        Post.objects.create(agency_id=each.agency_id, post="designated_lead", holder=each, order=0)
    return people


@pytest.fixture
def kept(people):
    """Two records of one child, one of another that mentions her, and what was said of them."""
    receive(record=concern("C-1", text="Canaryword one", things=[FLAT]), by=people.rosa, now=MONDAY)
    receive(record=concern("C-2", text="Other words"), by=people.rosa, now=MONDAY)
    named = [
        {"part": "child", "given_names": "Nell", "family_name": "Orme", "ref": "p-8"},
        {"part": "companion", "given_names": "Ayla", "family_name": "Marsh", "ref": "p-7"},
    ]
    receive(record=concern("C-3", people=named, text="Both of them"), by=people.rosa, now=MONDAY)
    duty = Duty.objects.get(record__ref="C-1")
    answer(
        duty=duty.reference,
        by=people.sam,
        decision="no_further_action",
        reason="Canaryreason was said",
        now=MONDAY,
    )
    judge(
        left="school p-7",
        right="school p-8",
        verdict="different",
        reason="Canaryverdict",
        by=people.rosa,
        now=MONDAY,
    )
    link_all(LATER)
    notice(LATER)
    Outbox.objects.filter(done_at=None).update(done_at=LATER)
    supply.rebuild()
    assert check().faults == []
    return people


def asked(by, scope="record", ref="C-1", **more):
    told = {"scope": scope, "agency": "school", "ref": ref, "basis": "court_order", "reason": WHY} | more
    return erasing.ask(by=by, now=LATER, **told)


def erased(people, **more):
    request = asked(people.rosa, **more)
    done = erasing.agree(number=request.pk, by=people.lena, now=LATER)
    assert shredding.finish(LATER) == 1
    notice(LATER)
    return done


def is_whole():
    assert [str(fault) for fault in check().faults] == []
    assert list(differences(lambda words: None)) == []


def rows_as_text():
    """Everything the database holds, as text."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"select * from {connection.ops.quote_name(table)}")
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_a_record_is_erased_and_everything_else_stands(kept):
    before = {row.ref: sealed.document_of(row) for row in Record.kept.all()}
    done = erased(kept)
    assert (done.records, done.elsewhere) == (1, ())
    row = Record.kept.get(ref="C-1")
    assert (row.document, row.digest, row.happened_from) == ("", "", None)
    for ref in ("C-2", "C-3"):
        assert sealed.document_of(Record.kept.get(ref=ref)) == before[ref]
    assert not ThingSeen.objects.of([row.pk]).exists()
    assert not Mention.objects.of([row.pk]).exists()
    assert ErasedRecord.objects.get(record=row).source == "school p-7"
    assert [json.loads(told)["ref"] for told in record_lines("school")] == ["C-2", "C-3"]
    is_whole()


def test_the_childs_page_says_so_to_whom_her_file_is_open_and_to_nobody_else(kept, client):
    erased(kept)
    person = Source.objects.get(key="school p-7").person
    client.force_login(kept.rosa)
    page = client.get(f"/children/{person}").content.decode()
    assert "Erased by order" in page
    assert "C-1" in page
    assert "A court ordered it." in page
    assert "Canaryword" not in page
    client.force_login(kept.carl)
    assert client.get(f"/children/{person}").status_code == 404


ASKING = {"scope": "record", "agency": "school", "ref": "C-1", "basis": "court_order", "reason": WHY}


def test_what_is_wrong_with_a_request_is_said_at_the_question_it_is_about(kept, client):
    client.force_login(kept.rosa)
    wrong = {"ref": "NO-SUCH", "agency": "", "reason": "short"}
    for name, given in wrong.items():
        answer = client.post("/erasures", ASKING | {name: given})
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [name]
    client.post("/erasures", ASKING)
    again = client.post("/erasures", ASKING)
    assert list(again.context["form"].errors) == ["__all__"]


def test_asking_after_references_that_are_not_kept_is_seen_and_names_none(kept, client):
    client.force_login(kept.rosa)
    client.post("/erasures", ASKING | {"ref": "NO-SUCH"})
    with pytest.raises(Explained):
        asked(kept.rosa, scope="child", ref="NO-SUCH")
    tried = Entry.objects.filter(kind="refusal", subject="erasures")
    assert list(tried.values_list("actor", "purpose")) == [(kept.rosa.pk, erasing.NOT_KEPT)] * 2
    assert not any("NO-SUCH" in row for row in rows_as_text())
    is_whole()


def test_a_refused_request_says_why_to_whoever_asked(kept, client):
    request = asked(kept.rosa)
    client.force_login(kept.lena)
    why = "The inquiry still needs what is kept."
    client.post(f"/erasures/{request.pk}", {"decide": "refuse", "reason": why})
    client.force_login(kept.rosa)
    page = client.get(f"/erasures/{request.pk}").content.decode()
    assert "Why not" in page
    assert why in page


def test_two_people_erase_on_pages_and_whoever_asked_is_offered_no_decision(kept, client):
    client.force_login(kept.carl)
    assert client.get("/erasures").status_code == 404
    client.force_login(kept.rosa)
    assert client.post("/erasures", ASKING | {"reason": "short"}).status_code == 422
    assert client.post("/erasures", ASKING, follow=True).status_code == 200
    number = ErasureRequest.objects.get().pk
    assert b"Agree to erase it" not in client.get(f"/erasures/{number}").content
    for press in ("agree", "erase"):
        assert client.post(f"/erasures/{number}", {"decide": press}).status_code == 422
    client.force_login(kept.lena)
    assert b"Agree to erase it" in client.get(f"/erasures/{number}").content
    assert client.post(f"/erasures/{number}", {"decide": "refuse"}).status_code == 422
    sure = client.post(f"/erasures/{number}", {"decide": "agree"})
    assert "Nothing is erased yet" in sure.content.decode()
    assert Record.kept.get(ref="C-1").document != ""
    page = client.post(f"/erasures/{number}", {"decide": "erase"}, follow=True)
    assert "Erased: 1 records" in page.content.decode()
    assert Record.kept.get(ref="C-1").document == ""
    shredding.finish(LATER)
    is_whole()


def test_the_entry_names_the_bodies_that_are_gone(kept):
    words = "select count(*) from casework_dutystep where words <> ''"
    done = erased(kept)
    told = json.loads(Body.objects.get(pk=done.seq).text)
    assert (told["scope"], told["basis"]) == ("record", "court_order")
    assert Entry.objects.get(pk=told["request"]).actor == kept.rosa
    kinds = dict(Entry.objects.filter(pk__in=told["entries"]).values_list("seq", "kind"))
    assert sorted(kinds.values()) == ["collection", "duty", "duty"]
    assert not Body.objects.filter(pk__in=told["entries"]).exists()
    duty = Duty.objects.get(record__ref="C-1")
    assert {step.words for step in duty.steps.all()} == {""}
    with connection.cursor() as cursor:
        cursor.execute(words)
        assert cursor.fetchone()[0] == 0


def test_a_body_that_is_missing_without_an_erasure_is_a_fault(kept):
    erased(kept)
    Body.objects.filter(
        pk=Entry.objects.get(subject=f"record:{Record.kept.get(ref='C-2').pk}").pk
    )._raw_delete("default")
    assert check().faults


def test_all_of_a_child_is_erased_and_what_others_say_of_her_is_listed(kept):
    done = erased(kept, scope="child", ref="p-7")
    assert (done.records, done.elsewhere) == (2, (("school", "C-3"),))
    assert set(Record.kept.filter(document="").values_list("ref", flat=True)) == {"C-1", "C-2"}
    assert not ErasedRecord.objects.exclude(source="").exists()
    assert json.loads(sealed.document_of(Record.kept.get(ref="C-3")))["text"] == "Both of them"
    assert Source.objects.filter(key="school p-7").exists(), "another child's record still names her"
    is_whole()


def test_a_child_nobody_else_mentions_is_gone_from_every_computed_table(kept):
    receive(record=concern("C-9", child="p-9", text="Alone"), by=kept.rosa, now=MONDAY)
    link_all(LATER)
    erased(kept, scope="child", ref="p-9")
    assert not Source.objects.filter(key="school p-9").exists()
    is_whole()


def test_a_copy_of_the_database_made_before_cannot_be_read_with_the_keys_of_after(kept):
    copy = {row.ref: row.document for row in Record.kept.all()}
    places = {row.ref: sealed.bound_to(row) for row in Record.kept.all()}
    erased(kept)
    with pytest.raises(sealed.Gone):
        sealed.open_text(copy["C-1"], bound=places["C-1"])
    with pytest.raises(sealed.Gone):
        # The same child's other record was sealed again under a new key: the old copy of it went with the old key.
        sealed.open_text(copy["C-2"], bound=places["C-2"])


def test_no_word_is_left_in_any_table_nor_in_the_warehouse(kept, tmp_path):
    assert supply.file().exists()
    erased(kept)
    text = rows_as_text()
    for canary in ("Canaryword", "Canaryflat", "CANARY LANE", "Canaryreason", "Canary Lane"):
        assert canary not in text
        assert canary.encode() not in supply.file().read_bytes()


def test_nobody_erases_alone(kept):
    request = asked(kept.rosa)
    with pytest.raises(Explained, match="nobody erases alone"):
        erasing.agree(number=request.pk, by=kept.rosa, now=LATER)
    assert Record.kept.exclude(document="").count() == 3


def test_two_of_one_agency_do_not_erase_while_another_could_decide(kept):
    other = _person("head", "Hana Reid", "school", "head", "executive")
    Post.objects.create(agency_id="school", post="executive", holder=other, order=0)
    request = asked(kept.rosa)
    with pytest.raises(Explained, match="another agency"):
        erasing.agree(number=request.pk, by=other, now=LATER)
    Post.objects.filter(agency="social_care", order__lt=1000).delete()
    assert erasing.agree(number=request.pk, by=other, now=LATER).records == 1


def test_only_the_posts_of_the_policy_ask_and_agree(kept):
    with pytest.raises(Explained, match="posts"):
        asked(kept.carl)
    request = asked(kept.rosa)
    with pytest.raises(Explained, match="posts"):
        erasing.agree(number=request.pk, by=kept.sam, now=LATER)


@pytest.mark.parametrize(("more", "words"), [
    ({"basis": "because"}, "no legal basis"),
    ({"reason": "short"}, "characters"),
    ({"ref": "C-404"}, "nothing is kept"),
    ({"scope": "house"}, "no scope"),
])  # fmt: skip
def test_what_cannot_be_asked_is_said(kept, more, words):
    with pytest.raises(Explained, match=words):
        asked(kept.rosa, **more)


@pytest.mark.parametrize(("scope", "ref"), [("record", "C-1"), ("child", "p-7")])
def test_a_legal_hold_stands_in_the_way_until_it_is_lifted(kept, scope, ref):
    hold = holds.set_hold(scope=scope, agency="school", ref=ref, reason="an inquiry", by=kept.lena, now=LATER)
    request = asked(kept.rosa)
    with pytest.raises(Explained, match="legal hold"):
        erasing.agree(number=request.pk, by=kept.lena, now=LATER)
    with pytest.raises(Explained, match="another agency"):
        holds.lift_hold(number=hold.pk, reason="it is over", by=kept.rosa, now=LATER)
    holds.lift_hold(number=hold.pk, reason="it is over", by=kept.lena, now=LATER)
    assert erasing.agree(number=request.pk, by=kept.lena, now=LATER).records == 1
    shredding.finish(LATER)
    is_whole()


def test_what_was_erased_does_not_come_in_again(kept):
    erased(kept)
    for revision in (1, 2):
        with pytest.raises(Refused, match="erased by order"):
            receive(record=concern("C-1", text="Canaryword one", revision=revision), by=kept.rosa, now=LATER)


def test_a_refusal_erases_nothing_and_closes_the_request(kept):
    request = asked(kept.rosa)
    erasing.refuse(number=request.pk, reason="the order names another child", by=kept.lena, now=LATER)
    with pytest.raises(Explained, match="waits"):
        erasing.agree(number=request.pk, by=kept.lena, now=LATER)
    assert Record.kept.exclude(document="").count() == 3
    is_whole()


def test_a_crash_before_the_keys_are_destroyed_leaves_them_to_the_next_worker(kept, monkeypatch):
    request = asked(kept.rosa)
    erasing.agree(number=request.pk, by=kept.lena, now=LATER)
    keys = json.loads(ErasureDecision.objects.get().keys)
    assert keyring().there(keys), "not before the commit"
    assert left_under(keys) == 0
    with monkeypatch.context() as broken:
        broken.setattr(supply, "rebuild", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            shredding.finish(LATER)
    assert shredding.finish(LATER) == 1
    assert keyring().there(keys) == []
    assert shredding.finish(LATER) == 0
    is_whole()


def test_somebody_who_seals_between_the_commit_and_the_end_loses_nothing(kept):
    request = asked(kept.rosa)
    erasing.agree(number=request.pk, by=kept.lena, now=LATER)
    receive(record=concern("C-7", text="Came in between"), by=kept.rosa, now=LATER)
    shredding.finish(LATER)
    assert "Came in between" in sealed.document_of(Record.kept.get(ref="C-7"))


def test_keys_that_an_older_keyring_brings_back_are_destroyed_again(kept, tmp_path):
    ring = keyring()
    ring._connection.execute("pragma wal_checkpoint(truncate)")
    shutil.copy(ring.file, tmp_path / "old.sqlite3")
    key = box.key_of_text(Record.kept.get(ref="C-1").document)
    erased(kept)
    with ring._lock:
        ring._connection.execute("attach ? as old", [str(tmp_path / "old.sqlite3")])
        ring._connection.execute("insert or ignore into key select id, owner, 0, wrapped from old.key")
        ring._connection.execute("detach old")
    assert ring.there([key]) == [key]
    assert shredding.destroy_again() > 0
    assert ring.there([key]) == []


def test_a_hold_under_one_agencys_reference_holds_what_another_keeps_of_the_same_child(kept):
    receive(record=concern("H-1", agency="social_care", text="Also hers"), by=kept.lena, now=MONDAY)
    link_all(LATER)
    judge(
        left="school p-7",
        right="social_care p-7",
        verdict="same",
        reason="Her number is in both files",
        by=kept.rosa,
        now=LATER,
    )
    holds.set_hold(
        scope="child", agency="social_care", ref="p-7", reason="an inquiry", by=kept.lena, now=LATER
    )
    request = asked(kept.rosa)
    with pytest.raises(Explained, match="legal hold"):
        erasing.agree(number=request.pk, by=kept.lena, now=LATER)


def test_a_hold_or_a_request_changed_behind_the_ledger_is_a_fault(kept):
    hold = holds.set_hold(
        scope="child", agency="school", ref="p-7", reason="an inquiry", by=kept.lena, now=LATER
    )
    request = asked(kept.rosa)
    erasing.refuse(number=request.pk, reason="It is needed for the inquiry", by=kept.lena, now=LATER)
    is_whole()
    for change in (
        f"update casework_legalhold set ref = 'p-8' where id = {hold.pk}",
        f"insert into casework_holdlifted (hold_id, reason, at, by_id) values ({hold.pk}, '', '{LATER}', {kept.lena.pk})",
        f"delete from casework_legalhold where id = {hold.pk}",
        f"update casework_erasurerequest set ref = 'C-2' where id = {request.pk}",
        f"update casework_erasurerequest set by_id = {kept.lena.pk} where id = {request.pk}",
        f"update casework_erasuredecision set agreed = true where request_id = {request.pk}",
    ):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
            assert check().faults, change
            transaction.set_rollback(True)
    is_whole()
