"""Missing episodes back as the table `Missing` of the council's return of children looked after (SSDA903)."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from heed.core.records.cells import is_live
from heed.core.records.kinds import Part
from heed.core.records.record import Document
from heed.core.records.when import Precision, parse_when
from heed.core.review.thirdparties import ANOTHER_CHILD
from heed.formats.dates import LONDON
from heed.formats.leaving.stamp import Extract

COLUMNS = ("CHILD", "DOB", "MISSING", "MIS_START", "MIS_END")
CODES = {"missing": "M", "away_without_authorisation": "A"}
HIDDEN = {"part": Part.CHILD, "given_names": ANOTHER_CHILD}
"""A child who is not a subject of the export, as a record that leaves tells of her."""
NOT_ASKED_FOR = "no child in it is who was asked for"
MEND = "Ask for a new revision, or add the row by hand."
type Row = tuple[str, ...]


def as_missing_table(extract: Extract) -> bytes:
    """One row an episode with a category the return knows; an open one has an empty end. What has no place in it is
    told by `set_aside`, and no cell is a formula. The return has no place for a stamp: the ledger holds it, and the
    file's companion."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    found = {row for document, _ in extract.records for row in _told(document) if isinstance(row, tuple)}
    for row in sorted(found):
        writer.writerow(row)
    return text.getvalue().encode()


def set_aside(extract: Extract) -> list[str]:
    """A sentence for each episode that is not in the table, or stands there with an empty cell, by its agency,
    reference and revision. An empty start is no row of the return, and an empty end would say that she is still away.
    """
    return [
        f"{document['agency']} {document['ref']} r{document.get('revision') or 1}: {why}"
        for document, _ in extract.records
        for why in _told(document)
        if isinstance(why, str)
    ]


def _told(document: Document) -> Iterator[Row | str]:
    """The rows of a record, and in words why there is none, or what is missing in one."""
    if document.get("kind") != "missing":
        return
    children = _children(document)
    why = _why_not(document) if children else NOT_ASKED_FOR
    if why:
        yield f"set aside, because {why}. {MEND}"
        return
    code = CODES[document["missing"]["category"]]
    start, end = _day(document.get("happened_from")), _day(document.get("happened_to"))
    for place, child in children:
        if unfit := _unfit(child):
            yield f"the child who is person {place} in it is set aside, because {unfit}. {MEND}"
            continue
        born = _day(child.get("born"))
        yield (str(child["ref"]), born, code, start, end)
        if not born:
            yield "its row has no date of birth, which is not known to the day."


def _children(document: Document) -> list[tuple[int, Mapping[str, Any]]]:
    """Who was missing, by their place among the people of the record, from 1: without the children who were not asked
    for, of whom nothing leaves."""
    people = enumerate(document.get("people") or [], start=1)
    return [(place, each) for place, each in people if each.get("part") == Part.CHILD and each != HIDDEN]


def _unfit(child: Mapping[str, Any]) -> str:
    """Why a child has no row; empty where there is one. The table is no place for a guard before what a spreadsheet
    would run: it would be another reference. None of an agency's own begins like that."""
    ref = str(child.get("ref") or "")
    if not ref.strip():
        return "the agency gave no reference for that child"
    if is_live(ref) or not ref.isprintable():
        return "what the agency gave as a reference begins like a formula, or cannot be printed"
    return ""


def _why_not(document: Document) -> str:
    """Why no child of it has a row; empty where they may have."""
    start, end = document.get("happened_from"), document.get("happened_to")
    if (document.get("missing") or {}).get("category") not in CODES:
        return "the return has no code for its category"
    if not _day(start):
        return "the day it began is not known"
    if end and not _day(end):
        return "the day it ended is not known, and without one it would stand as open"
    return ""


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
