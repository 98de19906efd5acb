"""What casework hands to the warehouse: the facts of its records, and who is who."""

import fcntl
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from heed.casework import sealed
from heed.casework.agreed import agreed_things
from heed.casework.models import Batch, Record, Source
from heed.core.records.batches import WITHHELD
from heed.warehouse.build import Warehouse, build
from heed.warehouse.facts import Facts, facts_of
from heed.warehouse.tail import newest_record, open_warehouse

LONGEST_TAIL = 5000
"""Records newer than the built file before it is built again."""


def file() -> Path:
    """Where this installation keeps its warehouse."""
    return Path(settings.DATA) / "warehouse" / "heed.duckdb"


def facts(after: int = 0) -> Facts:
    """Facts of all records with a row number above `after`, of every source's person, and all that people agreed a
    text names, however old its record: agreeing makes no built file too old."""
    found = _stated(after)
    for record, things in agreed_things():
        found.add_agreed(record, things)
    return found


def _stated(after: int = 0) -> Facts:
    return facts_of(_documents(after), _people())


def rebuild() -> Facts:
    """Build the file from nothing and swap it in."""
    file().parent.mkdir(parents=True, exist_ok=True)
    with file().with_suffix(".turn").open("w") as turn:
        # One after the other, so that the mark is always that of the file beside it.
        fcntl.flock(turn, fcntl.LOCK_EX)
        withheld = _withheld()
        everything = _stated()
        build(file(), everything)
        # Written last: whatever happens before, the file counts as too old, and is only built once more.
        _mark().write_text(withheld)
    return everything


def warehouse() -> Warehouse:
    """The warehouse as of this moment: the built file with everything newer united in. Or on Spark (HEED_ENGINE)."""
    if settings.LINKING_ENGINE == "spark":
        from heed.warehouse.spark import SparkWarehouse

        return SparkWarehouse(facts())
    path = file()
    if not path.exists() or not _mark().exists() or _mark().read_text() != _withheld():
        rebuild()
    built = newest_record(path)
    tail = Record.objects.system("how long the live tail is").counted().filter(pk__gt=built)
    if tail.count() > LONGEST_TAIL:
        rebuild()
        built = newest_record(path)
    return open_warehouse(path, facts(built))


def _mark() -> Path:
    """Where it stands which batches were left out when the file was built."""
    return file().with_suffix(".withheld")


def _withheld() -> str:
    """The batches that count for nothing now: one that was released or withdrawn since makes the built file too old."""
    batches = Batch.objects.filter(state__in=WITHHELD).order_by("pk").values_list("pk", flat=True)
    return " ".join(map(str, batches))


def _documents(after: int) -> Iterator[tuple[int, str]]:
    rows = Record.objects.system("the warehouse counts what every record says").counted()
    # One that cannot be opened is left out, so that it keeps nothing else out: verifying names it.
    return sealed.documents(rows.filter(pk__gt=after).order_by("pk"), "pk", shut=lambda record: None)


def _people() -> Iterator[tuple[str, str]]:
    return Source.objects.order_by("key").values_list("key", "person").iterator(chunk_size=20000)
