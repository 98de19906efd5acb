"""Every safeguard that can be switched off, switched off for real: doctor names it, and serve does not start."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from tests.on_postgresql import Server

pytestmark = pytest.mark.drill
HEED = [sys.executable, "-c", "from heed.config.cli import main; main()"]
SAVE_ONE = """
from heed.config.cli import settle; settle(None)
from heed.casework.installation import ready; ready()
from heed.casework.actions.receive import receive
from heed.casework.clock import now
from tests.concerns import concern
receive(record=concern({ref!r}), by=None, now=now(){later})
"""
SIGN = """
from heed.config.cli import settle; settle(None)
from heed.casework.installation import ready; ready()
from heed.casework.actions.checkpoints import make_checkpoint
from heed.casework.clock import now
make_checkpoint(now=now(), by=None)
"""


class House:
    """A house in a folder, looked at from outside."""

    def __init__(self, folder: Path, **given: str) -> None:
        self.data = folder / "data"
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("HEED_", "DJANGO_"))}
        self.environment = {**clean, "HEED_DATA": str(self.data), "PYTHONPATH": str(folder), **given}
        self.folder = folder

    def python(self, words: str) -> None:
        ran = subprocess.run(
            [sys.executable, "-c", words], env=self.environment, capture_output=True, text=True
        )
        assert ran.returncode == 0, ran.stderr

    def heed(self, *words: str, **given: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*HEED, *words], env={**self.environment, **given}, capture_output=True, text=True, timeout=60
        )

    def settings(self, words: str) -> dict[str, str]:
        """Settings as somebody might write them on top of Heed's own."""
        (self.folder / "loosened.py").write_text(f"from heed.config.settings import *\n{words}\n")
        return {"DJANGO_SETTINGS_MODULE": "loosened"}

    def save(self, ref: str = "C-1", later: timedelta | None = None) -> None:
        words = f" + __import__('datetime').timedelta(seconds={later.total_seconds()})" if later else ""
        self.python(SAVE_ONE.format(ref=ref, later=words))


def refuses(house: House, code: str, *words: str, **given: str) -> str:
    """Doctor exits 2 and names the code; serve says the same in a paragraph and does not start."""
    with ThreadPoolExecutor(2) as both:
        serving = both.submit(house.heed, "serve", "--port", "1", **given)
        told = house.heed("doctor", "--json", **given)
        served = serving.result()
    assert told.returncode == 2, told.stdout + told.stderr
    found = {each["code"]: each for each in json.loads(told.stdout)["troubles"]}
    assert found[code]["level"] == "refuses"
    assert served.returncode == 2
    assert served.stderr.startswith("heed: not safe to serve")
    assert "Traceback" not in served.stderr
    assert found[code]["words"] in served.stderr
    for word in words:
        assert word in found[code]["words"]
    return found[code]["words"]


def test_a_fresh_house_is_safe_and_says_that_nobody_watches(tmp_path):
    told = House(tmp_path).heed("doctor", "--json")
    assert told.returncode == 1, told.stdout + told.stderr
    answer = json.loads(told.stdout)
    assert answer["safe"]
    assert {each["code"] for each in answer["troubles"]} - {"disk"} == {"witness"}


def test_a_watched_house_is_well(tmp_path):
    policy = tmp_path / "policy"
    policy.mkdir()
    shipped = (Path(__file__).parents[2] / "policy" / "ledger.yaml").read_text()
    (policy / "ledger.yaml").write_text(shipped.replace("least_agencies: 2", "least_agencies: 0"))
    told = House(tmp_path).heed("doctor", HEED_POLICY=str(policy))
    assert (told.returncode, told.stdout) == (0, "All is well.\n"), told.stdout + told.stderr


def test_debug(tmp_path):
    house = House(tmp_path)
    refuses(house, "debug", "DEBUG", **house.settings("DEBUG = True"))


def test_a_secret_that_can_be_guessed(tmp_path):
    refuses(House(tmp_path), "secret", "HEED_SECRET_KEY", HEED_SECRET_KEY="autumn2026")


def test_any_host(tmp_path):
    refuses(House(tmp_path), "hosts", "HEED_HOSTS", HEED_HOSTS="*")


def test_sqlite_below_full(tmp_path):
    house = House(tmp_path)
    words = "DATABASES['default']['OPTIONS']['init_command'] += 'PRAGMA synchronous=NORMAL;'"
    refuses(house, "synchronous", "power cut", **house.settings(words))


def test_sqlite_without_wal(tmp_path):
    house = House(tmp_path)
    words = "DATABASES['default']['OPTIONS']['init_command'] += 'PRAGMA journal_mode=DELETE;'"
    refuses(house, "journal", "WAL", **house.settings(words))


def test_keys_that_others_may_read(tmp_path):
    house = House(tmp_path)
    house.heed("doctor")
    (house.data / "keys" / "session.key").chmod(0o644)
    refuses(house, "keys_readable", "session.key", "chmod")


def test_a_warehouse_that_others_may_read(tmp_path):
    house = House(tmp_path)
    house.heed("rebuild")
    file = house.data / "warehouse" / "heed.duckdb"
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    file.chmod(0o644)
    told = {each["code"]: each for each in json.loads(house.heed("doctor", "--json").stdout)["troubles"]}
    assert told["warehouse_readable"]["level"] == "warns"
    file.parent.chmod(0o755)
    refuses(house, "warehouse_readable", "heed.duckdb", "chmod")


def test_a_keyring_that_is_gone_while_records_are_sealed(tmp_path):
    house = House(tmp_path)
    house.save()
    for file in house.data.glob("keys/children.sqlite3*"):
        file.unlink()
    refuses(house, "keyring_missing", "children.sqlite3", "backup")


def test_the_keyring_of_another_house(tmp_path):
    house, other = House(tmp_path), House(tmp_path / "other")
    house.save()
    other.folder.mkdir()
    other.save()
    for name in ("children.sqlite3", "master.key"):
        (house.data / "keys" / name).write_bytes((other.data / "keys" / name).read_bytes())
    for file in house.data.glob("keys/children.sqlite3-*"):
        file.unlink()
    refuses(house, "keyring_other", "backup of the keys")


def test_a_clock_behind_the_last_entry(tmp_path):
    house = House(tmp_path)
    house.save(later=timedelta(days=2))
    refuses(house, "clock", "clock")


@pytest.mark.parametrize("name", ["checkpoint.note", "witnessed.note"])
def test_an_older_copy_of_the_database_put_back(tmp_path, name):
    """Whether this house signed the newer checkpoint last, or a witness did: both stand beside the keys."""
    house = House(tmp_path)
    house.save("C-1")
    older = (house.data / "heed.sqlite3").read_bytes()
    house.save("C-2")
    house.python(SIGN)
    (house.data / "keys" / "checkpoint.note").rename(house.data / "keys" / name)
    for file in house.data.glob("heed.sqlite3*"):
        file.unlink()
    (house.data / "heed.sqlite3").write_bytes(older)
    refuses(house, "checkpoint", "older copy", "entries")


def test_served_to_others_in_the_clear_is_warned_about(tmp_path):
    told = json.loads(House(tmp_path).heed("doctor", "--host", "0.0.0.0", "--json").stdout)
    assert {"https", "hosts_unnamed"} <= {each["code"] for each in told["troubles"]}
    assert told["safe"]


@pytest.fixture(scope="module")
def server():
    """A PostgreSQL with an owner and a plain role."""
    server = Server()
    server.start()
    server.sql("create role owner login; create role plain login; alter database heed owner to owner")
    yield server
    server.stop()


@pytest.fixture
def granted(server, tmp_path):
    """A house whose tables belong to one role and are served by another."""
    server.sql("drop schema public cascade; create schema public authorization owner")
    house = House(tmp_path, HEED_DATABASE_URL=server.address("plain"))
    granted = house.heed("grant", "plain", HEED_DATABASE_URL=server.address("owner"))
    assert granted.returncode == 0, granted.stderr
    return house


def test_a_plain_role_serves_and_saves(granted):
    granted.save()
    told = granted.heed("doctor", "--json")
    assert json.loads(told.stdout)["safe"], told.stdout
    assert granted.heed("ledger", "verify").returncode == 0
    assert granted.heed("rebuild", "--check").returncode == 0


def test_a_plain_role_without_tables_says_who_makes_them(server, tmp_path):
    server.sql("drop schema public cascade; create schema public authorization owner")
    ran = House(tmp_path, HEED_DATABASE_URL=server.address("plain")).heed("doctor")
    assert ran.returncode == 2
    assert "heed grant plain" in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_a_superuser(server, granted):
    refuses(granted, "superuser", "heed grant", HEED_DATABASE_URL=server.address("heed"))


def test_the_owner_of_the_tables(server, granted):
    refuses(granted, "owner", "heed grant", HEED_DATABASE_URL=server.address("owner"))


def test_a_demonstration_on_this_machine_is_only_warned_about(server, granted):
    (granted.data / "demo.json").write_text("{}")
    told = granted.heed("doctor", "--json", HEED_DATABASE_URL=server.address("owner"))
    assert told.returncode == 1
    assert {"code": "owner", "level": "warns"}.items() <= json.loads(told.stdout)["troubles"][0].items()


def test_a_role_that_may_change_the_ledger(server, granted):
    server.sql("grant update on casework_entry to plain")
    refuses(granted, "ledger_role", "ledger")
    assert granted.heed("grant", "plain", HEED_DATABASE_URL=server.address("owner")).returncode == 0
    assert json.loads(granted.heed("doctor", "--json").stdout)["safe"]


def test_nothing_is_granted_to_whom_nothing_can_be_refused(server, granted):
    for role in ("heed", "owner", "nobody_there"):
        ran = granted.heed("grant", role, HEED_DATABASE_URL=server.address("owner"))
        assert ran.returncode == 2
        assert "Traceback" not in ran.stderr


def test_commits_that_do_not_wait_for_the_disk(server, granted):
    server.sql("alter role plain set synchronous_commit = off")
    refuses(granted, "synchronous_commit", "power cut")
    server.sql("alter role plain reset synchronous_commit")


@pytest.mark.parametrize("name", ["fsync", "full_page_writes"])
def test_a_server_that_may_lose_what_it_wrote(server, granted, name):
    server.sql(f"alter system set {name} = off")
    server.sql("select pg_reload_conf(), pg_sleep(0.3)")
    refuses(granted, name, "power cut" if name == "fsync" else "page")
    server.sql(f"alter system reset {name}")
    server.sql("select pg_reload_conf(), pg_sleep(0.3)")


def test_no_command_makes_new_keys_for_a_house_that_keeps_records(tmp_path):
    """An import from a shell that does not know HEED_KEYS would be acknowledged, and could never be opened."""
    house = House(tmp_path)
    house.save()
    elsewhere = tmp_path / "elsewhere"
    told = house.heed("ledger", "verify", HEED_KEYS=str(elsewhere))
    assert told.returncode == 2
    assert "HEED_KEYS" in told.stderr
    assert list(elsewhere.glob("*")) == []
    assert house.heed("ledger", "verify").returncode == 0
