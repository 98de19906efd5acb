"""kill -9 of `heed serve` while concerns are being saved: what was acknowledged is there, once, and the ledger is true.

Concerns go through the real page (sign-in, CSRF, form). Whoever gets no receipt sends the same page again, as a
person does; the page carries a token, so the same page is the same record.
"""

import queue
import random
import sqlite3
import threading
import time
import uuid

import pytest

from tests.faults.served import NotSaved, Served

SECONDS_IN_ALL = 600


class Intake:
    """Concerns to be saved by threads at once; every receipt ever given is kept."""

    def __init__(self, served: Served, count: int) -> None:
        self.served = served
        self.cookies = served.signed_in()
        self.waiting: queue.Queue[str] = queue.Queue()
        self.tokens = [uuid.uuid4().hex for _ in range(count)]
        for token in self.tokens:
            self.waiting.put(token)
        self.receipts: list[tuple[str, int]] = []
        self.refused = 0
        self.ending = time.monotonic() + SECONDS_IN_ALL

    def run(self, in_flight: int) -> list[threading.Thread]:
        threads = [threading.Thread(target=self._save_all) for _ in range(in_flight)]
        for thread in threads:
            thread.start()
        return threads

    def _save_all(self) -> None:
        while True:
            try:
                token = self.waiting.get_nowait()
            except queue.Empty:
                return
            self._save(token)

    def _save(self, token: str) -> None:
        while time.monotonic() < self.ending:
            try:
                number = self.served.raise_concern(self.cookies, token, f"She was not at school. {token}")
            except NotSaved:
                self.refused += 1
                time.sleep(0.2)
            else:
                self.receipts.append((token, number))
                return


def killed_while_saving(served: Served, count: int, in_flight: int, kills: int, seed: int) -> Intake:
    chance = random.Random(seed)
    served.start()
    intake = Intake(served, count)
    threads = intake.run(in_flight)
    for kill in range(1, kills + 1):
        enough = count * kill * chance.uniform(0.6, 0.9) / (kills + 1)
        while len(intake.receipts) < enough and any(thread.is_alive() for thread in threads):
            time.sleep(0.01)
        served.kill_group()
        served.start()
    for thread in threads:
        thread.join()
    served.kill_group()
    return intake


def nothing_is_lost_or_doubled(served: Served, intake: Intake) -> None:
    assert {token for token, _ in intake.receipts} == set(intake.tokens)
    with sqlite3.connect(served.folder / "data" / "heed.sqlite3") as database:
        entries = dict(database.execute("select seq, subject from casework_entry where kind = 'collection'"))
        records = {
            f"record:{key}": ref for key, ref in database.execute("select id, ref from casework_record")
        }
        owed = database.execute(
            "select count(record_id), count(distinct record_id) from casework_duty"
        ).fetchone()
    database.close()
    for token, number in intake.receipts:
        assert records[entries[number]] == f"CON-{token}", "an acknowledged concern is lost"
    assert len(records) == len(entries) == len(intake.tokens), "a concern is doubled"
    assert owed == (len(intake.tokens), len(intake.tokens)), "every concern is owed, once"
    verified = served.run("ledger", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


@pytest.mark.parametrize("seed", [7])
def test_a_few_concerns_and_one_kill(tmp_path, seed):
    served = Served(tmp_path)
    intake = killed_while_saving(served, count=40, in_flight=8, kills=1, seed=seed)
    nothing_is_lost_or_doubled(served, intake)


@pytest.mark.drill
@pytest.mark.parametrize("seed", [1])
def test_a_thousand_concerns_fifty_in_flight(tmp_path, seed):
    served = Served(tmp_path)
    intake = killed_while_saving(served, count=1000, in_flight=50, kills=4, seed=seed)
    nothing_is_lost_or_doubled(served, intake)
    assert intake.refused > 0, "no request was under way when Heed was killed"
