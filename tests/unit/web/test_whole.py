"""Whole requests only: what a page is given, and what is answered before any page is asked."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

from heed.config.whole import Patience, Whole

PATIENCE = Patience(
    seconds=0.2, bytes_a_second=10, at_most=0.4, largest=1000, small=100, together=1500, a_sender=1200
)
KNOWN = (b"cookie", b"sessionid=1")


class Pages:
    """A WSGI page that says what it was given."""

    def __init__(self) -> None:
        self.asked = []

    def __call__(self, environ, start_response):
        self.asked.append({**environ, "body": environ["wsgi.input"].read()})
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "3")])
        return [b"y", b"es"]


def piece(body=b"", more=False):
    return {"type": "http.request", "body": body, "more_body": more}


GONE = {"type": "http.disconnect"}


def run(told):
    """What is awaited, in a thread of its own: a browser of another test may have a loop in this one."""
    with ThreadPoolExecutor(1) as own:
        return own.submit(asyncio.run, told).result()


def ask(pieces, headers=(), path="/concerns/new", house=None):
    """What is answered to a request that comes in pieces: (after how many seconds, message)."""
    house = house or Whole(Pages(), 2, PATIENCE)
    waiting, sent = list(pieces), []

    async def receive():
        if not waiting:
            await asyncio.sleep(60)
        seconds, message = waiting.pop(0)
        await asyncio.sleep(seconds)
        return message

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "http_version": "1.1",
             "headers": list(headers), "server": ("heed.example", 80), "client": ("127.0.0.1", 5)}  # fmt: skip
    run(house(scope, receive, send))
    assert house.held == 0
    return (sent[0]["status"], sent[1]["body"], house) if sent else (None, b"", house)


def test_a_page_is_given_the_whole_request():
    headers = [(b"content-length", b"6"), (b"content-type", b"text/plain"), (b"cookie", b"a=1"),
               (b"cookie", b"b=2"), (b"x-forwarded-for", b"10.0.0.1"), (b"x_forwarded_for", b"127.0.0.1")]  # fmt: skip
    pieces = [(0, piece(b"who", more=True)), (0, piece(b"le!"))]
    status, body, house = ask(pieces, headers, path="/é")
    assert (status, body) == (200, b"yes")
    [asked] = house.pages.asked
    assert asked["body"] == b"whole!"
    assert asked["CONTENT_LENGTH"] == "6"
    assert asked["HTTP_COOKIE"] == "a=1; b=2"
    assert asked["HTTP_X_FORWARDED_FOR"] == "10.0.0.1"
    assert asked["PATH_INFO"].encode("latin-1").decode() == "/é"
    assert (asked["REMOTE_ADDR"], asked["SERVER_NAME"], asked["SERVER_PORT"]) == (
        "127.0.0.1",
        "heed.example",
        "80",
    )


def test_a_body_of_unsaid_length_has_its_length_by_then():
    _, _, house = ask([(0, piece(b"ab", more=True)), (0, piece(b"c"))])
    assert house.pages.asked[0]["CONTENT_LENGTH"] == "3"


def test_who_never_ends_is_told_and_no_page_is_asked():
    status, body, house = ask([(0, piece(b"a", more=True))])
    assert status == 408
    assert body.startswith(b"NOT saved: It did not arrive in time.")
    assert house.pages.asked == []


def test_what_keeps_coming_has_longer_and_not_for_ever():
    coming = [(0.05, piece(b"ab", more=True))] * 3
    assert ask([*coming, (0.15, piece(b"end"))])[0] == 200
    assert ask([(0.05, piece(b"abcd", more=True))] * 20)[0] == 408


def test_an_agencys_system_is_told_in_json():
    status, body, _ = ask([(0, piece(b"a", more=True))], path="/api/records")
    assert status == 408
    assert json.loads(body)["saved"] is False


def test_what_is_too_large_is_refused_before_and_while_it_comes():
    assert ask([], [KNOWN, (b"content-length", b"1001")])[0] == 413
    assert ask([(0, piece(b"a" * 600, more=True)), (0, piece(b"a" * 600, more=True))], [KNOWN])[0] == 413
    assert ask([(0, piece(b"a" * 1000))], [KNOWN])[0] == 200


def test_whoever_shows_neither_session_nor_key_sends_small_things_only():
    assert ask([(0, piece(b"a" * 100))])[0] == 200
    assert ask([(0, piece(b"a" * 101))])[0] == 413
    assert ask([], [(b"content-length", b"101")])[0] == 413
    assert ask([(0, piece(b"a" * 101))], [(b"authorization", b"Bearer k")])[0] == 200


def test_one_address_does_not_fill_the_house():
    house = Whole(Pages(), 2, PATIENCE)
    house.held = house.held_of["192.0.2.7"] = 1150
    assert run(_status(house, b"a" * 101, client=("192.0.2.7", 4))) == 503
    assert run(_status(house, b"a" * 100, client=("192.0.2.7", 4))) == 200
    assert run(_status(house, b"a" * 101, client=("192.0.2.8", 4))) == 200
    assert dict(house.held_of) == {"192.0.2.7": 1150}


def test_a_proxy_on_this_machine_speaks_for_many():
    house = Whole(Pages(), 2, PATIENCE)
    house.held = 1300
    assert run(_status(house, b"a" * 150, client=("127.0.0.1", 4))) == 200
    assert not house.held_of


def test_when_too_much_arrives_at_once_a_small_page_is_still_taken():
    house = Whole(Pages(), 2, PATIENCE)
    house.held = 1450
    assert run(_status(house, b"a" * 101)) == 503
    assert run(_status(house, b"a" * 100)) == 200
    assert house.held == 1450


async def _status(house, body, client=None):
    sent = []

    async def receive():
        return piece(body)

    async def send(message):
        sent.append(message)

    await house({"method": "POST", "path": "/", "query_string": b"", "http_version": "1.1", "headers": [KNOWN],
                 "client": client}, receive, send)  # fmt: skip
    return sent[0]["status"]


def test_half_a_request_is_none():
    status, _, house = ask([(0, piece(b"half", more=True)), (0, GONE)])
    assert (status, house.pages.asked) == (None, [])
    status, _, house = ask([(0, piece(b"half"))], [(b"content-length", b"8")])
    assert (status, house.pages.asked) == (None, [])
