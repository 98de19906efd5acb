"""kill -9 of the whole server while concerns are being saved: what was acknowledged is there, once, and the ledger
is true. On PostgreSQL its postmaster and every backend are killed too, sometimes with Heed and sometimes under it.
"""

import json
import random

import pytest

from tests.faults.killing import Intake, killed_while_saving
from tests.faults.reading_back import Database, recomputed_root
from tests.faults.served import Served
from tests.figures import figure
from tests.on_postgresql import Server


@pytest.fixture
def server():
    """A PostgreSQL that may be killed."""
    server = Server()
    server.start()
    yield server
    server.stop()


def lost_and_doubled(database: Database, intake: Intake) -> tuple[int, int]:
    """How many acknowledged concerns are not there, and how many are there twice or owed twice."""
    entries = dict(database.rows("select seq, subject from casework_entry where kind = 'collection'"))
    records = {f"record:{key}": ref for key, ref in database.rows("select id, ref from casework_record")}
    lost = sum(records.get(entries.get(number)) != f"CON-{token}" for token, number in intake.receipts)
    owed = database.rows("select count(record_id) as a, count(distinct record_id) as b from casework_duty")[0]
    assert owed[1] == len(records), "every concern is owed"
    doubled = max(len(records) - len(set(records.values())), len(entries) - len(records), owed[0] - owed[1])
    return lost, doubled


def all_is_true(served: Served, database: Database, intake: Intake) -> str:
    """Nothing is lost or doubled and the ledger verifies; gives the figure."""
    assert {token for token, _ in intake.receipts} == set(intake.tokens)
    lost, doubled = lost_and_doubled(database, intake)
    verified = served.run("ledger", "verify", "--json")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert json.loads(verified.stdout.splitlines()[0])["root"] == recomputed_root(database)
    assert (lost, doubled) == (0, 0)
    distinct = len(set(intake.tokens))
    return f"{len(intake.receipts)} acknowledged ({distinct} different), {lost} lost, {doubled} doubled"


def heed_killed(served: Served):
    """kill -9 of pages and worker, and start again."""

    def kill() -> None:
        served.kill_group()
        served.start()

    return kill


def server_killed(served: Served, server: Server, with_heed: bool):
    """kill -9 of the postmaster and every backend; Heed goes with it, or has to find the way back by itself."""

    def kill() -> None:
        if with_heed:
            served.kill_group()
        assert server.kill() >= 1
        server.start_again()
        if with_heed:
            served.start()

    return kill


@pytest.mark.parametrize("seed", [7])
def test_a_few_concerns_and_one_kill(tmp_path, seed):
    served = Served(tmp_path)
    intake = Intake(served, 40, seed)
    killed_while_saving(intake, 8, [heed_killed(served)], seed)
    served.kill_group()
    all_is_true(served, Database(tmp_path / "data" / "heed.sqlite3"), intake)


COUNT, IN_FLIGHT, KILLS = 10_000, 200, 12


@pytest.mark.drill
@pytest.mark.parametrize("seed", [1])
def test_ten_thousand_concerns_on_sqlite(tmp_path, seed):
    served = Served(tmp_path)
    intake = Intake(served, COUNT, seed)
    took = killed_while_saving(intake, IN_FLIGHT, [heed_killed(served)] * KILLS, seed)
    served.kill_group()
    told = all_is_true(served, Database(tmp_path / "data" / "heed.sqlite3"), intake)
    assert intake.refused >= KILLS, "no request was under way when Heed was killed"
    figure(
        "saved stays saved: kill -9, SQLite",
        f"{told}; {KILLS} kills, {IN_FLIGHT} in flight, {took:.0f} s, seed {seed}",
        "10,000; 0 lost, 0 doubled, >= 12 kills",
    )


@pytest.mark.drill
@pytest.mark.parametrize("seed", [2])
def test_ten_thousand_concerns_on_postgresql(tmp_path, server, seed):
    served = Served(tmp_path, server.address()).as_plain_role(server)
    intake = Intake(served, COUNT, seed)
    chance = random.Random(seed)
    together = [chance.random() < 0.5 for _ in range(KILLS)]
    kills = [server_killed(served, server, with_heed) for with_heed in together]
    took = killed_while_saving(intake, IN_FLIGHT, kills, seed)
    served.kill_group()
    told = all_is_true(served, Database(address=server.address()), intake)
    assert intake.refused >= KILLS, "no request was under way when PostgreSQL was killed"
    figure(
        "saved stays saved: kill -9, PostgreSQL",
        f"{told}; {KILLS} kills of the server, {sum(together)} of them with Heed, {IN_FLIGHT} in flight, "
        f"{took:.0f} s, seed {seed}",
        "10,000; 0 lost, 0 doubled, >= 12 kills",
    )
