"""Missing episodes back as the table `Missing` of the council's return of children looked after (SSDA903)."""

import csv
import io
from collections.abc import Iterator

from heed.core.records.record import Document
from heed.core.records.when import Precision, parse_when
from heed.formats.dates import LONDON
from heed.formats.leaving.stamp import Extract

COLUMNS = ("CHILD", "DOB", "MISSING", "MIS_START", "MIS_END")
CODES = {"missing": "M", "away_without_authorisation": "A"}


def as_missing_table(extract: Extract) -> bytes:
    """One row an episode with a category the return knows; an open one has an empty end. The return has no place for
    a stamp: the ledger holds it, and the file's companion."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in sorted({row for document, _ in extract.records for row in _rows(document)}):
        writer.writerow(row)
    return text.getvalue().encode()


def _rows(document: Document) -> Iterator[tuple[str, ...]]:
    code = CODES.get(str((document.get("missing") or {}).get("category")))
    start = document.get("happened_from")
    if document.get("kind") != "missing" or code is None or not start:
        return
    end = document.get("happened_to")
    for person in document.get("people") or []:
        if person.get("part") == "child" and person.get("ref"):
            yield (str(person["ref"]), _day(person.get("born")), code, _day(start), _day(end))


def _day(text: str | None) -> str:
    """dd/mm/yyyy, of an instant the day it was in England, whatever offset it was told in; empty for what is not known
    to the day."""
    if not text:
        return ""
    try:
        when = parse_when(text)
    except ValueError:
        return ""
    if when.precision is Precision.INSTANT:
        return f"{when.earliest.astimezone(LONDON):%d/%m/%Y}"
    return f"{when.day:%d/%m/%Y}" if when.precision is Precision.DAY else ""
