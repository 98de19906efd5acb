"""What people agreed that a record's text names: computed from the text whenever it is counted or shown.

An agreement holds only where something was read; the words stand in the record alone and go with it. The newest word
on a place stands.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from heed.casework import sealed
from heed.casework.models import Agreement, Record
from heed.core.language.named import KINDS, thing_of
from heed.core.records.record import Document

AGREED, DECLINED = "agreed", "declined"
type Where = tuple[str, int, int, str]
"""Which text of the record, from which character to which, and the kind."""


def texts_of(document: Mapping[str, Any]) -> dict[str, str]:
    """The texts of a record in which things are read, by their place: its own text, and what was pasted into it."""
    found = {"text": document.get("text")}
    pasted = (document.get("extra") or {}).get("pasted")
    if isinstance(pasted, list):
        for number, each in enumerate(pasted):
            found[f"pasted:{number}"] = each.get("text") if isinstance(each, dict) else None
    return {place: text for place, text in found.items() if isinstance(text, str) and text}


def standing(rows: Iterable[Agreement]) -> dict[int, dict[Where, Agreement]]:
    """The newest word on each place of each record. `rows` come oldest first."""
    found: dict[int, dict[Where, Agreement]] = {}
    for row in rows:
        found.setdefault(row.record_id, {})[(row.place, row.start, row.end, row.kind)] = row
    return found


def said_of(records: Iterable[int]) -> dict[int, dict[Where, Agreement]]:
    """What was said of these records' texts, as it stands."""
    return standing(Agreement.objects.filter(record__in=list(records)).select_related("by").order_by("pk"))


def agreed_in(document: Document, said: Mapping[Where, Agreement]) -> list[Document]:
    """The things of a document that stand agreed, in the order of the text."""
    texts = texts_of(document)
    return [
        thing_of(kind, texts[place], start, end)
        for (place, start, end, kind), row in sorted(said.items())
        if row.said == AGREED and kind in KINDS and place in texts and end <= len(texts[place])
    ]


def agreed_things() -> Iterator[tuple[int, list[Document]]]:
    """Every record with the things agreed in its text, for the warehouse. Erased and withheld records are left out."""
    said = standing(Agreement.objects.order_by("pk"))
    rows = Record.objects.system("the warehouse counts what people agreed a text names").counted()
    for key, text in sealed.documents(rows.filter(pk__in=list(said)).order_by("pk"), "pk"):
        things = agreed_in(_document(text), said[key])
        if things:
            yield key, things


def _document(text: str) -> Document:
    document: Document = json.loads(text)
    return document
