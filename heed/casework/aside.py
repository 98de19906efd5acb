"""Work beside the worker's own, each in a thread of its own, so that none waits for another.

No deadline waits for a backlog of records to be linked, for the ledger to be signed, for a scanner or for a mail
server. A part that fails is logged and tried again; a clock that stands still shows by its beat, which readiness reads.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import close_old_connections, connections

from heed.casework import clock
from heed.casework.actions.checkpoints import make_checkpoint
from heed.casework.actions.duties.abouts import owe_missing_addresses, owe_never_signed_in, owe_rules
from heed.casework.attachments.looking import look_at_files
from heed.casework.checkpoints import due
from heed.casework.mail.polling import poll
from heed.casework.mail.replying import carry
from heed.casework.mail.servers import imap_server, smtp_server
from heed.casework.notices.carrying import tell
from heed.casework.policy import policy
from heed.casework.rules import ran
from heed.casework.tick import climb

FIRST_SECONDS = 2.0
CLOCK_SECONDS = 30.0
"""Half of the minute that a deadline may be late by: a turn that finds the database locked is made good by the next."""
REST_SECONDS = 2.0
GRACE_SECONDS = 5.0
WATCH_EVERY = timedelta(minutes=1)

logger = logging.getLogger(__name__)


type Part = Callable[[datetime], object]


class Aside:
    """A thread that does its parts one after the other. `start` begins it, `end` asks it to stop, `wait` waits a
    little until it has."""

    def __init__(self, name: str, parts: Sequence[Part], rest_seconds: float) -> None:
        self._ending = threading.Event()
        self._parts, self._rest_seconds = parts, rest_seconds
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def end(self) -> None:
        """Stop after what is being done."""
        self._ending.set()

    def wait(self, seconds: float) -> None:
        """Wait until it has stopped, but no longer than this."""
        if self._thread.is_alive():
            self._thread.join(seconds)

    def _run(self) -> None:
        rest = FIRST_SECONDS
        while not self._ending.wait(rest):
            close_old_connections()
            for part in self._parts:
                _kept_apart(part)
            rest = self._rest_seconds
        connections.close_all()


class Mailbox:
    """Reads the mailbox as often as policy says."""

    def __init__(self) -> None:
        self._read_at: datetime | None = None

    def read(self, now: datetime) -> object:
        """Read it, if there is one and it is time."""
        if imap_server() is None:
            return None
        every = timedelta(seconds=policy().mail.every_seconds)
        if self._read_at is not None and timedelta(0) <= now - self._read_at < every:
            return None
        self._read_at = now
        return poll(now)


class Letters:
    """Tells people what waits for them, and looks now and then whether everybody who owes something can be reached."""

    def __init__(self) -> None:
        self._looked_at: datetime | None = None

    def tell(self, now: datetime) -> object:
        """Make and carry letters, if there is a mail server, and tell by other ways that they wait."""
        sent = tell(now)
        if smtp_server() is None:
            return sent
        if self._looked_at is None or not timedelta(0) <= now - self._looked_at < WATCH_EVERY:
            self._looked_at = now
            owe_missing_addresses(now)
            ran(["notices"], now)
        return sent


class Watch:
    """Looks once a minute whether every rule runs, the clock's among them, and whether whoever holds a post signs in."""

    def __init__(self) -> None:
        self._looked_at: datetime | None = None

    def look(self, now: datetime) -> object:
        """Owe what has stopped, and that somebody in a post has never signed in."""
        if self._looked_at is not None and timedelta(0) <= now - self._looked_at < WATCH_EVERY:
            return None
        self._looked_at = now
        return owe_rules(now) + owe_never_signed_in(now)


def beside_the_worker() -> list[Aside]:
    """What runs beside linking and noticing: the clock, signing, and what waits for others."""
    return [
        Aside("clock", [climb], CLOCK_SECONDS),
        Aside("signing", [sign, Watch().look], REST_SECONDS),
        Aside("files and mail", [look_at_files, carry, Mailbox().read], REST_SECONDS),
        Aside("letters", [Letters().tell], REST_SECONDS),
    ]


def end_all(asides: Sequence[Aside]) -> None:
    """Ask all of them to stop, and wait a little for all together."""
    for aside in asides:
        aside.end()
    for aside in asides:
        aside.wait(GRACE_SECONDS / len(asides))


def sign(now: datetime) -> None:
    """Sign the ledger's tree when it is time."""
    if due(now):
        make_checkpoint(by=None, now=now)


def _kept_apart(part: Part) -> None:
    try:
        part(clock.now())
    except Exception as trouble:  # noqa: BLE001 - one of these failing must not end the others
        logger.error(
            "%s failed and is tried again: %s", getattr(part, "__name__", "a part"), type(trouble).__name__
        )
