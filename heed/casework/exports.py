"""Records on their way out, as they came in."""

from collections.abc import Callable, Iterator

from django.db import connection
from django.db.models.functions import Collate

from heed.casework import sealed
from heed.casework.models import Agency, Record
from heed.casework.models.records import RecordQuerySet
from heed.core.records.explained import Explained

_AT_ONCE = 1000


def check_agency(code: str) -> None:
    """Raises Explained for an agency nobody knows: an empty file would look like an agency with no records."""
    if not Agency.objects.filter(pk=code).exists():
        known = ", ".join(Agency.objects.order_by("pk").values_list("pk", flat=True)) or "none yet"
        raise Explained(f"there is no agency {code!r} here; known are: {known}.")


def everything() -> RecordQuerySet:
    """All records, for whoever runs this Heed: an export of theirs is in the ledger like any other."""
    return Record.objects.system("an export on the command line: purpose and scope are in the ledger")


def erased_records(agency: str | None) -> int:
    """How many revisions an export leaves out because they were erased by order."""
    rows = Record.objects.system("an export says how many were erased").filter(document="")
    return rows.filter(agency=agency).count() if agency is not None else rows.count()


def record_lines(agency: str | None, shut: Callable[[str], object] | None = None) -> Iterator[str]:
    """The line of every revision, ordered by the bytes of agency and reference, then by revision. One that cannot be
    opened is named to `shut` and left out.

    By bytes, because a database's own language orders differently from place to place, and the same
    records must give the same file everywhere.
    """
    rows = Record.objects.system("an export writes back what the agencies sent")
    if agency is not None:
        rows = rows.filter(agency=agency)
    by_bytes = "C" if connection.vendor == "postgresql" else "BINARY"
    ordered = rows.order_by(Collate("agency_id", by_bytes), Collate("ref", by_bytes), "revision")
    for (told,) in sealed.documents(ordered, at_once=_AT_ONCE, shut=shut):
        yield told
