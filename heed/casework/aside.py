"""Work beside the clock, in a thread of its own: what waits for a scanner or a mail server holds up no deadline."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import close_old_connections, connections

from heed.casework import clock
from heed.casework.attachments.looking import look_at_files
from heed.casework.mail.polling import poll
from heed.casework.mail.replying import carry
from heed.casework.mail.servers import imap_server
from heed.casework.policy import policy

REST_SECONDS = 2.0
GRACE_SECONDS = 5.0

logger = logging.getLogger(__name__)


class Aside:
    """The thread. `start` begins it, `end` asks it to stop and waits a little."""

    def __init__(self) -> None:
        self._ending = threading.Event()
        self._read_at: datetime | None = None
        self._thread = threading.Thread(target=self._run, name="beside the clock", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def end(self) -> None:
        """Stop after what is being done."""
        self._ending.set()
        self._thread.join(GRACE_SECONDS)

    def _run(self) -> None:
        while not self._ending.wait(REST_SECONDS):
            close_old_connections()
            for part in (look_at_files, carry, self._poll):
                _kept_apart(part)
        connections.close_all()

    def _poll(self, now: datetime) -> object:
        if imap_server() is None:
            return None
        every = timedelta(seconds=policy().mail.every_seconds)
        if self._read_at is not None and timedelta(0) <= now - self._read_at < every:
            return None
        self._read_at = now
        return poll(now)


def _kept_apart(part: Callable[[datetime], object]) -> None:
    try:
        part(clock.now())
    except Exception as trouble:  # noqa: BLE001 - one of these failing must not end the others
        logger.error(
            "%s failed and is tried again: %s", getattr(part, "__name__", "a part"), type(trouble).__name__
        )
