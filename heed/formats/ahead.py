"""Reading in a process of its own, ahead of whoever keeps what was read, so that two processors work on one import.

The second process decodes, reads and prepares; it never sees the database or a key. Rows come back in their order,
some at a time: it waits when nobody takes them, so memory stays flat. Where it cannot start, or ends before the last
row, whoever asked reads on from the row it had come to: the same rows, the same refusals, the same trouble.
"""

import gc
import multiprocessing
import os
import pickle
import signal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from heed.core.records.prepared import Prepared, prepared
from heed.formats.contract import Line, Row, Usable

AT_ONCE = 2000
"""Rows handed over together."""
MOST_BYTES = 4 * 1024 * 1024
"""Bytes of lines handed over together: a file of very long lines must not be held at once."""
WORTH_IT = 10_000
"""Rows from which a second process is worth its start."""
OBJECTS = 50_000
WAIT_SECONDS = 5.0
_END = b""


class Ready(NamedTuple):
    """A line that is a record, prepared for keeping. As `Usable`, and without files."""

    at: Line
    record: Prepared
    notes: tuple[str, ...]


class Asked(NamedTuple):
    """What to read: a format by its name, and what its reader is given."""

    name: str
    paths: Sequence[Path]
    agency: str | None
    options: Mapping[str, str]

    def rows(self) -> Iterator[Row]:
        """The rows, read in this process."""
        from heed.formats import load

        return load(self.name).read(self.paths, agency=self.agency, options=self.options)


def read_ahead(asked: Asked, many: int) -> Iterator[Row | Ready]:
    """The rows of the files; `many` is about how many there are. Records are read in a process of their own where
    there are enough of them, and processors for both."""
    done = 0
    if many >= WORTH_IT and _processors() > 1:
        seldom_collected()
        with _started(asked) as coming:
            for row in _arriving(coming):
                if row is None:
                    return
                yield row
                done += 1
    yield from islice(asked.rows(), done, None)


def seldom_collected() -> None:
    """Have Python look for rings of objects less often: rows make none, and those that wait would be gone through
    again and again. For a process that does nothing else."""
    gc.freeze()
    gc.set_threshold(OBJECTS, 20, 100)


def _processors() -> int:
    """Those this process may use, where the system says."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _started(asked: Asked) -> Iterator[Connection | None]:
    """A second process, and the end of the pipe its rows come out of; None where none can be started."""
    making = multiprocessing.get_context("spawn")
    coming, going = making.Pipe(duplex=False)
    reader = making.Process(target=_read, args=(asked, going), daemon=True, name="heed reader")
    try:
        try:
            reader.start()
        except (OSError, RuntimeError):
            yield None
            return
        finally:
            going.close()
        yield coming
    finally:
        # A reader whose pipe is closed has nobody to read for, and ends by itself.
        coming.close()
        if reader.pid is not None:
            reader.join(WAIT_SECONDS)
            reader.kill()
            reader.join()
            reader.close()


def _arriving(coming: Connection | None) -> Iterator[Row | Ready | None]:
    """The rows as they arrive, and None after the last; it is missing when the reader ended too soon."""
    with suppress(EOFError, OSError):
        while coming is not None:
            some = coming.recv_bytes()
            if some == _END:
                yield None
                return
            for each in pickle.loads(some):  # noqa: S301 - from our own process, through a pipe that no file system shows
                yield _ready(*each) if type(each) is tuple else each


def _ready(file: str, number: int, place: str, notes: tuple[str, ...], told: tuple[Any, ...]) -> Ready:
    return Ready(Line(file, number, place), Prepared._make(told), notes)


def _read(asked: Asked, going: Connection) -> None:
    """What the second process does. Whoever is at the keyboard stops the first one; this one ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    seldom_collected()
    # Trouble in the reading is met again, and told, by the process that reads on from here.
    with suppress(Exception):
        for some in _portions(asked.rows()):
            going.send_bytes(some)
        going.send_bytes(_END)
    going.close()


def _portions(rows: Iterable[Row]) -> Iterator[bytes]:
    """The rows, some at a time, as bytes."""
    waiting: list[Any] = []
    weight = 0
    for row in rows:
        if isinstance(row, Usable) and not row.attached:
            told = prepared(row.record)
            # Plain values, and without the record itself: objects take several times as long.
            waiting.append((row.at.file, row.at.number, row.at.place, row.notes, (*told[:-1], None)))
            weight += len(told.line)
        else:
            waiting.append(row)
            weight += sum(len(file.content) for file in getattr(row, "attached", ()))
        if len(waiting) >= AT_ONCE or weight >= MOST_BYTES:
            yield pickle.dumps(waiting, pickle.HIGHEST_PROTOCOL)
            waiting, weight = [], 0
    if waiting:
        yield pickle.dumps(waiting, pickle.HIGHEST_PROTOCOL)
