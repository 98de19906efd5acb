"""Web and worker live and die together: no part of Heed goes on alone after the process that started it."""

import os
import threading
import time

PARENT = "HEED_PARENT"
LOOK_EVERY_SECONDS = 0.25


def lead() -> None:
    """Say that the processes started from here are to end with this one."""
    os.environ[PARENT] = str(os.getpid())


def end_with_parent() -> None:
    """End this process as soon as the one that started it is gone, also when that was killed without a word."""
    parent = os.environ.get(PARENT)
    if parent is not None:
        threading.Thread(target=_watch, args=(int(parent),), name="end with parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY_SECONDS)
    os._exit(1)
