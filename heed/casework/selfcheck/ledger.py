"""The ledger from outside: an older copy put back, a clock set back, witnesses who are silent."""

from collections.abc import Iterator
from datetime import datetime

from heed.casework import witnessing
from heed.casework.actions.ledger import HEAD
from heed.casework.checkpoints import SIGNED, LedgerDiffers, kept_outside, shorter
from heed.casework.models import Head
from heed.casework.selfcheck.trouble import REFUSES, WARNS, Trouble


def troubles(now: datetime) -> Iterator[Trouble]:
    """What the checkpoints, the last entry and the witnesses say."""
    for words in dict.fromkeys([*_set_back(), *witnessing.trouble(now)]):
        code = "clock" if words.startswith("The clock") else "checkpoint"
        yield Trouble(code, REFUSES, words)
    watch = witnessing.state(now)
    if watch.colour == witnessing.RED:
        yield Trouble(
            "witness", WARNS,
            f"{watch.words} Whoever runs this Heed could then change what it remembers, and nobody outside would see it. "
            "Give an agency heed-witness, name its key in policy/ledger.yaml, and hand it checkpoints.",
        )  # fmt: skip


def _set_back() -> Iterator[str]:
    """The last checkpoint that was signed is kept beside the key, outside the database: it knows of a newer one."""
    size = Head.objects.filter(pk=HEAD).values_list("size", flat=True).first() or 0
    try:
        signed = kept_outside(SIGNED)
        if signed and size < signed.size:
            yield str(shorter(size, signed.size))
    except LedgerDiffers as differs:
        yield str(differs)
