"""Receipts by mail: one notice each, no name in any, none to a machine or a stranger, none lost to a bad line."""

import random
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from heed.casework import receipting
from heed.casework.mail import replying
from heed.casework.mail.polling import poll
from heed.casework.mail.replying import carry
from heed.casework.models import Entry, MailReceipt
from tests.concerns import MONDAY
from tests.unit.formats.letters import letter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailbox", "office")]


def arrived(box, *raws):
    for raw in raws:
        box.messages[max(box.messages, default=0) + 1] = raw
    poll(MONDAY)


def until_sent(hours=48):
    """Carry until nothing is owed; how many letters were said to be sent."""
    sent, at = 0, MONDAY
    while replying.owed().exists() and at < MONDAY + timedelta(hours=hours):
        sent += carry(at)
        at += timedelta(minutes=10)
    return sent


class TestOneReceipt:
    """What it says, and to whom."""

    def test_it_proves_the_record_and_names_nobody(self, box, office):
        arrived(box, letter("Child: Ayla Marsh\nShe was seen.", Subject="Ayla Marsh seen at Mill Street"))
        assert carry(MONDAY) == 1
        ((to, raw),) = office.letters
        made = message_from_bytes(raw, policy=policy.default)
        entry = Entry.objects.get(kind="collection")
        text = made.get_content().replace("\r\n", "\n")
        assert to == "r.bell@homes.example.org"
        assert f"Receipt: {entry.seq}-{entry.leaf[:16]}" in text
        assert made["Auto-Submitted"] == "auto-replied"
        assert made["In-Reply-To"] == "<17@homes.example.org>"
        assert raw.count(b"\n") == raw.count(b"\r\n") > 9, "no server need take a bare line feed"
        for word in (b"Ayla", b"Marsh", b"Mill", b"Bell", b"seen"):
            assert word not in raw + text.encode()
        assert office.senders == ["<>"]
        signed = text[text.index(receipting.checkpoints.RECEIPT_HEADER) :]
        assert receipting.held(signed.rstrip() + "\n") == []

    def test_the_same_message_again_owes_nothing_more(self, box, office):
        arrived(box, letter(), letter())
        until_sent()
        assert len(office.letters) == 1

    @pytest.mark.parametrize(
        "machine",
        [
            {"Auto_Submitted": "auto-generated"},
            {"Precedence": "bulk"},
            {"List_Id": "<all.homes.example.org>"},
            {"Return_Path": "<>"},
            {"X_Auto_Response_Suppress": "All"},
            {"From": "MAILER-DAEMON@homes.example.org"},
            {"From": "no-reply@homes.example.org"},
            {"From": "warnings@partnership.example.org"},
            {"From": "neighbour@elsewhere.example"},
            {"From": "x@homes.example.org.elsewhere.example"},
            {"From": "a@homes.example.org, b@homes.example.org"},
            {"From": "neighbour@elsewhere.example", "Reply_To": "r.bell@homes.example.org"},
        ],
    )
    def test_no_machine_and_no_stranger_gets_one(self, box, machine):
        arrived(box, letter(**machine))
        assert MailReceipt.objects.count() == 0

    def test_it_never_goes_where_reply_to_says(self, box, office):
        arrived(box, letter(Reply_To="victim@police.example.org"))
        until_sent()
        assert [to for to, _ in office.letters] == ["r.bell@homes.example.org"]

    def test_so_many_a_day_to_one_address(self, box, rules):
        rules(("most_a_day: 30", "most_a_day: 3"))
        arrived(box, *[letter(Message_ID=f"<{n}@x.example>") for n in range(5)])
        assert MailReceipt.objects.count() == 3


class TestABadLine:
    """Later is tried for as long as it takes; never is asked five times; a crash sends the same letter again."""

    @pytest.mark.parametrize("many", [40, pytest.param(600, marks=pytest.mark.drill)])
    def test_fifteen_in_a_hundred_refused_and_killed_none_lost(self, box, office, rules, many):
        rules(("most_a_day: 30", "most_a_day: 1000"))
        chance = random.Random(5)
        office.refuse = lambda asked: "451 later" if chance.random() < 0.15 else ""
        office.dies_after_taking = lambda: chance.random() < 0.05
        arrived(box, *[letter(Message_ID=f"<{n}@x.example>") for n in range(many)])
        until_sent()
        ids = [message_from_bytes(raw)["Message-ID"] for _, raw in office.letters]
        owed = set(MailReceipt.objects.values_list("message_id", flat=True))
        twice = len(ids) - len(set(ids))
        print(
            f"receipts by mail: {len(owed)} owed, {office.asked} tries, 15% refused, connections cut: "
            f"{len(set(ids) & owed)} arrived, {len(owed - set(ids))} lost, {twice} sent twice under the same id"
        )
        assert len(owed) == many
        assert set(ids) == owed
        assert not replying.owed().exists()

    def test_sent_and_not_marked_goes_again_under_the_same_id(self, box, office, monkeypatch):
        arrived(box, letter())
        send = replying._send

        def killed(post, row, now):
            made = replying._letter(row)
            post.send_message(made, "", [made["To"]])
            raise KeyboardInterrupt

        monkeypatch.setattr(replying, "_send", killed)
        with pytest.raises(KeyboardInterrupt):
            carry(MONDAY)
        monkeypatch.setattr(replying, "_send", send)
        assert carry(MONDAY) == 0
        assert carry(MONDAY + timedelta(minutes=6)) == 1
        (first, second) = (message_from_bytes(raw) for _, raw in office.letters)
        assert first["Message-ID"] == second["Message-ID"]

    def test_a_server_that_says_never_is_asked_five_times(self, box, office):
        office.refuse = lambda asked: "550 never"
        arrived(box, letter())
        until_sent()
        row = MailReceipt.objects.get()
        assert (office.asked, row.attempts, row.sent_at) == (5, 5, None)
        assert row.given_up_at is not None
        assert "@" not in row.last_error

    def test_no_server_at_all_loses_nothing(self, box, office, monkeypatch):
        arrived(box, letter())
        monkeypatch.setenv("HEED_SMTP", "smtp://127.0.0.1:1")
        assert carry(MONDAY) == 0
        monkeypatch.setenv("HEED_SMTP", f"smtp://127.0.0.1:{office.port}")
        assert carry(MONDAY + timedelta(hours=1)) == 1
