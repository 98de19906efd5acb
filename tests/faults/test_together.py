"""Web and worker end together: whichever way one of them goes, no part of Heed holds the port or runs on alone."""

import os
import signal
import socket
import time
from pathlib import Path

import pytest

from tests.faults.served import Served

SOON_SECONDS = 15


@pytest.fixture
def served(tmp_path):
    served = Served(tmp_path)
    served.start()
    yield served
    if group(served):
        os.killpg(served.process.pid, signal.SIGKILL)


def group(served: Served) -> list[int]:
    """The living processes of the group that was started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, process_group = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(process_group) == served.process.pid and state != "Z":
            found.append(int(stat.parent.name))
    return found


def is_gone(served: Served) -> bool:
    until = time.monotonic() + SOON_SECONDS
    while group(served) and time.monotonic() < until:
        time.sleep(0.1)
    return not group(served)


def port_is_free(served: Served) -> bool:
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        attempt.bind(("127.0.0.1", served.port))
    return True


def test_killing_the_first_process_leaves_no_other(served):
    assert len(group(served)) >= 3
    served.kill_first_process()
    assert is_gone(served)
    assert port_is_free(served)


def test_when_the_worker_dies_the_pages_end(served):
    worker = next(
        pid for pid in group(served) if Path(f"/proc/{pid}/cmdline").read_text().split("\0")[-2] == "worker"
    )
    os.kill(worker, signal.SIGKILL)
    assert served.process.wait(SOON_SECONDS) == 1
    assert is_gone(served)
    assert "the worker ended" in served.log.read_text()


def test_asked_to_end_both_end(served):
    served.stop()
    assert is_gone(served)
    assert port_is_free(served)
