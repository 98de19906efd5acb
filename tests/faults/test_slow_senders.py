"""Slow senders hold no thread: while sixteen requests trickle in, pages answer; who never ends is told so."""

import socket
import threading
import time

import pytest

from heed.config.whole import Patience
from tests.faults.served import Served
from tests.figures import figure

SENDERS = 16
SOON_SECONDS = 2
HEAD = (
    b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 5000\r\n\r\n"
)


@pytest.fixture
def served(tmp_path):
    served = Served(tmp_path)
    served.start()
    yield served
    served.stop()


class Slow(threading.Thread):
    """Sends the head of a request and then a byte a second, until it is answered."""

    def __init__(self, port: int, head: bytes = HEAD) -> None:
        super().__init__(daemon=True)
        self.port, self.head = port, head
        self.answer, self.seconds, self.stop = b"", 0.0, threading.Event()

    def run(self) -> None:
        begun = time.monotonic()
        with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
            line.sendall(self.head)
            while not self.answer and not self.stop.is_set():
                try:
                    line.sendall(b"a")
                    self.answer = line.recv(65536)
                except TimeoutError:
                    continue
        self.seconds = time.monotonic() - begun


def slowest_page(served: Served, times: int = 9) -> float:
    slowest = 0.0
    for _ in range(times):
        begun = time.monotonic()
        status, _, text = served.ask("GET", "/sign-in")
        assert status == 200
        assert "Sign in" in text
        slowest = max(slowest, time.monotonic() - begun)
    return slowest


def test_given_sixteen_slow_senders_then_pages_answer_and_whoever_goes_leaves_nothing(served):
    slow = [Slow(served.port) for _ in range(SENDERS)]
    for each in slow:
        each.start()
    time.sleep(1.5)
    assert slowest_page(served) < SOON_SECONDS
    for each in slow:
        each.stop.set()
    for each in slow:
        each.join(5)
    assert not any(each.answer for each in slow)
    assert slowest_page(served) < SOON_SECONDS


@pytest.mark.drill
def test_a_slow_sender_is_told_that_it_was_not_saved_within_the_deadline(served):
    head = HEAD.replace(b"POST /sign-in", b"POST /api/records")
    slow = [Slow(served.port, head if number % 2 else HEAD) for number in range(SENDERS)]
    for each in slow:
        each.start()
    time.sleep(1.5)
    page = slowest_page(served)
    for each in slow:
        each.join(Patience().seconds + 5)
    assert [each.answer[:12] for each in slow] == [b"HTTP/1.1 408"] * SENDERS
    assert all(b"NOT saved" in each.answer for each in slow)
    latest = max(each.seconds for each in slow)
    figure("A page beside 16 slow senders", f"{page:.2f} s", f"< {SOON_SECONDS} s")
    figure("A slow sender is told", f"408 after {latest:.1f} s", f"<= {Patience().seconds + 3:.0f} s")
    assert page < SOON_SECONDS
    assert latest <= Patience().seconds + 3
