"""Told to end: what is under way stops where it is, which is safe at every instruction, and leases are given back."""

import os
import signal
import socket
import threading
from collections.abc import Callable

from django.db import connections

GRACE_SECONDS = 5.0
"""Less than `heed serve` waits before it kills its worker."""


told = threading.Event()
"""Set from the moment this process is told to end."""


class Ended(BaseException):
    """Raised in the worker's own thread by a signal to end. No wide net catches it."""


def end_when_told(last: Callable[[], object]) -> None:
    """From now on SIGTERM and SIGINT set `told` and raise Ended once.

    A signal is not always heard inside an engine's long question. For that a thread waits a little, does what is to
    be done `last`, and ends the process.
    """
    heard, rings = socket.socketpair()
    rings.setblocking(False)
    signal.set_wakeup_fd(rings.detach(), warn_on_full_buffer=False)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _tell)
    threading.Thread(target=_watch, args=(heard, last), name="ending", daemon=True).start()


def _tell(*_: object) -> None:
    if not told.is_set():
        told.set()
        raise Ended


def _watch(heard: socket.socket, last: Callable[[], object]) -> None:
    while not {signal.SIGTERM, signal.SIGINT} & set(heard.recv(1)):
        pass  # another signal, of a child perhaps
    threading.Event().wait(GRACE_SECONDS)
    try:
        last()
    finally:
        connections.close_all()
        os._exit(0)
