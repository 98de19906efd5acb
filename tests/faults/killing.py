"""Concerns saved by many at once while the whole server is killed again and again: what drives the drill, what counts.

Concerns go through the real page (sign-in, CSRF, form). Whoever gets no receipt sends the same page again, as a
person does; the page carries a token, so the same page is the same record. Some pages are sent twice on purpose.
"""

import queue
import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.faults.served import NotSaved, Served

PATIENCE_SECONDS = 1800
TWICE = 0.05
"""The share of pages that are sent a second time though the first was saved."""
GIVEN = (
    "Ayla",
    "Bea",
    "Cora",
    "Dina",
    "Esme",
    "Fay",
    "Gia",
    "Hana",
    "Iris",
    "Jade",
    "Kaya",
    "Lily",
    "Mina",
    "Nora",
)
FAMILY = (
    "Marsh",
    "Orme",
    "Cole",
    "Finch",
    "Holt",
    "Bell",
    "Reed",
    "Stone",
    "Frost",
    "Wells",
    "Hart",
    "Lane",
    "Moss",
)


@dataclass
class Intake:
    """Concerns to be saved by threads at once; every receipt ever given is kept."""

    served: Served
    count: int
    seed: int
    receipts: list[tuple[str, int]] = field(default_factory=list)
    refused: int = 0

    def __post_init__(self) -> None:
        chance = random.Random(self.seed)
        self.tokens = [f"{chance.getrandbits(128):032x}" for _ in range(self.count)]
        again = chance.sample(self.tokens, int(self.count * TWICE))
        self.children = {
            token: f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}son{n}"
            for n, token in enumerate(self.tokens)
        }
        self.waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
        for token in self._in_some_order(chance, again):
            self.waiting.put(token)
        self.ending = time.monotonic() + PATIENCE_SECONDS

    def _in_some_order(self, chance: random.Random, again: Sequence[str]) -> list[str]:
        """Half of what is sent twice is sent at the same moment, the other half later."""
        order = list(self.tokens)
        chance.shuffle(order)
        for n, token in enumerate(again):
            place = order.index(token) + 1 if n % 2 else len(order)
            order.insert(place, token)
        return order

    def run(self, in_flight: int) -> list[threading.Thread]:
        """Start that many people, each with one page under way at a time."""
        self.cookies = self.served.signed_in()
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
        text = f"She was not at school. {token}"
        while time.monotonic() < self.ending:
            try:
                number = self.served.raise_concern(self.cookies, token, text, self.children[token])
            except NotSaved:
                self.refused += 1
                time.sleep(0.4)
            else:
                self.receipts.append((token, number))
                return


def killed_while_saving(
    intake: Intake, in_flight: int, kills: Sequence[Callable[[], None]], seed: int
) -> float:
    """Run the intake and carry out each kill at a random moment of its share. Gives the seconds it took."""
    chance = random.Random(seed)
    intake.served.start()
    began = time.monotonic()
    threads = intake.run(in_flight)
    try:
        for number, kill in enumerate(kills, start=1):
            enough = intake.count * (number - 1 + chance.uniform(0.5, 1)) / (len(kills) + 0.5)
            while len(intake.receipts) < enough and any(thread.is_alive() for thread in threads):
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.2))
            kill()
    except BaseException:
        intake.ending = 0  # nobody sends on to a server that will not come back
        raise
    finally:
        for thread in threads:
            thread.join()
    return time.monotonic() - began
