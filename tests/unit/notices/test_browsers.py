"""A push to a browser: turned on by its owner alone, empty, signed, and its end told. The service is a real server."""

import base64
import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from django.test import Client

from heed.casework.actions.browsers import MOST, tell_in_browser, tell_no_more
from heed.casework.actions.duties import skip
from heed.casework.actions.receive import receive
from heed.casework.ledger import check
from heed.casework.models import Duty, Letter, Nudge, Way
from heed.casework.notices import browsers
from heed.casework.notices.carrying import tell
from heed.casework.policy.notices import read_notices
from heed.core.records.explained import Explained
from tests.concerns import MONDAY, concern
from tests.personas import standing

MINUTE = timedelta(minutes=1)
EARLY = MONDAY - timedelta(hours=3)


class _Service(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, dict(self.headers), body))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 201)
        self.send_header("Location", "http://127.0.0.1:1/never-followed")
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def key(tmp_path, monkeypatch):
    made = ec.generate_private_key(ec.SECP256R1())
    form = serialization.PrivateFormat.TraditionalOpenSSL
    pem = made.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    (tmp_path / "vapid.pem").write_bytes(pem)
    monkeypatch.setenv("HEED_VAPID_KEY_FILE", str(tmp_path / "vapid.pem"))
    monkeypatch.setenv("HEED_VAPID_CONTACT", "mailto:heed@partnership.example.org")
    return made


@pytest.fixture
def service(key, tmp_path, settings):
    shipped = browsers.Path(settings.POLICY) / "notices.yaml"
    named = shipped.read_text().replace(
        "    - fcm.googleapis.com\n", "    - fcm.googleapis.com\n    - 127.0.0.1\n"
    )
    (tmp_path / "notices.yaml").write_text(named)
    settings.POLICY = tmp_path
    with ThreadingHTTPServer(("127.0.0.1", 0), _Service) as server:
        server.asked, server.answers = [], []
        server.place = f"http://127.0.0.1:{server.server_port}/wake/"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def people(db):
    return standing()


def urgent(people):
    receive(record=concern(), by=people.rosa, now=EARLY)
    skip(duty=Duty.objects.get(), by=people.rosa, rung=3, words="he is at her door", now=EARLY)


def opened(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def test_every_browser_is_woken_by_an_empty_request_that_is_signed(people, service, key):
    for name in ("desk", "telephone"):
        tell_in_browser(place=service.place + name, by=people.lena, now=EARLY)
    urgent(people)
    assert tell(EARLY) == 2
    assert tell(EARLY + MINUTE) == 0
    assert {path for path, _, _ in service.asked} == {"/wake/desk", "/wake/telephone"}
    _, headers, body = service.asked[0]
    assert (body, headers["TTL"], headers["Urgency"], headers["Topic"]) == (b"", "86400", "high", "heed")
    scheme, _, rest = headers["Authorization"].partition(" ")
    told = dict(part.strip().split("=", 1) for part in rest.split(","))
    assert scheme == "vapid"
    assert told["k"] == browsers.key().public
    head, says, signature = told["t"].split(".")
    pair = opened(signature)
    assert len(pair) == 64
    der = utils.encode_dss_signature(int.from_bytes(pair[:32]), int.from_bytes(pair[32:]))
    key.public_key().verify(der, f"{head}.{says}".encode(), ec.ECDSA(hashes.SHA256()))
    assert json.loads(opened(head)) == {"typ": "JWT", "alg": "ES256"}
    claims = json.loads(opened(says))
    assert claims["aud"] == service.place.removesuffix("/wake/")
    assert EARLY.timestamp() < claims["exp"] <= (EARLY + timedelta(days=1)).timestamp()
    assert check().faults == []


def test_a_service_that_fails_is_asked_again_and_is_never_followed_elsewhere(people, service):
    tell_in_browser(place=service.place, by=people.lena, now=EARLY)
    service.answers = [503, 429, 307]
    urgent(people)
    assert [tell(EARLY + n * 2 * MINUTE) for n in range(5)] == [0, 0, 0, 1, 0]
    assert Nudge.objects.get().attempts == 3


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_a_duty_of_the_lead_and_turned_on_anew(people, service, status):
    tell_in_browser(place=service.place, by=people.sam, now=EARLY)
    tell_in_browser(place=service.place + "lena", by=people.lena, now=EARLY)
    service.answers = [status]
    Way.objects.filter(professional=people.sam).delete()
    urgent(people)
    assert tell(EARLY) == 0
    assert Way.objects.get().refused_at == EARLY
    assert Duty.objects.get(about=f"address:{people.lena.pk}").owing_agency_id == "partnership"
    again = tell_in_browser(place=service.place + "anew", by=people.lena, now=EARLY + MINUTE)
    assert list(Way.objects.all()) == [again], "what refused gives way"


def test_a_browser_tells_one_person_and_a_person_has_few(people, service):
    tell_in_browser(place=service.place, by=people.lena, now=EARLY)
    mine = tell_in_browser(place=service.place, by=people.sam, now=EARLY)
    assert tell_in_browser(place=service.place, by=people.sam, now=EARLY) == mine
    assert Way.objects.get().professional == people.sam
    with pytest.raises(Explained, match="not told in that browser"):
        tell_no_more(number=mine.pk, by=people.lena, now=EARLY)
    for number in range(MOST + 2):
        tell_in_browser(place=f"{service.place}{number}", by=people.sam, now=EARLY + number * MINUTE)
    assert Way.objects.count() == MOST
    assert not Way.objects.filter(pk=mine.pk).exists(), "the oldest gives way"


@pytest.mark.parametrize(
    "place",
    [
        "https://evil.example.org/x", "http://fcm.googleapis.com/x", "https://fcm.googleapis.com:8443/x",
        "file:///etc/passwd",
        "https://fcm.googleapis.com@evil.example.org/", "https://fcm.googleapis.com.evil.example.org/", "", "https://[",
        "https://localhost/x", "https://169.254.169.254/latest", "https://x@fcm.googleapis.com/",
        "https://fcm.googleapis.com/\r\nX: y",
    ],
)  # fmt: skip
def test_no_other_address_is_ever_asked(people, key, place):
    with pytest.raises(Explained, match="has not named"):
        tell_in_browser(place=place, by=people.sam, now=EARLY)
    with pytest.raises(browsers.Never):
        browsers.Push(browsers.key(), EARLY).send(place, "x")
    assert browsers.is_service("https://fcm.googleapis.com/fcm/send/abc:d-e_f")
    assert browsers.is_service("https://db5p.notify.windows.com/w/?token=a%2b")


@pytest.mark.parametrize("broken", ["no file", "no key", "another curve", "no contact"])
def test_a_key_that_cannot_be_used_is_explained(key, tmp_path, monkeypatch, broken):
    file = tmp_path / "vapid.pem"
    if broken == "no contact":
        monkeypatch.setenv("HEED_VAPID_CONTACT", "the duty desk")
    elif broken == "no file":
        file.unlink()
    elif broken == "no key":
        file.write_text("-----BEGIN EC PRIVATE KEY-----\n")
    else:
        form = serialization.PrivateFormat.PKCS8
        other = ec.generate_private_key(ec.SECP384R1())
        file.write_bytes(other.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    with pytest.raises(Explained, match="HEED_VAPID"):
        browsers.key()


def test_a_page_of_policy_that_is_older_goes_by_the_services_that_are_shipped(tmp_path, settings):
    whole = (browsers.Path(settings.POLICY) / "notices.yaml").read_text()
    (tmp_path / "notices.yaml").write_text(whole[: whole.index("browsers:")])
    settings.POLICY = tmp_path
    assert "fcm.googleapis.com" in read_notices().push_services


def test_a_page_turns_it_on_and_off_for_oneself_alone(people, service):
    def as_(who):
        client = Client(headers={"host": "localhost"})
        client.force_login(who)
        return client

    said = as_(people.lena).post("/there/browsers/on", {"place": service.place}, follow=True).content.decode()
    assert "You are told in this browser when something urgent waits" in said
    assert service.place not in said
    row = Way.objects.get()
    said = as_(people.sam).post(f"/there/browsers/{row.pk}/off", follow=True).content.decode()
    assert "not told in that browser" in said
    assert "woken by" not in said
    as_(people.lena).post(f"/there/browsers/{row.pk}/off")
    assert not Way.objects.exists()
    said = as_(people.lena).post("/there/browsers/on", {"place": "https://x/"}, follow=True).content.decode()
    assert "has not named" in said


def test_without_a_key_the_page_says_so_and_nothing_is_sent(people):
    client = Client(headers={"host": "localhost"})
    client.force_login(people.lena)
    assert "whoever runs it has set no key" in client.get("/there").content.decode()
    client.post("/there/browsers/on", {"place": "https://fcm.googleapis.com/x"})
    assert not Way.objects.exists()
    assert not Letter.objects.exists()
