"""A letter that came back is its lead's duty and is told again; other ways say at once that something urgent waits."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from heed.casework.actions.duties import skip
from heed.casework.actions.presence import reach, reach_by
from heed.casework.actions.receive import receive
from heed.casework.commands import mail, person
from heed.casework.ledger import check
from heed.casework.mail.polling import poll
from heed.casework.models import Address, Duty, Letter, MailTaken, Notice, Nudge, Record, Way
from heed.casework.notices.carrying import tell
from heed.core.records.explained import Explained
from heed.formats.mail.bounced import Bounce, bounced
from tests.concerns import MONDAY, concern
from tests.personas import standing
from tests.unit.mail.servers import Mailbox, imap_server, smtp_server

MINUTE = timedelta(minutes=1)
EARLY = MONDAY - timedelta(hours=3)
SAM = "sam@agency.example.org"
REPORT = """From: postmaster@agency.example.org
To: heed@partnership.example.org
Subject: Undelivered
Date: Mon, 16 Nov 2026 07:00:00 +0000
Message-ID: <back@agency.example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; agency.example.org

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}

--b
Content-Type: {returned}

Message-ID: {letter}
Subject: Heed: 1 thing new for you

--b--
"""


def report(letter, to=SAM, action="failed", status="5.1.1", returned="text/rfc822-headers"):
    return REPORT.format(letter=letter, to=to, action=action, status=status, returned=returned).encode()


class TestReading:
    """What a notice says, and what it must never do."""

    @pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
    def test_who_and_which_letter(self, returned):
        assert bounced(report("<a@b>", to="Sam@Agency.example.org", returned=returned)) == Bounce(
            (SAM,), ("<a@b>",)
        )

    @pytest.mark.parametrize(
        "raw",
        [
            report("<a@b>", action="delayed", status="4.4.1"), report("<a@b>", status="4.2.2"),
            report("<a@b>", action="delivered", status="2.0.0"), report("no id at all"), report("<a@b>", to="nobody"),
            report("<a@b>").replace(b"multipart/report", b"multipart/mixed"), b"", b"delivery-status",
            report("<a@b>").replace(b'; boundary="b"', b""), report("<a@b>") + b"x" * 1024 * 1024,
        ],
    )  # fmt: skip
    def test_what_is_late_or_something_else_is_none(self, raw):
        assert bounced(raw) is None

    @settings(max_examples=150)
    @given(st.lists(st.tuples(st.integers(0, 700), st.binary(max_size=9)), min_size=1, max_size=12))
    def test_nothing_that_is_broken_breaks_it(self, cuts):
        raw = bytearray(report("<a@b>"))
        for at, put in cuts:
            raw[at : at + len(put)] = put
        found = bounced(bytes(raw))
        assert found is None or (found.addresses and found.letters)

    def test_parts_in_parts_without_end_are_none(self):
        deep = b"".join(
            b'Content-Type: multipart/report; boundary="%d"\n\n--%d\n' % (n, n) for n in range(400)
        )
        assert bounced(deep + b"Content-Type: message/delivery-status\n\n") is None


@pytest.fixture
def office(monkeypatch):
    with smtp_server() as server:
        monkeypatch.setenv("HEED_SMTP", f"smtp://127.0.0.1:{server.port}")
        monkeypatch.setenv("HEED_MAIL_FROM", "heed@partnership.example.org")
        yield server


@pytest.fixture
def box(monkeypatch):
    found = Mailbox()
    with imap_server(found) as server:
        monkeypatch.setenv("HEED_IMAP", f"imap://heed@127.0.0.1:{server.port}")
        monkeypatch.setenv("HEED_IMAP_PASSWORD", "secret")
        yield found


@pytest.fixture
def people(db):
    found = standing()
    for who in (found.sam, found.lena):
        reach(who=who, email=f"{who.username}@agency.example.org", by=None, now=EARLY)
    return found


@pytest.fixture
def sent(people, office):
    """A letter to Sam that the server took."""
    receive(record=concern(), by=people.rosa, now=EARLY)
    assert tell(EARLY) == 1
    return Letter.objects.get()


class TestComingBack:
    """A notice in the mailbox, or in a file."""

    def test_the_lead_owes_an_answer_and_it_is_told_again_once_the_address_is_mended(self, people, sent, box):
        box.messages[1] = report(sent.message_id)
        assert poll(EARLY + MINUTE) == {"set_aside": 1}
        assert not Record.objects.system("a test").filter(agency="partnership").exists(), "it is no warning"
        duty = Duty.objects.get(about=f"address:{people.sam.pk}")
        assert duty.owner == people.lena
        assert Address.objects.get(professional=people.sam).refused_at == EARLY + MINUTE
        reach(who=people.sam, email="s.oduya@agency.example.org", by=people.lena, now=EARLY + 2 * MINUTE)
        assert tell(EARLY + 30 * MINUTE) >= 1
        assert not Notice.objects.filter(professional=people.sam, letter=None).exists()
        box.messages[2] = report(sent.message_id)
        poll(EARLY + 31 * MINUTE)
        assert Address.objects.get(professional=people.sam).refused_at is None, (
            "the same notice again moves nothing"
        )
        assert check().faults == []

    @pytest.mark.parametrize(
        "how", [{"letter": "<invented@partnership.example.org>"}, {"to": "lena@agency.example.org"}]
    )
    def test_an_invented_notice_moves_nothing(self, people, sent, box, how):
        box.messages[1] = report(**{"letter": sent.message_id} | how)
        poll(EARLY + MINUTE)
        assert not Address.objects.exclude(refused_at=None).exists()
        assert MailTaken.objects.get().outcome == "set_aside", "a report on delivery is nobody's warning"

    def test_from_a_file(self, sent, people, tmp_path):
        (tmp_path / "back.eml").write_bytes(report(sent.message_id))
        (tmp_path / "other.eml").write_bytes(b"From: a@b\n\nhello")
        files = [str(tmp_path / name) for name in ("back.eml", "other.eml")]
        assert (
            CliRunner().invoke(mail.command, ["bounces", *files]).output
            == "1 letters came back; 1 files say nothing of a letter from here\n"
        )
        assert Duty.objects.filter(about=f"address:{people.sam.pk}").exists()

    def test_nobody_guesses_the_name_of_a_days_letter(self, people, office, sent):
        tell(MONDAY)
        name = Letter.objects.filter(kind="digest").first().message_id
        assert len(name.partition("@")[0]) == 33


class _Gateway(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.headers.get("Authorization"), body))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 201)
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def gateway(monkeypatch):
    with ThreadingHTTPServer(("127.0.0.1", 0), _Gateway) as server:
        server.asked, server.answers = [], []
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        monkeypatch.setenv("HEED_SMS", f"http://127.0.0.1:{server.server_port}/send")
        monkeypatch.setenv("HEED_SMS_TOKEN", "a secret")
        yield server
        server.shutdown()


class TestOtherWays:
    """A text message through a real gateway on this machine; a push goes the same way under another name."""

    def urgent(self, people):
        receive(record=concern(), by=people.rosa, now=EARLY)
        skip(duty=Duty.objects.get(), by=people.rosa, rung=3, words="he is at her door", now=EARLY)

    def test_what_is_urgent_is_told_at_once_without_a_word_of_it(self, people, gateway):
        reach_by(who=people.lena, kind="sms", place="07700 900123", by=people.lena, now=EARLY)
        self.urgent(people)
        assert tell(EARLY) == 1
        assert tell(EARLY + MINUTE) == 0
        ((secret, body),) = gateway.asked
        assert (secret, body["to"]) == ("Bearer a secret", "07700 900123")
        assert body["text"] == "Heed: something waits for you, and is urgent. Sign in as you always do."
        assert check().faults == []

    def test_what_is_not_urgent_waits_for_the_letter(self, people, gateway):
        reach_by(who=people.sam, kind="sms", place="07700 900123", by=None, now=EARLY)
        receive(record=concern(), by=people.rosa, now=EARLY)
        assert tell(EARLY) == 0
        assert gateway.asked == []

    def test_it_needs_no_address_and_nothing_else_is_lost_for_want_of_one(self, people, gateway, office):
        Address.objects.all().delete()
        reach_by(who=people.lena, kind="sms", place="07700 900123", by=None, now=EARLY)
        reach_by(who=people.sam, kind="sms", place="07700 900124", by=None, now=EARLY)
        self.urgent(people)
        assert tell(EARLY) == 1
        assert Notice.objects.filter(professional=people.sam, letter=None).exists()

    def test_a_gateway_that_fails_is_asked_again_under_the_same_name(self, people, gateway):
        gateway.answers = [503, 429]
        reach_by(who=people.lena, kind="sms", place="07700 900123", by=None, now=EARLY)
        self.urgent(people)
        assert [tell(EARLY + n * MINUTE) for n in range(4)] == [0, 0, 1, 0]
        assert len({body["id"] for _, body in gateway.asked}) == 1
        assert Nudge.objects.get().attempts == 2

    def test_a_place_that_is_gone_is_a_duty_of_the_lead(self, people, gateway):
        gateway.answers = [410]
        reach_by(who=people.lena, kind="sms", place="07700 900123", by=None, now=EARLY)
        self.urgent(people)
        assert tell(EARLY) == 0
        assert Way.objects.get().refused_at == EARLY
        assert Duty.objects.get(about=f"address:{people.lena.pk}").owing_agency_id == "partnership"

    @pytest.mark.parametrize(
        "wrong", ["http://gateway.example.org/", "https://", "ftp://x", "https://a@b/", "https://[", "x"]
    )
    def test_a_gateway_that_cannot_be_trusted_is_refused(self, monkeypatch, wrong):
        monkeypatch.setenv("HEED_PUSH", wrong)
        with pytest.raises(Explained, match="HEED_PUSH names no gateway"):
            tell(EARLY)

    @pytest.mark.parametrize(("kind", "place"), [("sms", "ring me"), ("push", "a b"), ("pigeon", "x")])
    def test_what_is_no_place_is_refused(self, people, kind, place):
        with pytest.raises(Explained, match=r"no place|no way"):
            reach_by(who=people.sam, kind=kind, place=place, by=None, now=EARLY)

    def test_a_way_is_set_and_ended_by_command(self, people):
        assert CliRunner().invoke(person.command, ["way", "sam", "sms", "07700 900123"]).exit_code == 0
        assert Way.objects.get().place == "07700 900123"
        assert CliRunner().invoke(person.command, ["way", "sam", "sms"]).exit_code == 0
        assert not Way.objects.exists()
