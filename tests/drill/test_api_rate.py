"""Messages of an agency's systems, one record each, 200 in flight: every one is answered. The rate is printed, never
a condition: it is the machine's as much as Heed's."""

import http.client
import json
import threading
import time

import pytest

from tests.faults.served import Served

pytestmark = pytest.mark.drill

MESSAGES, IN_FLIGHT = 1000, 200
AGENCIES = ("police", "school", "health", "social_care")


def message(number: int, agency: str) -> bytes:
    """One small record under a reference of its own."""
    told = {
        "v": 1, "agency": agency, "ref": f"R-{number}", "kind": "school",
        "recorded_at": "2026-10-30T15:00:00+00:00", "text": "Not in lessons since Tuesday.",
        "people": [{"ref": f"p-{number % 500}", "part": "child", "given_names": "Ayla", "family_name": "Marsh"}],
    }  # fmt: skip
    return json.dumps(told).encode()


def test_every_message_is_answered_with_two_hundred_in_flight(tmp_path):
    served = Served(tmp_path)
    tokens = {
        agency: served.run("key", "make", "--agency", agency, "--name", "rate").stdout.strip()
        for agency in AGENCIES
    }
    served.start()
    waiting = iter(range(MESSAGES))
    turn, seconds, statuses = threading.Lock(), [], []

    def send() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=120)
        while True:
            with turn:
                number = next(waiting, None)
            if number is None:
                connection.close()
                return
            agency = AGENCIES[number % len(AGENCIES)]
            headers = {
                "Authorization": f"Bearer {tokens[agency]}",
                "Content-Type": "application/jsonl",
                "Idempotency-Key": f"m-{number}",
            }
            began = time.monotonic()
            connection.request("POST", "/api/records", message(number, agency), headers)
            response = connection.getresponse()
            response.read()
            seconds.append(time.monotonic() - began)
            statuses.append(response.status)

    senders = [threading.Thread(target=send) for _ in range(IN_FLIGHT)]
    began = time.monotonic()
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    took = time.monotonic() - began
    ready = json.loads(served.ask("GET", "/readyz")[2])
    served.stop()
    seconds.sort()
    rate, median, worst = MESSAGES / took, seconds[len(seconds) // 2], seconds[-1]
    print(
        f"{MESSAGES} messages, {IN_FLIGHT} in flight: {rate:.0f} a second; median {median:.2f} s, "
        f"slowest {worst:.2f} s; waiting for the worker at the end: {ready['outbox_waiting']}"
    )
    assert set(statuses) == {200}
    assert len(statuses) == MESSAGES
