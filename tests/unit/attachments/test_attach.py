"""Files are saved with their record or not at all, sealed, and held against the ledger."""

import hashlib

import pytest
from django.db import connection

from heed.casework import ledger
from heed.casework.actions.attach import attach
from heed.casework.actions.receive import receive, receive_many
from heed.casework.attachments import erasing
from heed.casework.models import Attachment, AttachmentBody, AttachmentLook, Body, Entry, Record
from heed.core.records.explained import Explained
from heed.formats.contract import Attached
from tests.concerns import MONDAY, concern
from tests.unit.attachments.files import NOTE

pytestmark = pytest.mark.django_db

SECRET = Attached("Ayla Marsh.txt", "text/plain", b"A flat above the launderette, every Friday.")


def save(*files, ref="C-1"):
    return receive(record=concern(ref), by=None, now=MONDAY, attached=files)


def faults():
    return [str(fault) for fault in ledger.verify()]


def written(model, **changes):
    """Change a row by hand, as the database's administrator could."""
    row = model.objects.first()
    names = ", ".join(f"{name} = %s" for name in changes)
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {model._meta.db_table} set {names} where {model._meta.pk.column} = %s",
            [*changes.values(), row.pk],
        )


def test_a_file_is_kept_with_its_record_and_verifies():
    save(NOTE, SECRET)
    assert list(Attachment.objects.order_by("position").values_list("record__ref", "position", "size")) == [
        ("C-1", 0, 12), ("C-1", 1, 43),
    ]  # fmt: skip
    assert faults() == []


def test_neither_name_nor_words_of_a_file_stand_in_the_database():
    save(SECRET)
    body = AttachmentBody.objects.get()
    held = bytes(body.content) + bytes(body.label) + repr(list(Body.objects.values())).encode()
    assert b"launderette" not in held
    assert b"Ayla" not in held
    assert hashlib.sha256(SECRET.content).hexdigest().encode() not in held


def test_each_record_of_many_gets_its_own_files():
    receive_many(records=[concern("C-1"), concern("C-2")], by=None, now=MONDAY, attached=[[], [NOTE]])
    assert list(Attachment.objects.values_list("record__ref", flat=True)) == ["C-2"]


def test_the_same_record_again_adds_no_file():
    save(NOTE)
    save(NOTE)
    assert Attachment.objects.count() == 1


def test_more_files_can_be_kept_with_a_record_that_is_here():
    save(NOTE)
    (entry,) = attach(record=Record.kept.get(), files=[SECRET], by=None, now=MONDAY)
    assert list(Attachment.objects.order_by("pk").values_list("position", flat=True)) == [0, 1]
    assert entry.kind == "attachment"
    assert faults() == []


def test_past_the_agencys_room_nothing_is_saved_and_that_is_said(settings, tmp_path, monkeypatch):
    monkeypatch.setattr("heed.casework.actions.attach.GIGABYTE", 1)
    with pytest.raises(Explained, match="Nothing was saved"):
        save(SECRET, Attached("big", "x/y", b"x" * 60))
    assert (Record.kept.count(), Attachment.objects.count()) == (0, 0)


class TestHeldAgainstTheLedger:
    """Somebody with full access to the database changes a file."""

    def test_bytes_that_were_changed(self):
        save(NOTE)
        content = bytearray(AttachmentBody.objects.get().content)
        content[-1] ^= 1
        written(AttachmentBody, content=bytes(content))
        assert any("cannot be opened" in fault for fault in faults())

    def test_bytes_exchanged_between_two_files(self):
        save(NOTE, Attached("b", "text/plain", b"Seen at ten."))
        first, second = AttachmentBody.objects.order_by("pk")
        AttachmentBody.objects.filter(pk=first.pk).update(content=second.content)
        assert any("cannot be opened" in fault for fault in faults())

    def test_a_file_sealed_anew_with_other_words(self):
        from django.db import transaction

        from heed.casework import sealed
        from heed.casework.attachments.storing import content_at
        from heed.casework.sealing import whose

        save(NOTE)
        key = Attachment.objects.get().key
        with transaction.atomic():
            other = sealed.seal_bytes(b"Seen at ten.", key_of=whose.record(concern()), bound=content_at(key))
        written(AttachmentBody, content=other)
        assert any("its bytes are not what was committed to" in fault for fault in faults())

    @pytest.mark.parametrize("change", [{"size": 13}, {"position": 7}])
    def test_a_header_that_was_changed(self, change):
        save(NOTE)
        written(Attachment, **change)
        assert any("is not what was committed to" in fault for fault in faults())

    def test_a_file_that_was_removed(self):
        save(NOTE)
        with connection.cursor() as cursor:
            for model in (AttachmentLook, AttachmentBody):
                cursor.execute(f"delete from {model._meta.db_table}")
        assert any("its bytes are not there" in fault for fault in faults())
        with connection.cursor() as cursor:
            cursor.execute(f"delete from {Attachment._meta.db_table}")
        assert any("is not there" in fault for fault in faults())

    def test_a_file_that_was_slipped_in(self):
        save(NOTE)
        Attachment.objects.create(key="A-1", record=Record.kept.get(), position=5, size=1, received_at=MONDAY)
        assert any("has no entry in the ledger" in fault for fault in faults())


def test_erasing_leaves_the_header_and_names_the_entries():
    save(NOTE)
    entries = erasing.empty([Record.kept.get().pk])
    assert entries == [Entry.objects.get(kind="attachment").seq]
    assert bytes(AttachmentBody.objects.get().content) == b""
    assert Attachment.objects.count() == 1
