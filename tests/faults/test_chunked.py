"""A message of unsaid length: a system that sends as it reads may send chunks, as docs/reference/api.md says."""

import http.client
import json

import pytest

from heed.config.whole import Patience
from tests.faults.served import Served
from tests.figures import figure
from tests.unit.api.conftest import ADDRESS, document, lines


@pytest.fixture
def served(tmp_path):
    served = Served(tmp_path)
    served.start()
    yield served
    served.stop()


def send(served: Served, token: str, pieces, **headers: str) -> tuple[int, dict]:
    """What is answered to a message in chunks."""
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    given = {"Authorization": f"Bearer {token}", "Content-Type": "application/jsonl", **headers}
    try:
        connection.request("POST", ADDRESS, iter(pieces), given, encode_chunked=True)
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()


@pytest.mark.drill
def test_chunks_are_taken_as_a_whole_message_is_and_nothing_is_not(served):
    made = served.run("key", "make", "--agency", "school", "--name", "records system")
    assert made.returncode == 0, made.stderr
    token = made.stdout.strip()
    message = lines(document("S-1"), document("S-2", text="Not in lessons. " * (Patience().small // 8)))
    pieces = [message[place : place + 4096] for place in range(0, len(message), 4096)]
    status, told = send(served, token, pieces, **{"Transfer-Encoding": "chunked"})
    assert (status, told["saved"], told["accepted"]) == (200, True, 2)
    figure("Records in a message of unsaid length", f"{told['accepted']} of 2 saved", "2 of 2 saved")
    status, told = send(served, token, [], **{"Transfer-Encoding": "chunked"})
    assert (status, told["saved"], told["key"]) == (411, False, "Content-Length")
