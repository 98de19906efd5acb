"""What an erasure takes out, table by table, inside its transaction: the only place that changes what is kept."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import batched

from django.db import connection
from django.db.models import Q

from heed.casework import sealed
from heed.casework.actions import packing, signifying
from heed.casework.actions.register import erasing as registered
from heed.casework.attachments import erasing as files
from heed.casework.linking.live import unlink_sources
from heed.casework.models import (
    Duty,
    DutyStep,
    Entry,
    ErasureRequest,
    Finding,
    FindingChild,
    Introduction,
    IntroductionAnswer,
    Mention,
    Record,
    ThingSeen,
    Verdict,
    VerdictStep,
)
from heed.casework.quality import erasing as sampled
from heed.casework.sealing import box, whose
from heed.casework.sealing.keyring import keyring
from heed.casework.sealing.renewing import renew
from heed.casework.sealing.rows import FINDINGS, sources_of, tried_findings

WHY = "erasing by order, agreed by two people"
CHILD = "child"
AT_ONCE = 500
TAKEN_WITH_RECORDS: list[Callable[[Collection[int]], list[int]]] = [
    files.empty,
    sampled.empty,
    signifying.empty,
    packing.empty,
]
"""What else goes with record rows: each empties its own tables and gives the entries that committed to them."""


def overwrite_what_is_removed() -> None:
    """On SQLite what is removed is overwritten, not only forgotten. Before the transaction, or it does nothing."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("pragma secure_delete = on")


def meant(request: ErasureRequest) -> tuple[list[Record], tuple[tuple[str, str], ...]]:
    """The rows a request is about, and the names of records of other children that mention this child."""
    rows = Record.objects.system(WHY).exclude(document="")
    if request.scope != CHILD:
        return list(rows.filter(agency=request.agency_id, ref=request.ref).order_by("pk")), ()
    sources = set(sources_of(request))
    owners = {whose.source(key) for key in sources}
    found, elsewhere = [], []
    for some in batched(sorted(_mentioning(sources)), AT_ONCE):
        kept = list(rows.filter(pk__in=some).order_by("pk"))
        for row, owner in zip(kept, _owners(kept), strict=True):
            if owner in owners:
                found.append(row)
            else:
                elsewhere.append((row.agency_id, row.ref))
    return found, tuple(sorted(set(elsewhere)))


def children_of(rows: Iterable[Record]) -> set[str]:
    """The sources of every child in these records."""
    found: set[str] = set()
    for some in batched((row.pk for row in rows), AT_ONCE):
        found.update(Mention.objects.of(some).filter(part=CHILD).values_list("source_id", flat=True))
    return found


def owners_of(rows: Sequence[Record]) -> dict[int, str]:
    """The source of the first child in each record, by its row; empty where there is none."""
    owners = (owner.partition(" ") for owner in _owners(rows))
    return {
        row.pk: name if what == "source" else "" for row, (what, _, name) in zip(rows, owners, strict=True)
    }


def keys_of(rows: Sequence[Record], sources: Collection[str]) -> list[str]:
    """The keys to destroy: of these records, of the child, and of whatever was computed from what they say."""
    ring = keyring()
    mentioned = _sources_in([row.pk for row in rows])
    owners = [whose.source(key) for key in {*sources, *mentioned}]
    return sorted({*_keys_named(rows), *ring.all_of([*owners, FINDINGS])})


def take_out(rows: Sequence[Record], sources: Collection[str], now: datetime) -> list[int]:
    """Empty the rows and all that repeats or was computed from them; gives the entries whose bodies are gone."""
    keys = [row.pk for row in rows]
    names = {(row.agency_id, row.ref) for row in rows}
    mentioned = _sources_in(keys)
    seqs = _entries("collection", (f"record:{key}" for key in keys))
    seqs += _words_of_duties(keys)
    seqs += _verdicts(sources)
    seqs += registered.empty(sources)
    seqs += registered.empty_copied(names)
    for take in TAKEN_WITH_RECORDS:
        seqs += take(keys)
    _run("delete from casework_body where entry_id = %s", seqs)
    _run(
        "update casework_record set document = '', digest = '', happened_from = null, happened_to = null where id = %s",
        keys,
    )
    for some in batched(keys, AT_ONCE):
        Mention.objects.of(some).delete()
        ThingSeen.objects.of(some).delete()
    _findings(names, keys)
    _unlink(mentioned | set(sources), now)
    return sorted(set(seqs))


def seal_the_rest_again(keys: Collection[str]) -> None:
    """Whatever else stands under the keys that go is sealed under new ones."""
    renew(keys)


def _owners(rows: Sequence[Record]) -> list[str]:
    """Whose key each record stands under. One that cannot be opened is whose the child is that was read in it first:
    somebody who tampers with a row does not keep it, or its neighbours, from being erased."""
    return [
        _mentioned_first(row) if line is None else whose.document(json.loads(line))
        for row, line in zip(rows, sealed.opened(rows), strict=True)
    ]


def _mentioned_first(row: Record) -> str:
    children = Mention.objects.of([row.pk]).filter(part=CHILD).order_by("position")
    first = children.values_list("source_id", flat=True).first()
    return whose.source(first) if first else whose.agency(row.agency_id)


def _keys_named(rows: Iterable[Record]) -> Iterator[str]:
    for row in rows:
        try:
            yield box.key_of_text(row.document)
        except sealed.Unreadable:
            continue


def _mentioning(sources: Collection[str]) -> set[int]:
    found: set[int] = set()
    for some in batched(sorted(sources), AT_ONCE):
        found.update(Mention.objects.system(WHY).filter(source__in=some).values_list("record_id", flat=True))
    return found


def _sources_in(rows: Collection[int]) -> set[str]:
    found: set[str] = set()
    for some in batched(sorted(rows), AT_ONCE):
        found.update(Mention.objects.of(some).values_list("source_id", flat=True))
    return found


def _words_of_duties(records: Collection[int]) -> list[int]:
    """What was said in duties about these records. Who owed an answer, when, and what was decided stays."""
    duties: dict[int, str] = {}
    for some in batched(records, AT_ONCE):
        duties.update(Duty.objects.filter(record__in=some).values_list("pk", "reference"))
    for some in batched(duties, AT_ONCE):
        steps = DutyStep.objects.filter(duty__in=some).exclude(words="")
        _run(
            "update casework_dutystep set words = '' where id = %s", list(steps.values_list("pk", flat=True))
        )
    return _entries("duty", (f"duty:{reference}" for reference in duties.values()))


def _verdicts(sources: Collection[str]) -> list[int]:
    """Why somebody took this child for the same as another, or not; and what was said to that by others."""
    seqs: list[int] = []
    for some in batched(sorted(sources), AT_ONCE):
        either = Q(left__in=some) | Q(right__in=some)
        said = set(Verdict.objects.filter(either).values_list("pk", flat=True))
        steps = set(VerdictStep.objects.filter(verdict__in=said).values_list("pk", flat=True))
        met = Introduction.objects.filter(either)
        answers = set(IntroductionAnswer.objects.filter(introduction__in=met).values_list("pk", flat=True))
        _run("update casework_verdict set reason = '' where id = %s", said)
        _run("update casework_verdictstep set reason = '' where id = %s", steps)
        _run("update casework_introductionanswer set reason = '' where id = %s", answers)
        subjects = [f"verdict:{key}" for key in said]
        subjects += [f"verdict_step:{key}" for key in steps]
        subjects += [f"introduction_answer:{key}" for key in answers]
        seqs += _entries("combination", subjects)
    return sorted(set(seqs))


def _entries(kind: str, subjects: Iterable[str]) -> list[int]:
    """The entries about these subjects whose bodies are still there."""
    found: list[int] = []
    for some in batched(subjects, AT_ONCE):
        told = Entry.objects.filter(kind=kind, subject__in=some, body__isnull=False)
        found += told.values_list("seq", flat=True)
    return found


def _findings(names: set[tuple[str, str]], records: Collection[int]) -> None:
    """Findings that rest on what is gone. Those that still stand without it are noticed again at once."""
    gone = [
        row.pk
        for row in tried_findings(Finding.objects.all())
        if not row.body or names & {(agency, ref) for agency, ref in json.loads(row.body)["evidence"]}
    ]
    FindingChild.objects.filter(finding__in=gone).delete()
    Finding.objects.filter(pk__in=gone).delete()


def _unlink(sources: Collection[str], now: datetime) -> None:
    """Sources that no record mentions any more go, with their keys and links; their neighbours are linked again."""
    left: set[str] = set()
    for some in batched(sorted(sources), AT_ONCE):
        left.update(Mention.objects.system(WHY).filter(source__in=some).values_list("source_id", flat=True))
    unlink_sources(set(sources) - left, left, now)


def _run(sql: str, keys: Iterable[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(sql, [(key,) for key in keys])
