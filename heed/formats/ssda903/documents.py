"""Rows of the return as records: days stay days, a blank end stays open, the row as sent is kept beside."""

from collections.abc import Iterator
from typing import Any

from heed.core.records.record import Document
from heed.formats.ssda903.days import CollectionYear, day
from heed.formats.ssda903.returned import Entry, Returned
from heed.formats.ssda903.tables import EPISODES, HEADER, MISSING, meaning

CATEGORIES = {"M": "missing", "A": "away_without_authorisation"}
FOLDED = ("CHILD", "DOB", "SEX", "ETHNIC", "UPN", "MOTHER", "MC_DOB")
"""Columns that are in the people of a record, or in no record at all."""
ADOPTION = frozenset({"A3", "A4", "A5", "A6"})
OF_A_PLACEMENT = ("PL_POST", "URN")


def document(entry: Entry, returned: Returned, agency: str, year: CollectionYear) -> Document:
    """The record one row becomes. A later year or submission supersedes."""
    table, cells = entry.table, _cells(entry)
    start, end = (day(cells[name]) if name else None for name in (table.start, table.end))
    whole: Document = {
        "v": 1,
        "agency": agency,
        "ref": returned.refs[entry.at],
        "revision": year.revision,
        "kind": table.becomes or "care",
    }
    if not (table.start or table.end):
        start, end = year.start, year.end
    elif start and not table.end:
        end = start
    if start:
        whole["happened_from"] = start.isoformat()
    if end:
        whole["happened_to"] = end.isoformat()
    whole |= {"recorded_at": year.recorded_at, "people": list(_people(entry, returned, year))}
    things = list(_things(cells))
    if things:
        whole["things"] = things
    whole["text"] = _text(entry, year)
    if table.name == MISSING and cells["MISSING"] in CATEGORIES:
        whole["missing"] = {"category": CATEGORIES[cells["MISSING"]]}
    row = {name: value for name, value in cells.items() if value and name not in FOLDED}
    whole["extra"] = {"ssda903": {"collection_year": year.name, "table": table.name, "row": row}}
    return whole


def notes(entry: Entry, returned: Returned, year: CollectionYear) -> Iterator[str]:
    """What the sender should know about a row that goes in all the same."""
    for coded in entry.table.codes:
        value = entry.cells[coded]
        if value and meaning(coded, value, year.ending) is None:
            yield f"code: {coded} {value} is no code of {year.name}; it is kept as sent"
    # On Missing, the Department's own rules 1004 and 1005 say it of the start and the end.
    spoken_for = entry.table.name == MISSING
    for dated in ("DOB",) if spoken_for else (entry.table.start, entry.table.end, "DOB"):
        if dated and entry.cells.get(dated) and not day(entry.cells[dated]):
            yield f"not a date: {dated} is not dd/mm/yyyy; it is kept as sent and read as not known"
    if entry.cells.get("PLACE") in ADOPTION:
        yield "adoption: where a child placed for adoption lives is not taken in"
    births, told = returned.births(entry.child), day(entry.cells.get("DOB", ""))
    if told and births and told not in births:
        yield "date of birth: differs from the one in Header; both are kept"


def notes_on_child(child: str, returned: Returned) -> Iterator[str]:
    """What is to be said once of a child, on the first record."""
    if not returned.rows(HEADER, child):
        yield "not in Header: the child has rows in other tables only"
    if len(returned.births(child)) > 1:
        yield "dates of birth: Header gives this child more than one; all are kept"


def _cells(entry: Entry) -> dict[str, str]:
    """The cells, without what would lead to a child's adoptive family."""
    if entry.table.name == EPISODES and entry.cells["PLACE"] in ADOPTION:
        return {**entry.cells, **dict.fromkeys(OF_A_PLACEMENT, "")}
    return entry.cells


def _people(entry: Entry, returned: Returned, year: CollectionYear) -> Iterator[dict[str, Any]]:
    """The child; in a social worker's row the social worker too, whose number is kept apart from children's."""
    yield _child(entry, returned, year)
    if entry.cells.get("SW_ID"):
        yield {"ref": f"sw/{entry.cells['SW_ID']}", "part": "professional"}


def _child(entry: Entry, returned: Returned, year: CollectionYear) -> dict[str, Any]:
    """The child with what Header says of her: born, sex, pupil number. Ethnicity is not taken in."""
    header = next(iter(returned.rows(HEADER, entry.child)), None)
    births = returned.births(entry.child)
    born = day(entry.cells.get("DOB", "")) or (births[0] if births else None)
    child: dict[str, Any] = {"ref": entry.child, "part": "child"}
    if born:
        child["born"] = born.isoformat()
    sex = meaning("SEX", header.cells["SEX"], year.ending) if header else None
    if sex:
        child["sex"] = sex
    upn = header.cells["UPN"] if header else ""
    if upn and not upn.startswith("UN"):
        child["ids"] = {"upn": upn}
    if entry.cells.get("HOME_POST"):
        child["postcode"] = entry.cells["HOME_POST"]
    others = [each.isoformat() for each in births if each != born]
    more = {"also_born": others, "upn_unknown": upn if upn and "ids" not in child else ""}
    if any(more.values()):
        child["extra"] = {key: value for key, value in more.items() if value}
    return child


def _things(cells: dict[str, str]) -> Iterator[dict[str, str]]:
    """The placement as premises, known by its postcode and its Ofsted number."""
    postcode, urn = cells.get("PL_POST", ""), cells.get("URN", "")
    if postcode or urn:
        place = {
            "kind": "premises",
            "part": "placed_at",
            "postcode": postcode,
            "name": f"URN {urn}" if urn else "",
        }
        yield {key: value for key, value in place.items() if value}


def _text(entry: Entry, year: CollectionYear) -> str:
    """The codes of a row in words, for whoever reads the chronology."""
    table = entry.table
    if table.name == HEADER:
        return f"In the council's return of children looked after for {year.name}, with no other row in it."
    coded = ((words, column, entry.cells[column]) for column, words in table.codes.items())
    sentences = [
        f"{words}: {meaning(column, code, year.ending) or code}." for words, column, code in coded if code
    ]
    return " ".join([table.text, *sentences]).strip() or f"A row of the table {table.name}."
