"""A worker told to end in the middle of its work ends soon, and leaves no row under a lease that nobody works under."""

import signal
import subprocess
import sys

import pytest

from tests.faults.served import Served

SOON_SECONDS = 9
"""Within what `heed serve` waits before it kills its worker."""
BEGIN = """
import sys, time
from heed.config.cli import settle; settle(None)
from heed.casework.installation import ready; ready()
from heed.casework import clock, ending, worker
from heed.casework.models import Outbox
"""
WAITING = """
for n in range(3):
    Outbox.objects.create(kind="link", subject=f"record:{n}", created_at=clock.now())
"""
WORK = """
ending.GRACE_SECONDS = 1

def in_python(keys, now):
    from django.db import transaction
    with transaction.atomic():
        Outbox.objects.update(last_error="half done")
        print("linking", flush=True)
        while True:
            time.sleep(0.01)

def in_an_engine(keys, now):
    import duckdb
    print("linking", flush=True)
    MANY = "select count(*) from range(400000) a, range(400000) b where a.range * b.range % 7 = 3"
    duckdb.sql(MANY).fetchall() if sys.argv[1] == "deep_in_an_engine" else duckdb.connect().execute(MANY)

worker.link_sources = in_python if sys.argv[1] == "in_python" else in_an_engine
from heed.casework.commands.worker import command
command([])
"""
LEFT = """
for row in Outbox.objects.filter(kind="link"):
    print(row.leased_until, row.attempts, row.done_at, row.last_error or "nothing", sep=";")
"""


def run(served, code, *arguments):
    return subprocess.run(
        [sys.executable, "-c", BEGIN + code, *arguments],
        env=served.environment, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    return Served(tmp_path_factory.mktemp("told"))


@pytest.mark.drill
@pytest.mark.parametrize(("where", "told"), [
    ("in_python", signal.SIGTERM), ("in_an_engine", signal.SIGINT), ("deep_in_an_engine", signal.SIGTERM),
])  # fmt: skip
def test_what_it_worked_on_waits_for_nobody(served, where, told):
    run(served, "Outbox.objects.all().delete()" + WAITING)
    working = subprocess.Popen(
        [sys.executable, "-c", BEGIN + WORK, where],
        env=served.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert working.stdout.readline() == "linking\n", working.communicate()
        assert all(line.split(";")[0] != "None" for line in run(served, LEFT).splitlines())
        working.send_signal(told)
        _, trouble = working.communicate(timeout=SOON_SECONDS)
    finally:
        working.kill()
        working.wait()
    assert (working.returncode, trouble) == (0, "")
    assert run(served, LEFT).splitlines() == ["None;0;None;nothing"] * 3
