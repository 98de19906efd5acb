"""The bodies of entries as they were committed to: what is kept beside them, or the record they tell of."""

from collections.abc import Iterator, Sequence

from heed.casework import sealed
from heed.casework.models import Body, Entry, Record
from heed.casework.sealing.rows import text_of
from heed.core.records.canonical import canonical

RECORD_ACT, ERASURE = "collection", "erasure"


def lines(entries: Sequence[Entry], *, everything: bool) -> Iterator[str]:
    """`{"salt", "seq", "text"}` of each entry whose body is there; only of erasures unless `everything` is asked for."""
    wanted = [entry for entry in entries if everything or entry.kind == ERASURE]
    kept = {body.entry_id: body for body in Body.objects.filter(pk__in=[entry.pk for entry in wanted])}
    told = _records([entry for entry in wanted if entry.kind == RECORD_ACT])
    for entry in wanted:
        body = kept.get(entry.pk)
        text = told.get(entry.subject) if entry.kind == RECORD_ACT else body and text_of(body)
        if body is not None and text is not None:
            yield canonical({"seq": entry.seq, "salt": body.salt, "text": text}).decode()


def _records(entries: Sequence[Entry]) -> dict[str, str]:
    named = [entry.subject.partition(":")[2] for entry in entries]
    keys = [int(key) for key in named if key.isascii() and key.isdigit()]
    rows = Record.objects.system("the ledger is written out for whoever verifies it").filter(pk__in=keys)
    found = {}
    for row in rows:
        try:
            found[f"record:{row.pk}"] = sealed.document_of(row)
        except (sealed.Gone, sealed.Unreadable):
            continue
    return found
