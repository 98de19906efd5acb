"""A disk that is full: intake is refused loudly with whom to ring, nothing is half-written, and it goes on by itself
once there is space. The disk is a real one, of a few megabytes: a tmpfs, which only root may make.
"""

import json
import os
import re
import sqlite3
import subprocess
import time
import uuid
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.reading_back import Database, recomputed_root
from tests.faults.served import NotSaved, Served
from tests.figures import figure
from tests.on_postgresql import Server

MEGABYTE = 1024 * 1024
WORDS = "She was not at school on Monday, nor on Tuesday."


@contextmanager
def small_disk(place: Path, megabytes: int):
    """A disk of so many megabytes. Whoever may not make one is told; where everything has to run, that is a failure."""
    place.mkdir(parents=True, exist_ok=True)
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)],
        capture_output=True,
        text=True,
    )
    if made.returncode:
        words = f"NOT RUN: the disk-full drill needs root to make a small disk: {made.stderr.strip()}"
        print(words)
        (pytest.fail if os.environ.get("CI") else pytest.skip)(words)
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path, leave: int) -> Path:
    """Take all of a disk but `leave` bytes."""
    filler = disk / "filler"
    state = os.statvfs(disk)
    with filler.open("wb") as out:
        out.write(bytes(max(0, state.f_bavail * state.f_frsize - leave)))
    filler.chmod(0o600)
    return filler


def send_until(
    served: Served, cookies: dict[str, str], enough
) -> tuple[list[tuple[str, int]], list[NotSaved]]:
    """Concerns, one after the other, until `enough` says so of what was saved and what was not."""
    saved, refused = [], []
    until = time.monotonic() + 60
    while not enough(saved, refused):
        assert time.monotonic() < until, "the disk does not fill up"
        token = uuid.uuid4().hex
        try:
            saved.append((token, served.raise_concern(cookies, token, f"{WORDS} {'Nothing new. ' * 300}")))
        except NotSaved as refusal:
            refused.append(refusal)
    return saved, refused


def refused_loudly(refusals: list[NotSaved]) -> None:
    """Each says NOT saved, whom to ring, and keeps what was typed."""
    assert {refusal.status for refusal in refusals} == {507}
    for refusal in refusals:
        page = re.sub(r"<[^>]+>", " ", refusal.text)
        assert "NOT saved" in page
        assert "07700 900101" in page
        assert WORDS in refusal.text
        assert "Traceback" not in refusal.text


def filled_and_freed(served: Served, disk: Path, database: Database, leave: int) -> tuple[int, int]:
    """The whole drill on one house: gives how many were saved before and after, and how many were refused."""
    served.start()
    try:
        cookies = served.signed_in()
        filler = fill(disk, leave)
        saved, refused = send_until(served, cookies, lambda saved, refused: len(refused) >= 20)
        refused_loudly(refused)
        filler.unlink()
        more, _ = send_until(served, cookies, lambda saved, refused: len(saved) >= 20)
        saved += more
    finally:
        served.kill_group()
    kept = {ref for (ref,) in database.rows("select ref from casework_record")}
    assert {f"CON-{token}" for token, _ in saved} <= kept, "an acknowledged concern is lost"
    verified = served.run("ledger", "verify", "--json")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert json.loads(verified.stdout.splitlines()[0])["root"] == recomputed_root(database)
    return len(saved), len(refused)


def tell(which: str, saved: int, refused: int) -> None:
    figure(
        f"a full disk is said aloud: {which}",
        f"{saved} saved, {refused} answered 507 NOT saved, 0 lost, recovered without a restart",
        "507, nothing half-written, recovers without a restart",
    )


@pytest.mark.drill
def test_a_full_disk_refuses_loudly_and_recovers_on_sqlite(tmp_path):
    with small_disk(tmp_path / "data", 12) as disk:
        served = Served(tmp_path)
        database = Database(disk / "heed.sqlite3")
        saved, refused = filled_and_freed(served, disk, database, MEGABYTE)
        with sqlite3.connect(disk / "heed.sqlite3") as opened:
            assert opened.execute("pragma integrity_check").fetchone() == ("ok",)
        opened.close()
    tell("SQLite, a disk of 12 MB", saved, refused)


@pytest.mark.drill
def test_a_full_disk_refuses_loudly_and_recovers_on_postgresql(tmp_path):
    server = Server()
    server.start()
    try:
        with small_disk(server.folder / "small", 40) as disk:
            space = disk / "space"
            space.mkdir(mode=0o700)
            if server.user:
                subprocess.run(["chown", server.user, str(space)], check=True)
            server.sql(f"create tablespace small location '{space}'")
            server.sql("create database house tablespace small")
            served = Served(tmp_path, server.address(database="house")).as_plain_role(server, "house")
            database = Database(address=server.address(database="house"))
            saved, refused = filled_and_freed(served, disk, database, MEGABYTE // 4)
            server.sql("drop database house with (force)")
            server.sql("drop tablespace small")
    finally:
        server.stop()
    tell("PostgreSQL, its tables on a disk of 40 MB", saved, refused)


def line(number: int) -> str:
    told = {
        "v": 1,
        "agency": "school",
        "ref": f"S-{number}",
        "revision": 1,
        "kind": "school",
        "recorded_at": "2026-11-16T10:00:00+00:00",
        "author": {"name": "R. Bell", "role": "pastoral lead", "grade": "frontline"},
        "people": [{"part": "child", "given_names": "Ayla", "family_name": "Marsh", "ref": f"p-{number}"}],
        "text": WORDS * 8,
    }
    return json.dumps(told) + "\n"


@pytest.mark.drill
def test_an_import_onto_a_full_disk_says_what_is_saved_and_goes_on(tmp_path):
    count = 6000
    file = tmp_path / "school.jsonl"
    file.write_text("".join(line(number) for number in range(count)))
    with small_disk(tmp_path / "data", 12) as disk:
        served = Served(tmp_path)
        database = Database(disk / "heed.sqlite3")
        ran = served.run("import", "records", str(file), "--agency", "school")
        assert ran.returncode == 2
        assert "Traceback" not in ran.stderr
        told = re.search(r"heed: The disk of this Heed is full.* (\d+) records .* stay saved", ran.stderr)
        assert told, ran.stderr[-2000:]
        kept = database.rows("select count(*) as n from casework_record")[0][0]
        assert kept == int(told[1]) < count
        assert kept > 0
        subprocess.run(["mount", "-o", "remount,size=200m", str(disk)], check=True)
        again = served.run("import", "records", str(file), "--agency", "school", "--json")
        assert again.returncode == 0, again.stderr[-2000:]
        account = json.loads(again.stdout)
        assert (account["unchanged"], account["accepted"]) == (kept, count - kept)
        assert served.run("ledger", "verify").returncode == 0
    figure(
        "a full disk is said aloud: an import",
        f"{kept} saved before it was full; run again: the other {count - kept}",
        "what is saved stays; nothing doubled",
    )
