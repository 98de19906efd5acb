"""Whom or what somebody asks about: a child or another person, a finding, or what is registered. Which rows speak of it.

Each gives rows by the sources they name of the subject, in every revision; who may read which is asked afterwards.
"""

import json
from collections.abc import Collection

from heed.casework.models import ErasedRecord, Finding, Mention, Registered, Source
from heed.casework.models.records import RecordQuerySet
from heed.casework.sealing.rows import tried_findings
from heed.core.records.explained import Explained
from heed.core.records.sources import source_key
from heed.core.register.moves import Kind

type Hers = dict[int, set[str]]
"""Rows, each with the sources of the subject that it names."""


def of_person(person: str) -> Hers:
    """Every row that names a person, as linked now, and the rows of what was erased of them."""
    return _naming(frozenset(Source.objects.filter(person=person).values_list("key", flat=True)))


def of_finding(id: str) -> Hers:
    """The rows a finding rests on, each with the finding's children that it names. Raises Explained where it cannot be
    opened."""
    row = next(iter(tried_findings(Finding.objects.filter(pk=id))), None)
    if row is None or not row.body:
        raise Explained(
            f"finding {id} cannot be opened, so nothing says what it rests on. Run `heed rebuild`."
        )
    body = json.loads(row.body)
    evidence = {(agency, ref) for agency, ref in body["evidence"]}
    persons = [child["person"] for child in body["children"]]
    sources = Source.objects.filter(person__in=persons).values_list("key", flat=True)
    found: Hers = {}
    columns = ("record_id", "source_id", "record__agency_id", "record__ref")
    for record, source, agency, ref in Mention.objects.naming(sources=list(sources)).values_list(*columns):
        if (agency, ref) in evidence:
            found.setdefault(record, set()).add(source)
    return found


def of_place(thing: str, reference: str, rows: RecordQuerySet) -> Hers:
    """The rows among these that speak of a place, by the keyed hash they share. It stands under its reference."""
    named = rows.filter(things__key=thing).values_list("pk", "agency_id")
    return {row: {source_key((agency, reference))} for row, agency in named}


def of_registered(row: Registered, rows: RecordQuerySet) -> Hers:
    """The rows that speak of what is registered: of a child or a person of concern as linked now, or of a place."""
    if row.kind == Kind.PLACE:
        return of_place(row.thing, row.reference, rows)
    person = Source.objects.filter(key=source_key((row.source_agency, row.source_ref))).values_list(
        "person", flat=True
    )
    return of_person(person.first() or "")


def hers_of(subject: str, rows: RecordQuerySet) -> Hers:
    """The rows that speak of a subject: the id of a person or a finding, or the reference of what is registered.
    Raises Explained for what is not here."""
    if Source.objects.filter(person=subject).exists():
        return of_person(subject)
    if Finding.objects.filter(pk=subject).exists():
        return of_finding(subject)
    row = Registered.objects.filter(reference=subject, kind__in=(Kind.CHILD, Kind.PERSON, Kind.PLACE)).first()
    if row is None:
        raise Explained(
            f"there is nobody {subject} here, and no finding or register page of that name. Give the id in the address "
            "of the page; `heed link --json` lists all people, `heed detect --json` all findings."
        )
    return of_registered(row, rows)


def _naming(sources: Collection[str]) -> Hers:
    found: Hers = {}
    for record, source in Mention.objects.naming(sources=sources).values_list("record_id", "source_id"):
        found.setdefault(record, set()).add(source)
    for record, source in ErasedRecord.objects.filter(source__in=sources).values_list("record_id", "source"):
        found.setdefault(record, set()).add(source)
    return found
