"""Everything computed, computed again: written anew, or only compared with what is kept.

Kept truth is never touched: records, ledger, verdicts, duties. Computed: the columns of records, mentions,
things, sources and links, the warehouse file, the findings.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import batched

from django.db import transaction
from django.db.models import Max

from heed.casework import sealed, supply
from heed.casework.actions.rows import PART, hashed_key
from heed.casework.columns import columns
from heed.casework.linking import expected_links, kept_links, link_all
from heed.casework.models import Finding, Mention, Record, Source, ThingSeen
from heed.casework.noticing import notice, notice_history
from heed.casework.policy.thresholds import read_thresholds
from heed.casework.sealing.rows import tried_findings
from heed.core.records.reading import parse
from heed.core.records.record import Record as Read
from heed.core.records.sources import source_key, source_of
from heed.warehouse.build import Warehouse, in_memory
from heed.warehouse.detect import detect
from heed.warehouse.facts import TABLES

type Say = Callable[[str], None]
WHY = "rebuild: everything computed is held against its record"
MOST_NAMED = 50
AT_ONCE = 2000


def rebuild(now: datetime, say: Say) -> None:
    """Write everything computed again, from the records and the verdicts."""
    say("Reading the people and things of every record again")
    _write_rows()
    say("Linking")
    link_all(now, say)
    say("Building the warehouse")
    supply.rebuild()
    say("Noticing")
    notice_history(now, say)
    notice(now)


def differences(say: Say) -> Iterator[str]:
    """Each difference between what is kept and what the records make of it, named by record, source or finding."""
    say("Columns, people and things of every record")
    yield from _rows()
    say("Sources and links")
    expected, kept = expected_links(), kept_links()
    for name, rows in expected.items():
        yield from _sets(name, rows, kept[name])
    say("The warehouse")
    fresh = in_memory(supply.facts())
    yield from _warehouse(fresh)
    say("Findings")
    yield from _findings(fresh)


def _documents(shut: list[Record]) -> Iterator[tuple[Record, Read]]:
    """Every record that can be opened; `shut` is given those that cannot."""
    rows = Record.objects.system(WHY).exclude(document="").order_by("pk").iterator(chunk_size=AT_ONCE)
    for some in batched(rows, AT_ONCE):
        for row, told in zip(some, sealed.opened(some), strict=True):
            if told is None:
                shut.append(row)
                continue
            reading = parse(json.loads(told))
            if reading.record is not None:
                yield row, reading.record


def _mentions(row: int, record: Read) -> list[tuple[int, int, str, str]]:
    return [(row, p.position, str(p.part), source_key(source_of(record, p))) for p in record.people]


def _things(row: int, record: Read) -> list[tuple[int, int, str, str, str]]:
    return [
        (
            row,
            t.position,
            str(t.kind),
            (t.part or "")[:PART],
            hashed_key(t),
        )
        for t in record.things
    ]


@transaction.atomic
def _write_rows() -> None:
    """Mentions and things, from the documents. Sources stay: linking writes them."""
    mentions: list[Mention] = []
    things: list[ThingSeen] = []
    shut: list[Record] = []
    for row, record in _documents(shut):
        mentions += [
            Mention(record_id=r, position=p, part=part, source_id=s)
            for r, p, part, s in _mentions(row.pk, record)
        ]
        things += [
            ThingSeen(record_id=r, position=p, kind=kind, part=part, key=key)
            for r, p, kind, part, key in _things(row.pk, record)
        ]
    known = set(Source.objects.values_list("key", flat=True))
    # What is known of a record that cannot be opened stays as it is: it may be opened again with an older keyring.
    left = [row.pk for row in shut]
    Mention.objects.system(WHY).exclude(record__in=left).delete()
    ThingSeen.objects.system(WHY).exclude(record__in=left).delete()
    Mention.objects.system(WHY).bulk_create([m for m in mentions if m.source_id in known], batch_size=2000)
    ThingSeen.objects.system(WHY).bulk_create(things, batch_size=2000)


def _rows() -> Iterator[str]:
    mentions: set[tuple[object, ...]] = set()
    things: set[tuple[object, ...]] = set()
    shut: list[Record] = []
    for row, record in _documents(shut):
        computed = columns(record.document)
        for name in ("ref", "revision", "kind", "happened_from", "happened_to", "recorded_at", "agency_id"):
            if getattr(row, name) != getattr(computed, name):
                yield f"record {row}: column {name} is not what its document says"
        mentions.update(_mentions(row.pk, record))
        things.update(_things(row.pk, record))
    for row in shut:
        yield f"record {row}: cannot be opened: nothing computed from it can be compared"
    left = [row.pk for row in shut]
    kept = (
        Mention.objects.system(WHY)
        .exclude(record__in=left)
        .values_list("record_id", "position", "part", "source_id")
    )
    yield from _sets("mention", mentions, set(kept.iterator()))
    seen = (
        ThingSeen.objects.system(WHY)
        .exclude(record__in=left)
        .values_list("record_id", "position", "kind", "part", "key")
    )
    yield from _sets("thing", things, set(seen.iterator()))


def _sets(name: str, expected: set[tuple[object, ...]], kept: set[tuple[object, ...]]) -> Iterator[str]:
    """Rows on one side only, named by their first two columns: never by what they say of a child."""
    for row in sorted(expected - kept, key=repr)[:MOST_NAMED]:
        yield f"{name} {_named(row)}: missing, or not what the records say"
    for row in sorted(kept - expected, key=repr)[:MOST_NAMED]:
        yield f"{name} {_named(row)}: kept, but the records do not say so"


def _named(row: tuple[object, ...]) -> str:
    return " ".join(str(part) for part in row[:2]) if isinstance(row[0], int) else str(row[0])


def _warehouse(fresh: Warehouse) -> Iterator[str]:
    """The file with its live tail against facts read anew."""
    if not supply.file().exists():
        return
    house = supply.warehouse()
    try:
        for name, shape in TABLES.items():
            listed = ", ".join(column for column, _ in shape)
            text = f"select {listed} from {name}"  # noqa: S608 - names from the table of facts
            yield from _sets(f"warehouse {name}", set(fresh.rows(text)), set(house.rows(text)))
    finally:
        house.close()


def _findings(fresh: Warehouse) -> Iterator[str]:
    """Every finding's columns and children against its line; what stood at the last noticing against the records."""
    for row in tried_findings(Finding.objects.order_by("pk").prefetch_related("children")):
        if not _is_its_line(row):
            yield f"finding {row.pk}: its columns or its children are not what its own line says"
    day = Finding.objects.aggregate(last=Max("as_of"))["last"]
    if day is None:
        return
    found = {finding.finding: finding for finding in detect(fresh, day, read_thresholds())}
    kept = {row.pk: row for row in tried_findings(Finding.objects.filter(as_of=day))}
    yield from _named_findings("missing", set(found) - set(kept))
    yield from _named_findings("kept, but it does not stand", set(kept) - set(found))
    for name in sorted(set(found) & set(kept)):
        if _timeless(found[name].kept()) != _timeless(kept[name].body):
            yield f"finding {name}: not what the records make of it"


def _is_its_line(row: Finding) -> bool:
    try:
        body = json.loads(row.body)
        said = [
            body[name] for name in ("finding", "detector", "version", "statement", "strength", "first_raised")
        ]
        people = sorted(child["person"] for child in body["children"])
    except (ValueError, KeyError, TypeError):
        return False
    kept = [row.pk, row.detector, row.version, row.statement, row.strength, row.first_raised.isoformat()]
    return said == kept and people == sorted(child.person for child in row.children.all())


def _named_findings(words: str, names: Iterable[str]) -> Iterator[str]:
    for name in sorted(names):
        yield f"finding {name}: {words}"


def _timeless(line: str) -> dict[str, object]:
    """A finding without the day it was first raised, which is kept for ever once written."""
    return {key: value for key, value in json.loads(line or "{}").items() if key != "first_raised"}
