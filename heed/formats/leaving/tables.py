"""A chronology as CSV and as a workbook: one row a record, every cell text, none of it a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from heed.core.records.cells import plain_cell
from heed.core.records.record import Document
from heed.formats.leaving.stamp import Extract

COLUMNS = (
    "Happened from", "Happened to", "Recorded", "Received by Heed", "Agency", "Reference", "Revision", "Kind",
    "People", "Places, vehicles, phones, accounts", "Observations", "Text", "In the child's words", "Missing: category",
    "Missing: risk as graded then", "Told", "Decision", "Reason", "Decided by", "Handling", "Conditions",
)  # fmt: skip


def as_csv(extract: Extract) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read it as such; every cell quoted. First the stamp, then
    the headings, then a row a record; the stamp's number again at the end."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows(extract):
        writer.writerow(row)
    return text.getvalue().encode("utf-8-sig")


def as_workbook(extract: Extract) -> bytes:
    """An .xlsx with the chronology, a sheet about the export, and the stamp in header, footer and properties."""
    from openpyxl import Workbook  # type: ignore[import-untyped]

    book = Workbook()
    book.properties.creator = "Heed"
    book.properties.title = f"Export {extract.stamp.number}"
    book.properties.description = plain_cell(extract.stamp.whole())
    sheet = book.active
    sheet.title = "Chronology"
    _fill(sheet, rows(extract))
    sheet.freeze_panes = "A3"
    about = book.create_sheet("About this export")
    _fill(about, ([line] for line in extract.stamp.lines()))
    for each in (sheet, about):
        # & begins a code in headers; the names of people cannot hold one that is obeyed.
        each.oddHeader.center.text = f"Export {extract.stamp.number}: {extract.stamp.by}".replace("&", "&&")
        each.oddFooter.center.text = f"{extract.stamp.at:%d %B %Y}: {extract.stamp.reason}".replace("&", "&&")
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def rows(extract: Extract) -> Iterator[list[str]]:
    """Every row, as text that is safe to open."""
    yield [plain_cell(extract.stamp.whole())]
    yield [*COLUMNS]
    for (document, _), received in zip(extract.records, extract.received, strict=True):
        yield [plain_cell(each) for each in _cells(document, received.isoformat())]
    yield [plain_cell(f"End of export {extract.stamp.number}: {len(extract.records)} records.")]


def _fill(sheet: Any, lines: Iterable[list[str]]) -> None:
    from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]

    for line in lines:
        cells = []
        for text in line:
            cell = WriteOnlyCell(sheet, value="")
            cell.value, cell.data_type = text, "s"  # text, whatever it looks like
            cells.append(cell)
        sheet.append(cells)


def _cells(document: Document, received: str) -> list[object]:
    missing, answer = document.get("missing") or {}, document.get("answer") or {}
    grading = document.get("grading") or {}
    return [
        document.get("happened_from"), document.get("happened_to"), document.get("recorded_at"), received,
        document.get("agency"), document.get("ref"), document.get("revision") or 1, document.get("kind"),
        "; ".join(map(_person, document.get("people") or [])), "; ".join(map(_thing, document.get("things") or [])),
        "; ".join(map(str, document.get("observations") or [])), document.get("text"), document.get("childs_words"),
        missing.get("category"), missing.get("risk"), "; ".join(map(_told, document.get("told") or [])),
        answer.get("decision"), answer.get("reason"), _told(answer.get("by") or {}), grading.get("handling"),
        grading.get("conditions"),
    ]  # fmt: skip


def _person(person: Mapping[str, Any]) -> str:
    names = " ".join(str(person[key]) for key in ("given_names", "family_name") if person.get(key))
    known = ", ".join(map(str, person.get("also_known_as") or []))
    words = names or known or "not named"
    where = ", ".join(str(person[key]) for key in ("address", "postcode") if person.get(key))
    more = [str(person[key]) for key in ("born",) if person.get(key)] + ([where] if where else [])
    part = str(person.get("part") or "").replace("_", " ")
    return f"{part}: {words}" + (f" ({'; '.join(more)})" if more else "")


def _thing(thing: Mapping[str, Any]) -> str:
    spoken = ("name", "address", "postcode", "vrm", "number", "service", "handle", "description")
    part = str(thing.get("part") or thing.get("kind") or "").replace("_", " ")
    return f"{part}: {', '.join(str(thing[key]) for key in spoken if thing.get(key))}"


def _told(person: Mapping[str, Any]) -> str:
    return ", ".join(str(person[key]) for key in ("name", "role", "agency") if person.get(key))
