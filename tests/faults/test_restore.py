"""A house is backed up while concerns are being saved, and restored into an empty one: the same ledger, to the root.

An older copy of the database beside the keys of today is not served: entries that were signed are missing from it.
"""

import json
import subprocess
import time

import pytest

from tests.faults.killing import Intake
from tests.faults.reading_back import Database, recomputed_root
from tests.faults.served import HEED, Served
from tests.faults.test_doctor import SIGN
from tests.figures import figure
from tests.on_postgresql import Server

SAVED, IN_FLIGHT = 400, 20


class Places:
    """Where a drill keeps its houses and copies, on one kind of database or the other."""

    def __init__(self, folder, server: Server | None) -> None:
        self.folder, self.server = folder, server
        if server is not None:
            server.sql("create database restored")
            server.sql("create database older")
        self.owner = server.address() if server else ""

    def serving(self) -> Served:
        served = Served(self.folder, self.owner)
        return served if self.server is None else served.as_plain_role(self.server)

    def as_owner(self, served: Served, *words: str, database: str = "", **more: str):
        """A heed command by the owner of the tables."""
        address = self.server.address(database=database or "heed") if self.server else ""
        given = {"HEED_DATABASE_URL": address, **more}
        environment = {**served.environment, **{key: value for key, value in given.items() if value}}
        return subprocess.run([*HEED, *words], env=environment, capture_output=True, text=True, timeout=120)

    def database(self, house: str) -> Database:
        if self.server is not None:
            return Database(address=self.server.address(database=house))
        return Database(self.folder / house / "heed.sqlite3")


@pytest.fixture(params=["sqlite", "postgresql"])
def places(request, tmp_path):
    """A drill's folder, and a server of its own where it needs one."""
    server = Server() if request.param == "postgresql" else None
    if server is not None:
        server.start()
    yield Places(tmp_path, server)
    if server is not None:
        server.stop()


def backed_up(places: Places, served: Served, name: str) -> tuple[dict, float]:
    began = time.monotonic()
    keys = ["--keys-out", str(places.folder / f"{name}-keys")]
    ran = places.as_owner(served, "backup", "--out", str(places.folder / name), *keys, "--json")
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout), time.monotonic() - began


def restored(places: Places, served: Served, name: str, house: str, keys: str):
    source, data = str(places.folder / name), str(places.folder / house)
    return places.as_owner(
        served, "restore", source, "--keys", str(places.folder / keys), "--data", data, database=house
    )


@pytest.mark.drill
def test_what_was_backed_up_under_load_is_restored_and_proven(places):
    served = places.serving()
    served.start()
    try:
        intake = Intake(served, SAVED, seed=5)
        threads = intake.run(IN_FLIGHT)
        while len(intake.receipts) < SAVED // 2:
            time.sleep(0.01)
        early = set(intake.receipts)
        manifest, copied_in = backed_up(places, served, "copy")
        for thread in threads:
            thread.join()
    finally:
        served.kill_group()

    began = time.monotonic()
    ran = restored(places, served, "copy", "restored", "copy-keys")
    took = time.monotonic() - began
    assert ran.returncode == 0, ran.stdout + ran.stderr
    database = places.database("restored")
    assert recomputed_root(database) == manifest["root"]
    entries = dict(database.rows("select seq, subject from casework_entry where kind = 'collection'"))
    assert {number for _, number in early} <= set(entries), "what was saved before the backup is in it"
    assert max(number for _, number in intake.receipts) > manifest["size"], "it was not under load"

    again = restored(places, served, "copy", "restored", "copy-keys")
    assert again.returncode == 2
    assert "is not empty" in again.stderr

    an_older_copy_is_not_served(places, served)
    which = "PostgreSQL" if places.server else "SQLite"
    figure(
        f"we can get back: {which}",
        f"backed up under load in {copied_in:.1f} s, restored and verified in {took:.1f} s: {manifest['size']} entries, "
        "root equal; an older copy refused",
        "root equals the backup's; an older copy refused",
    )


def an_older_copy_is_not_served(places: Places, served: Served) -> None:
    """The newest keys know of a checkpoint that the older database has not come to."""
    signed = subprocess.run(
        [HEED[0], "-c", SIGN],
        env={**served.environment, **({"HEED_DATABASE_URL": places.owner} if places.owner else {})},
        capture_output=True,
        text=True,
    )
    assert signed.returncode == 0, signed.stderr
    manifest, _ = backed_up(places, served, "today")
    ran = restored(places, served, "copy", "older", "today-keys")
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "entries, but" in ran.stdout
    data = {"HEED_DATA": str(places.folder / "older")}
    refused = places.as_owner(served, "serve", "--port", "1", database="older", **data)
    assert refused.returncode == 2
    copied = json.loads((places.folder / "copy" / "manifest.json").read_text())["size"]
    for words in (
        f"holds {copied} entries",
        f"a checkpoint of {manifest['size']} was signed",
        "Put back the newest",
    ):
        assert words in refused.stderr
