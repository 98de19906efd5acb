"""What casework hands to the warehouse: the facts of its records, and who is who."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from heed.casework import sealed
from heed.casework.agreed import agreed_things
from heed.casework.models import Record, Source
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
    everything = _stated()
    build(file(), everything)
    return everything


def warehouse() -> Warehouse:
    """The warehouse as of this moment: the built file with everything newer united in."""
    path = file()
    if not path.exists():
        rebuild()
    built = newest_record(path)
    if Record.objects.system("how long the live tail is").filter(pk__gt=built).count() > LONGEST_TAIL:
        rebuild()
        built = newest_record(path)
    return open_warehouse(path, facts(built))


def _documents(after: int) -> Iterator[tuple[int, str]]:
    rows = Record.objects.system("the warehouse counts what every record says")
    return sealed.documents(rows.filter(pk__gt=after).order_by("pk"), "pk")


def _people() -> Iterator[tuple[str, str]]:
    return Source.objects.order_by("key").values_list("key", "person").iterator(chunk_size=20000)
