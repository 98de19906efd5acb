"""A house of every released version is brought up to date, and is still the same house.

`released/<version>.sqlite.sql.gz` and `.postgresql.sql.gz` are small fictional houses as that version left them;
`<version>.json` says what was in them: entries, root of the ledger, rows of each table. DEVELOPERS.md says how a
release adds its own.
"""

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from tests.on_postgresql import program

RELEASED = Path(__file__).parent / "released"
VERSIONS = sorted(file.stem for file in RELEASED.glob("*.json"))
HEED = [sys.executable, "-c", "from heed.config.cli import main; main()"]


class House:
    """One old house in a folder, or in a database of the server that this run is on."""

    def __init__(self, folder: Path, version: str) -> None:
        self.environment = {
            key: value for key, value in os.environ.items() if not key.startswith(("HEED_", "DJANGO_"))
        } | {"HEED_DATA": str(folder)}
        self.file = folder / "heed.sqlite3"
        keys = RELEASED / f"{version}.keys.tar.gz"
        if keys.exists():  # from the first version that seals
            shutil.unpack_archive(keys, folder / "keys", filter="data")
        self.address = os.environ.get("HEED_DATABASE_URL", "")
        if self.address:
            name = f"released_{uuid.uuid4().hex}"
            self.psql(f"create database {name}")
            self.address = self.address.replace("/heed?", f"/{name}?")
            self.environment["HEED_DATABASE_URL"] = self.address
            self.psql(gzip.decompress((RELEASED / f"{version}.postgresql.sql.gz").read_bytes()).decode())
        else:
            with sqlite3.connect(self.file) as database:
                database.executescript(
                    gzip.decompress((RELEASED / f"{version}.sqlite.sql.gz").read_bytes()).decode()
                )
            database.close()

    def psql(self, sql: str) -> str:
        quiet = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
        return subprocess.run(
            [program("psql"), *quiet, "-d", self.address],
            input=sql,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    def count(self, table: str) -> int:
        question = f"select count(*) from {table}"
        if self.address:
            return int(self.psql(question).split()[0])
        with sqlite3.connect(self.file) as database:
            found = database.execute(question).fetchone()[0]
        database.close()
        return found

    def heed(self, *words: str) -> str:
        ran = subprocess.run(
            [*HEED, *words], env=self.environment, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout


def test_there_is_a_house_of_the_first_release():
    assert "0.1.0" in VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_a_house_of_an_earlier_release_is_the_same_house_afterwards(tmp_path, version):
    told = json.loads((RELEASED / f"{version}.json").read_text())
    house = House(tmp_path, version)
    assert {table: house.count(table) for table in told["counts"]} == told["counts"]

    verified = json.loads(house.heed("ledger", "verify", "--json").splitlines()[0])
    assert verified["ok"]
    assert (verified["entries"], verified["root"]) == (told["entries"], told["root"])
    assert {table: house.count(table) for table in told["counts"]} == told["counts"]
    assert "0 differences" in house.heed("rebuild", "--check")
