"""Letters that a mail server has taken, on this machine's disk at once: the database hears of it a moment later.

Whoever is killed in that moment would leave a letter that has gone and is not marked, and it would go again. The moment
is long where others write: SQLite lets one at a time. So the name of a letter is put into a file first, with one call to
the system, and the file is this worker's as long as it lives: once it is dead the next one marks what stands in it. A
machine that loses its power in that moment still sends the letter again, under the same Message-ID; none is lost.
"""

import fcntl
import logging
import os
import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings

from heed.casework.models import Letter

FOLDER = "letters-taken"

logger = logging.getLogger(__name__)


class Taken:
    """One worker's file, made with its first letter and gone with its last."""

    def __init__(self) -> None:
        self._file: Path | None = None
        self._held = -1
        self._unmarked = False

    def note(self, letter: Letter) -> None:
        """The server has taken this letter. Where the disk takes nothing, the database is told all the same."""
        try:
            if self._file is None:
                self._open()
            os.write(self._held, f"{letter.message_id}\n".encode())
            self._unmarked = True
        except OSError as trouble:
            logger.warning("a letter that was sent could not be noted: %s", type(trouble).__name__)

    def marked(self) -> None:
        """The database knows as well."""
        if self._unmarked:
            os.ftruncate(self._held, 0)
            self._unmarked = False

    def close(self) -> None:
        """Nothing more is sent now. What could not be marked is left for whoever looks next."""
        if self._file is not None:
            if not self._unmarked:
                self._file.unlink(missing_ok=True)
            os.close(self._held)
            self._file = None

    def _open(self) -> None:
        folder = _folder()
        folder.mkdir(mode=0o700, exist_ok=True)
        file = folder / f"{os.getpid()}-{secrets.token_hex(4)}"
        self._held = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        self._file = file
        fcntl.flock(self._held, fcntl.LOCK_EX)


def mark_taken(now: datetime) -> int:
    """Mark what workers that died had sent; how many letters. One that lives holds its file, and is left alone."""
    folder, marked = _folder(), 0
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        try:
            held = file.open()
        except OSError:
            continue  # it was another's, who is done with it
        with held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            # By its name, which nobody can guess: a row's number may be another letter's after a restore.
            gone = Letter.objects.filter(message_id__in=held.read().split("\n"), sent_at=None)
            marked += gone.update(sent_at=now, leased_until=None, last_error="")
            file.unlink(missing_ok=True)
    return marked


def _folder() -> Path:
    return Path(settings.DATA) / FOLDER
