"""Putting together what leaves the house: which records, about whom, checked for third parties, stamped."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched

from heed.casework import sealed
from heed.casework.actions.exporting import Asked, take_out
from heed.casework.models import Finding, Mention, Professional
from heed.casework.models.records import RecordQuerySet
from heed.casework.policy.exports import read_exports
from heed.casework.sealing.rows import tried_findings
from heed.core.records.explained import Explained
from heed.core.review.thirdparties import CHILDREN, leaving
from heed.formats.leaving import graph, missing_table, tables
from heed.formats.leaving.stamp import Extract, Stamp


@dataclass(frozen=True, slots=True)
class Format:
    """A format in which records leave: the end of the file's name, its media type, and how it is written."""

    ending: str
    media_type: str
    write: Callable[[Extract], bytes]
    whole: bool = True
    """Whether it has a place for the stamp."""
    of_one_agency: bool = False
    """Whether it gives one agency's own references, and nobody else's."""
    set_aside: Callable[[Extract], list[str]] | None = None
    """What it has no place for, a sentence each."""


FORMATS: Mapping[str, Format] = {
    "csv": Format("csv", "text/csv; charset=utf-8", tables.as_csv),
    "xlsx": Format(
        "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", tables.as_workbook
    ),
    "graphml": Format("graphml", "application/graphml+xml", graph.as_graphml),
    "followthemoney": Format("ftm.jsonl", "application/jsonl", graph.as_entities),
    "links": Format("links.csv", "text/csv; charset=utf-8", graph.as_links),
    "ssda903-missing": Format(
        "missing.csv",
        "text/csv; charset=utf-8",
        missing_table.as_missing_table,
        whole=False,
        of_one_agency=True,
        set_aside=missing_table.set_aside,
    ),
}
AT_ONCE = 1000
SOMEBODY_HERE = "whoever runs this Heed, on the command line"


@dataclass(frozen=True, slots=True)
class Scope:
    """What an export is about: one of a child, the children of a finding, or an agency; or a child as one agency
    knows her."""

    child: str = ""
    finding: str = ""
    agency: str = ""

    @property
    def subject(self) -> str:
        """As the ledger names it."""
        return self.child or (f"finding:{self.finding}" if self.finding else f"agency:{self.agency}")

    @property
    def words(self) -> str:
        """As the stamp names it: never by a name."""
        if self.child:
            return f"child {self.child}" + (f" in the records of {self.agency}" if self.agency else "")
        return f"finding {self.finding}" if self.finding else f"the records of {self.agency}"


@dataclass(frozen=True, slots=True)
class Taken:
    """A file on its way out."""

    number: int
    content: bytes
    ending: str
    media_type: str
    stamp: Stamp
    carries_stamp: bool
    set_aside: tuple[str, ...] = ()
    """What is not in it, and why: a sentence each."""
    shut: tuple[str, ...] = ()
    """Records that could not be opened, by agency, reference and revision: they are not in it either."""


def take(
    *, scope: Scope, asked: Asked, rows: RecordQuerySet, by: Professional | None, now: datetime
) -> Taken:
    """Write the entry, then the file. `rows` are the records whoever takes them out may see.

    Only current records that count leave; one that cannot be opened is named and left out. Raises Explained for an
    unknown format, reason or scope, and for nothing.
    """
    if asked.format not in FORMATS:
        raise Explained(f"there is no format {asked.format!r} to take out; there are: {', '.join(FORMATS)}.")
    format_ = FORMATS[asked.format]
    _check(format_, scope, asked)
    chosen, persons = _chosen(scope, rows)
    keys = list(chosen.values_list("pk", flat=True))
    if not keys:
        raise Explained(f"there is no record of {scope.words} to take out.")
    entry = take_out(asked=asked, records=keys, by=by, now=now)
    shut: list[str] = []
    records, received, handling = _records(chosen, persons, asked, shut)
    stamp = Stamp(
        number=entry.seq,
        by=f"{by.name}, {by.role}, {by.agency.name}" if by else SOMEBODY_HERE,
        at=now,
        reason=read_exports().reasons[asked.reason],
        purpose=asked.purpose.strip(),
        about=scope.words,
        left_out=_left_out(asked, len(shut)),
        handling="; ".join(sorted(handling)),
    )
    extract = Extract(stamp, records, received)
    content = format_.write(extract)
    aside = tuple(format_.set_aside(extract)) if format_.set_aside else ()
    return Taken(
        entry.seq, content, format_.ending, format_.media_type, stamp, format_.whole, aside, tuple(shut)
    )


def _check(format_: Format, scope: Scope, asked: Asked) -> None:
    if format_.of_one_agency and not scope.agency:
        raise Explained(
            f"{asked.format} is one agency's own return, by its own references: name the agency with --agency CODE; "
            "--child PERSON beside it takes one child alone."
        )
    if format_.of_one_agency and (asked.others or asked.addresses):
        raise Explained(
            f"{asked.format} has no place for other people or addresses: leave --others and --addresses out."
        )


def _chosen(scope: Scope, rows: RecordQuerySet) -> tuple[RecordQuerySet, set[str] | None]:
    """The current records in the scope, in order of when they were recorded, and whose they are; None: of the
    children in each."""
    persons: set[str] | None = None
    if scope.child:
        persons = {scope.child}
        rows = rows.filter(pk__in=Mention.objects.naming(person=scope.child).values("record"))
        rows = rows.filter(agency=scope.agency) if scope.agency else rows
    elif scope.finding:
        row = next(iter(tried_findings(Finding.objects.filter(pk=scope.finding))), None)
        if row is None:
            raise Explained(f"there is no finding {scope.finding} here.")
        if not row.body:
            raise Explained(
                f"finding {scope.finding} cannot be opened, so nothing says what it rests on. Run `heed rebuild`, which "
                "computes it again from the records, and `heed ledger verify`."
            )
        body = json.loads(row.body)
        persons = {child["person"] for child in body["children"]}
        refs = {ref for _, ref in body["evidence"]}
        named = {(agency, ref) for agency, ref in body["evidence"]}
        found = rows.filter(ref__in=refs).values_list("pk", "agency_id", "ref")
        rows = rows.filter(pk__in=[pk for pk, agency, ref in found if (agency, ref) in named])
    else:
        rows = rows.filter(agency=scope.agency)
    return rows.current().order_by("recorded_at", "pk"), persons


def _records(
    chosen: RecordQuerySet, persons: Collection[str] | None, asked: Asked, shut: list[str]
) -> tuple[list[tuple[dict, list[str]]], list[datetime], set[str]]:
    records, received, handling = [], [], set()
    for some in batched(chosen.exclude(document="").iterator(chunk_size=AT_ONCE), AT_ONCE):
        who = _who([row.pk for row in some])
        for row, line in zip(some, sealed.opened(some), strict=True):
            if line is None:
                shut.append(str(row))
                continue
            document = json.loads(line)
            ids = who.get(row.pk, [])
            subjects = _subjects(document, ids, persons)
            records.append(
                (leaving(document, subjects, others=bool(asked.others), addresses=bool(asked.addresses)), ids)
            )
            received.append(row.received_at)
            handling |= _handling(document)
    return records, received, handling


def _who(keys: Sequence[int]) -> dict[int, list[str]]:
    """The person at each position of each record."""
    found: dict[int, list[str]] = {}
    mentions = Mention.objects.of(keys).order_by("record", "position")
    for record, person in mentions.values_list("record_id", "source__person"):
        found.setdefault(record, []).append(person)
    return found


def _subjects(document: dict, ids: Sequence[str], persons: Collection[str] | None) -> set[int]:
    people = document.get("people") or []
    if persons is None:
        return {place for place, person in enumerate(people) if person.get("part") == "child"}
    return {
        place
        for place, id in enumerate(ids)
        if id in persons and place < len(people) and people[place].get("part") in CHILDREN
    }


def _handling(document: dict) -> set[str]:
    grading = document.get("grading") or {}
    if not grading.get("handling") and not grading.get("conditions"):
        return set()
    words = " ".join(str(each) for each in (grading.get("handling"), grading.get("conditions")) if each)
    return {f"{words} ({document['agency']} {document['ref']})"}


def _left_out(asked: Asked, shut: int) -> str:
    """What is not in it. How many could not be opened travels with the file: it is read where nobody can ask."""
    others = (
        f"Other people are named, because: {asked.others.strip()}."
        if asked.others
        else "Other people are told by initials, or as another child; read free text before you pass it on."
    )
    addresses = (
        f"Home addresses are in it, because: {asked.addresses.strip()}."
        if asked.addresses
        else "Where people live is left out."
    )
    if not shut:
        return f"{others} {addresses}"
    many = "1 record that cannot be opened is" if shut == 1 else f"{shut} records that cannot be opened are"
    return f"{others} {addresses} {many} not in it."
