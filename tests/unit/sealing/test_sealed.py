"""What is sealed opens in its place and nowhere else, and not after its key is gone."""

import sqlite3
from base64 import b64decode

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from heed.casework import sealed
from heed.casework.actions.receive import receive
from heed.casework.ledger import check
from heed.casework.models import Record
from heed.casework.sealing import box, master, whose
from heed.casework.sealing.keyring import Keyring, keyring
from heed.core.records.explained import Explained
from tests.concerns import MONDAY, concern

pytestmark = pytest.mark.django_db
AYLA = whose.source("school p-7")
CANARIES = ("Ayla", "Marsh", "Collected at the gate")


@settings(max_examples=50, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"])), row=st.text(max_size=8))
def test_any_text_opens_as_it_was_sealed(text, row):
    bound = ("table", "column", row)
    held = sealed.seal_text(text, key_of=AYLA, bound=bound)
    assert sealed.open_text(held, bound=bound) == text
    assert len(text) < 8 or text not in held


@settings(max_examples=50, deadline=None)
@given(data=st.binary(), other=st.tuples(st.text(max_size=4), st.text(max_size=4)))
def test_any_bytes_open_in_their_own_place_only(data, other):
    held = sealed.seal_bytes(data, key_of=AYLA, bound=("table", "column"))
    assert sealed.open_bytes(held, bound=("table", "column")) == data
    if other != ("table", "column"):
        with pytest.raises(sealed.Unreadable):
            sealed.open_bytes(held, bound=other)


def test_two_places_are_never_written_alike():
    held = sealed.seal_text("words", key_of=AYLA, bound=("a", "bc"))
    with pytest.raises(sealed.Unreadable):
        sealed.open_text(held, bound=("ab", "c"))


def test_a_record_holds_nothing_of_its_child_in_the_clear():
    receive(record=concern(), by=None, now=MONDAY)
    row = Record.kept.get()
    assert not any(word in f"{row.document}{row.digest}" for word in CANARIES)
    assert all(word in sealed.document_of(row) for word in CANARIES[:2])


@pytest.mark.parametrize("column", ["document", "kind"])
def test_sealed_words_moved_to_another_row_are_refused(column):
    for ref in ("C-1", "C-2"):
        receive(record=concern(ref), by=None, now=MONDAY)
    one, two = Record.kept.order_by("pk")
    if column == "kind":
        with pytest.raises(sealed.Unreadable):
            sealed.open_text(one.document, bound=("casework_dutystep", "words", "school", "C-1", 1))
        return
    with connection.cursor() as cursor:
        cursor.execute("update casework_record set document = %s where id = %s", [one.document, two.pk])
    with pytest.raises(sealed.Unreadable):
        sealed.document_of(Record.kept.get(pk=two.pk))
    assert any("cannot be opened" in str(fault) for fault in check().faults)


def test_one_child_has_one_key_and_a_record_without_a_child_its_agencys():
    receive(record=concern("C-1"), by=None, now=MONDAY)
    receive(record=concern("C-2"), by=None, now=MONDAY)
    receive(record=concern("C-3", child="p-8"), by=None, now=MONDAY)
    receive(record=concern("S-1", kind="sighting", people=[]), by=None, now=MONDAY)
    first, again, other, none = (box.key_of_text(row.document) for row in Record.kept.order_by("pk"))
    assert first == again
    assert len({first, other, none}) == 3
    assert keyring().current([whose.agency("school")])[whose.agency("school")] == none


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sealed_outside_the_transaction_that_saves_it():
    with pytest.raises(RuntimeError, match="transaction"):
        sealed.seal_text("words", key_of=AYLA, bound=("a",))


def test_a_key_destroyed_by_another_process_is_not_used_from_memory(settings):
    held = sealed.seal_text("words", key_of=AYLA, bound=("a",))
    assert sealed.open_text(held, bound=("a",)) == "words"
    other = Keyring(master.place())
    other.destroy([box.key_of_text(held)])
    other.close()
    with pytest.raises(sealed.Gone):
        sealed.open_text(held, bound=("a",))
    again = sealed.seal_text("words", key_of=AYLA, bound=("a",))
    assert box.key_of_text(again) != box.key_of_text(held)


def test_two_processes_that_meet_the_same_child_use_one_key():
    one, two = Keyring(master.place()), Keyring(master.place())
    assert one.current([AYLA]) == two.current([AYLA])
    one.close(), two.close()


def test_the_keyring_names_nobody_and_holds_no_bare_key():
    key = keyring().current([AYLA])[AYLA]
    rows = sqlite3.connect(f"file:{keyring().file}?mode=ro", uri=True)
    (owner, wrapped) = rows.execute("select owner, wrapped from key where id = ?", [key]).fetchone()
    rows.close()
    assert "p-7" not in owner
    assert len(wrapped) == 12 + 32 + 16
    assert keyring().file.stat().st_mode & 0o077 == 0
    assert (master.place() / master.FILE).stat().st_mode & 0o077 == 0


def test_a_ring_without_its_master_is_refused_not_begun_anew(tmp_path, settings):
    settings.DATA = tmp_path
    keyring().current([AYLA])
    (tmp_path / "keys" / master.FILE).unlink()
    master._derived.cache_clear()
    with pytest.raises(Explained, match="Put back the copy"):
        master.derived("anything")


def test_a_ring_of_another_house_is_refused(tmp_path, settings):
    settings.DATA = tmp_path
    keyring().current([AYLA])
    (tmp_path / "keys" / master.FILE).write_bytes(b"x" * 32)
    master._derived.cache_clear()
    with pytest.raises(Explained, match="belong together"):
        Keyring(master.place())
    master._derived.cache_clear()


def test_a_guess_of_a_record_cannot_be_tested_without_the_houses_key(tmp_path, settings):
    document = concern().document
    here = sealed.mark(document)
    settings.DATA = tmp_path
    assert sealed.mark(document) != here


def test_keys_are_kept_when_the_transaction_is_not():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        sealed.seal_text("words", key_of=AYLA, bound=("a",))
        raise ZeroDivisionError
    assert keyring().current([AYLA])


def test_no_two_values_of_one_call_share_a_nonce():
    same = [("words", AYLA, ("a",))] * 200
    held = sealed.seal_texts(same)
    assert sealed.open_texts([(each, ("a",)) for each in held]) == ["words"] * 200
    nonces = {b64decode(each.split(".")[2])[: box.NONCE] for each in held}
    assert len(nonces) == 200


def test_keys_just_made_are_the_keys_on_the_disk():
    owners = [whose.source(f"school p-{number}") for number in range(150)]
    one, two = Keyring(master.place()), Keyring(master.place())
    made, found = one.current(owners), two.current(owners)
    assert made == found
    assert len(set(made.values())) == len(owners)
    for key, cipher in two.boxes(found.values()).items():
        assert (
            cipher.decrypt(b"n" * 12, one.boxes([key])[key].encrypt(b"n" * 12, b"words", b""), b"")
            == b"words"
        )
    one.close(), two.close()


def test_whoever_comes_second_to_some_children_takes_the_keys_that_are_there(monkeypatch):
    owners = [whose.source(f"school p-{number}") for number in range(5)]
    one, two = Keyring(master.place()), Keyring(master.place())
    make = two._made
    first = {}

    def overtaken(names):
        first.update(one.current(owners[:2]))
        return make(names)

    monkeypatch.setattr(two, "_made", overtaken)
    second = two.current(owners)
    assert {owner: second[owner] for owner in owners[:2]} == first
    assert one.current(owners) == second
    assert set(two.boxes(second.values())) == set(one.boxes(second.values())) == set(second.values())
    one.close(), two.close()
