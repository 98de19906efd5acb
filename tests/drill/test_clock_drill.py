"""Two clocks that are killed nine times, a mail server that refuses, hands of the clock that jump a day back and a day
ahead, and both nights on which the clocks change: nothing missed, nothing early, nothing untold.

A hundred thousand duties fall due on PostgreSQL, fewer on SQLite, where whoever writes is alone; HEED_DRILL_DUTIES asks
for another number on both. With many it takes longer than a test may, and is run with
`pytest -o faulthandler_timeout=0`.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from tests.faults.clock_house import AUTUMN, SPRING, WHOLE_LADDER
from tests.figures import figure
from tests.on_postgresql import Server
from tests.unit.mail.servers import smtp_server

ROOT = Path(__file__).parents[2]
WHOLE, KILLS, REFUSED, A_WHILE = 100_000, 9, 0.15, 1.0
SIZES = {"PostgreSQL": WHOLE, "SQLite": 3_000}
ASKED = os.environ.get("HEED_DRILL_DUTIES")
ONE_IN = 600
"""Of so many e-mails one may come twice. A kill between the server's word and ours that a letter was taken repeats one:
nine kills may pass this by chance where there are few letters, not with all the duties."""
HOUR = timedelta(hours=1)
PATIENCE_SECONDS = 600


def turns():
    """What the hands of the clock show: night after night in steps, with a jump of a day back and one ahead."""
    for begin in (AUTUMN, SPRING):
        for step in range(0, 40, 4):
            yield begin + step * HOUR
            if step == 12:
                yield begin + step * HOUR - timedelta(days=1)
            if step == 20:
                yield begin + step * HOUR + timedelta(days=1)
                yield begin + step * HOUR


class Workers:
    """Programs of the house, by one pair of hands of a clock."""

    def __init__(self, folder: Path, database: dict[str, str], port: int, duties: int) -> None:
        self._hands = folder / "hands"
        self._where = {
            **{key: value for key, value in os.environ.items() if key != "HEED_DATABASE_URL"},
            **database, "HEED_DATA": str(folder / "house"), "HEED_HANDS": str(self._hands),
            "HEED_SMTP": f"smtp://127.0.0.1:{port}", "HEED_MAIL_FROM": "heed@partnership.example.org",
            "DJANGO_SETTINGS_MODULE": "heed.config.settings", "HEED_DRILL_DUTIES": str(duties),
        }  # fmt: skip
        self._working: list[subprocess.Popen[bytes]] = []

    def show(self, now) -> None:
        """Put the hands, at once and whole."""
        new = self._hands.with_name("new")
        new.write_text(now.isoformat())
        new.replace(self._hands)

    def wait(self, now, what: str = "done") -> None:
        """Until a clock has worked up to an instant, or has nothing to carry at it."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not self.said(what, now):
            assert time.monotonic() < until, "no clock works"
            time.sleep(0.02)

    def said(self, what: str, now) -> bool:
        """Whether a worker has said that it is done up to an instant."""
        file = self._hands.with_name(what)
        return file.exists() and file.read_text() == now.isoformat()

    def run(self, *what: str) -> bytes:
        """A program that ends, and what it printed."""
        return subprocess.run(
            self._words(*what), cwd=ROOT, env=self._where, stdout=subprocess.PIPE, check=True
        ).stdout

    def start(self) -> None:
        """One more worker."""
        self._working.append(
            subprocess.Popen(self._words("work"), cwd=ROOT, env=self._where, stderr=subprocess.DEVNULL)
        )

    def kill(self, which: int) -> None:
        """kill -9."""
        worker = self._working.pop(which)
        worker.kill()
        worker.wait()

    def end(self) -> None:
        """Kill whoever works."""
        while self._working:
            self.kill(0)

    def _words(self, *what: str) -> list[str]:
        return [sys.executable, "-m", "tests.faults.clock_house", *what]


@contextmanager
def _database(name):
    if name == "SQLite":
        yield {}
        return
    server = Server()
    try:
        yield {"HEED_DATABASE_URL": server.start()}
    finally:
        server.stop()


@pytest.mark.drill
@pytest.mark.parametrize("name", SIZES)
def test_nothing_is_missed_early_or_untold(tmp_path, name):
    chance, duties = random.Random(6), int(ASKED or SIZES[name])
    with smtp_server() as office, _database(name) as database:
        office.refuse = lambda asked: "451 later" if chance.random() < REFUSED else ""
        workers = Workers(tmp_path, database, office.port, duties)
        workers.run("fill")
        began = time.monotonic()
        try:
            kills = _through_both_nights(workers, random.Random(7))
            told = _settled(workers)
        finally:
            workers.end()
        came = Counter(str(message_from_bytes(raw)["Message-ID"]) for _, raw in office.letters)
    repeated = sum(count - 1 for count in came.values())
    lost = told["unlettered"] + told["unsent"] + len(set(told["ids"]) - set(came))
    assert kills == KILLS
    assert (told["missed"], told["early"], lost) == (0, 0, 0), (told["missed"], told["early"], lost)
    by_chance = 0 if duties >= WHOLE else KILLS
    assert repeated <= max(by_chance, len(office.letters) / ONE_IN), (repeated, len(office.letters))
    figure(
        f"{duties:,} duties falling due ({name}), as many beside them that do not, one in {WHOLE_LADDER} up the whole "
        f"ladder, the others up its last rungs; 2 workers, {KILLS} kill -9, mail refused {REFUSED:.0%}, "
        "clock jumps of a day both ways, both nights of the clock change",
        f"{told['missed']} of {told['moves']:,} moves missed, {told['early']} early, {lost} of {told['notices']:,} "
        f"notices lost, {repeated} of {len(office.letters):,} e-mails repeated; {time.monotonic() - began:.0f} s",
        f"0 missed, 0 early, 0 lost, at most 1 in {ONE_IN} repeated, or one a kill where there are few e-mails",
    )


def _through_both_nights(workers, chance):
    """Turn the hands through both nights, never before a clock has come after them, and kill a worker now and then; how
    many were killed."""
    shown = list(turns())
    killed_at = set(chance.sample(range(1, len(shown)), KILLS))
    workers.show(shown[0])
    workers.start()
    workers.start()
    for turn, now in enumerate(shown):
        workers.show(now)
        if turn in killed_at:  # while it works at what the hands have just come to
            time.sleep(chance.uniform(0, A_WHILE))
            workers.kill(chance.randrange(2))
            workers.start()
        workers.wait(now)
    return len(killed_at)


def _settled(workers):
    """Wait until nothing waits any more, and what became of it. The hands go on by minutes, so that every lease runs out
    and every letter that was refused is tried again."""
    now, until = max(turns()), time.monotonic() + PATIENCE_SECONDS
    while not workers.said("settled", now) and time.monotonic() < until:
        now += timedelta(minutes=21)
        workers.show(now)
        workers.wait(now, "idle")
    workers.end()
    return json.loads(workers.run("tell", now.isoformat()))
