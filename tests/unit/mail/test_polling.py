"""The mailbox: every message once, marked only after it was saved, and a bad one holds up no other."""

from datetime import timedelta

import pytest
from django.db import OperationalError

from heed.casework.doors.readiness import readiness
from heed.casework.ledger import verify
from heed.casework.mail import polling
from heed.casework.mail.polling import poll
from heed.casework.models import Attachment, Duty, Heartbeat, MailTaken, Record
from heed.casework.sealed import document_of
from heed.casework.tick import CLOCK
from heed.core.records.explained import Explained
from tests.concerns import MONDAY
from tests.unit.formats.letters import letter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailbox")]


def put(box, *raws):
    for raw in raws:
        box.messages[max(box.messages, default=0) + 1] = raw


def kept():
    return sorted(Record.objects.system("a test").values_list("ref", flat=True))


class TestReading:
    """What a poll does."""

    def test_a_message_becomes_a_concern_somebody_owes_an_answer_to(self, box):
        put(box, letter())
        assert poll(MONDAY) == {"taken": 1}
        assert kept() == ["17@homes.example.org"]
        assert Duty.objects.count() == 1
        assert Attachment.objects.count() == 1
        assert box.flags == {1: {"\\Seen"}}
        assert verify() == []

    def test_it_is_read_once(self, box):
        put(box, letter())
        poll(MONDAY)
        assert poll(MONDAY) == {}
        assert box.fetched == [1]

    def test_what_somebody_read_by_hand_is_taken_all_the_same(self, box):
        put(box, letter())
        box.flags[1] = {"\\Seen"}
        assert poll(MONDAY) == {"taken": 1}

    def test_numbers_that_mean_something_else_now_double_nothing(self, box):
        put(box, letter())
        poll(MONDAY)
        box.validity = 8
        assert poll(MONDAY) == {"taken": 1}
        assert kept() == ["17@homes.example.org"]

    def test_other_words_under_a_used_id_are_not_lost(self, box):
        put(box, letter("One."), letter("Two."))
        assert poll(MONDAY) == {"taken": 2}
        first, second = kept()
        assert second.startswith(f"{first}~")

    def test_a_message_without_a_date_was_recorded_when_the_mailbox_took_it(self, box):
        put(box, letter(Date=None))
        poll(MONDAY)
        assert '"recorded_at": "2026-03-15T09:05:00+00:00"' in document_of(Record.kept.get())

    @pytest.mark.parametrize("can_move", [True, False])
    def test_messages_are_moved_where_policy_says(self, box, mailbox, rules, can_move):
        mailbox.can_move = can_move
        rules(('taken_folder: ""', "taken_folder: Heed"), ('parked_folder: ""', "parked_folder: Unread"))
        put(box, letter(), b"junk")
        assert poll(MONDAY) == {"taken": 1, "parked": 1}
        assert box.moved == {"Heed": [letter()], "Unread": [b"junk"]}
        assert poll(MONDAY) == {}


class TestBeingStopped:
    """A message is marked only after it was saved; whatever ends in between, nothing is lost and nothing doubled."""

    def test_killed_between_saving_and_marking(self, box):
        put(box, letter())
        box.refuse_marks = True
        with pytest.raises(Explained, match="Nothing was lost"):
            poll(MONDAY)
        assert (kept(), box.flags) == (["17@homes.example.org"], {})
        box.refuse_marks = False
        assert poll(MONDAY) == {}
        assert (box.flags, box.fetched) == ({1: {"\\Seen"}}, [1])

    def test_a_database_that_cannot_write_blames_no_message(self, box, monkeypatch):
        put(box, letter())

        def full(**_):
            raise OperationalError("disk full")

        monkeypatch.setattr(polling, "take", full)
        with pytest.raises(OperationalError):
            poll(MONDAY)
        assert (MailTaken.objects.count(), box.flags) == (0, {})
        monkeypatch.undo()

    def test_a_line_that_breaks_in_the_middle(self, box):
        put(box, letter(Message_ID="<1@x.example>"), letter(Message_ID="<2@x.example>"))

        def broken(uid):
            if uid == 2:
                raise ConnectionError

        box.on_fetch = broken
        with pytest.raises(Explained):
            poll(MONDAY)
        assert kept() == ["1@x.example"]
        box.on_fetch = lambda uid: None
        assert poll(MONDAY) == {"taken": 1}
        assert kept() == ["1@x.example", "2@x.example"]


class TestBadMessages:
    """Parked in words; the others flow."""

    def test_a_poison_message_is_parked_after_three_times_and_the_others_flow(self, box, monkeypatch):
        put(
            box,
            letter(Message_ID="<1@x.example>"),
            letter(Message_ID="<2@x.example>", Subject="POISON"),
            letter(Message_ID="<3@x.example>"),
        )
        read = polling.read_message

        def poisoned(raw, at, **more):
            if b"POISON" in raw:
                raise KeyError(raw)
            return read(raw, at, **more)

        monkeypatch.setattr(polling, "read_message", poisoned)
        assert poll(MONDAY) == {"taken": 2, "failed": 1}
        assert kept() == ["1@x.example", "3@x.example"]
        assert poll(MONDAY) == {"failed": 1}
        assert poll(MONDAY) == {"parked": 1}
        assert poll(MONDAY) == {}
        assert (MailTaken.objects.get(uid=2).why, box.flags[2]) == ("KeyError", {"\\Flagged"})

    def test_three_hundred_parts_in_parts_are_parked_with_the_limit(self, box):
        nest = b"".join(
            b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(300)
        )
        put(box, letter(nest), letter(Message_ID="<2@x.example>"))
        box.messages[1] = letter()[: letter().index(b"\r\n\r\n") + 2] + nest
        assert poll(MONDAY) == {"parked": 1, "taken": 1}
        assert "at most" in MailTaken.objects.get(uid=1).why

    def test_a_message_too_long_is_parked_without_being_fetched(self, box, monkeypatch):
        monkeypatch.setattr(polling, "LONGEST_MESSAGE", 100)
        put(box, letter())
        assert poll(MONDAY) == {"parked": 1}
        assert box.fetched == []

    def test_automatic_replies_are_set_aside(self, box):
        put(box, letter(Auto_Submitted="auto-replied"))
        assert poll(MONDAY) == {"set_aside": 1}
        assert kept() == []


class TestAnAlarm:
    """A mailbox that is not read is said by whatever watches the house."""

    def test_reached_late_and_never(self, box):
        Heartbeat.objects.create(name=CLOCK, at=MONDAY)
        state = readiness(MONDAY)
        assert (state["ready"], state["mailbox_age_s"]) == (False, None)
        assert "warnings sent to it wait" in state["mail_in_words"]
        poll(MONDAY)
        assert readiness(MONDAY)["ready"] is True
        Heartbeat.objects.filter(name=CLOCK).update(at=MONDAY + timedelta(hours=1))
        assert readiness(MONDAY + timedelta(hours=1))["ready"] is False

    def test_a_mailbox_out_of_reach_is_explained_without_its_password(self, monkeypatch):
        monkeypatch.setenv("HEED_IMAP", "imap://heed@127.0.0.1:1")
        with pytest.raises(Explained) as told:
            poll(MONDAY)
        assert "secret" not in str(told.value)

    def test_a_wrong_password_is_explained(self, monkeypatch):
        monkeypatch.setenv("HEED_IMAP_PASSWORD", "wrong-word")
        with pytest.raises(Explained) as told:
            poll(MONDAY)
        assert "wrong-word" not in str(told.value)

    def test_another_machine_without_tls_is_refused(self, monkeypatch):
        monkeypatch.setenv("HEED_IMAP", "imap://heed@mail.example.org")
        with pytest.raises(Explained, match="without TLS"):
            poll(MONDAY)
