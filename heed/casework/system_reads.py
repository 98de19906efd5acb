"""What Heed reads of records without a person who looks: for which reasons, how often since it was last written down.

Counted in memory, process by process. Within what a person or a command does, that act is the entry; the worker, which
acts for nobody, writes its own reads into the ledger every hour (`actions.reads`).
"""

import threading
from collections import Counter

_lock = threading.Lock()
_reads: Counter[str] = Counter()


def noted(why: str) -> None:
    """Count one read for a reason."""
    with _lock:
        _reads[why] += 1


def waiting() -> dict[str, int]:
    """How often this process read for each reason since that was last taken."""
    with _lock:
        return dict(sorted(_reads.items()))


def taken(reads: dict[str, int]) -> None:
    """These are written down: they are counted no more."""
    with _lock:
        _reads.subtract(reads)
        for why in [why for why, times in _reads.items() if times <= 0]:
            del _reads[why]
