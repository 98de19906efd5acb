"""Files held against the ledger: none missing, none altered, none without its entry."""

import json
from collections.abc import Iterator
from typing import Protocol

from heed.casework import sealed
from heed.casework.attachments.storing import committed, label_at, opened_content
from heed.casework.keeping import Fault
from heed.casework.models import Attachment, AttachmentBody, Body, Entry

ACT = "attachment"
CHUNK = 500


class Covering(Protocol):
    """What says which entries' bodies were lawfully destroyed."""

    def covers(self, seq: int) -> bool: ...


def attachment_faults(erasures: Covering) -> Iterator[Fault]:
    """Every file against the entry that commits to it, one in memory at a time, and both ways round."""
    told: set[str] = set()
    rows = Entry.objects.filter(kind=ACT).order_by("seq").values_list("seq", "subject", "agency_id")
    for seq, subject, _ in rows.iterator(chunk_size=CHUNK):
        key = subject.partition(":")[2]
        if key in told:
            yield Fault(f"entry {seq}", f"tells of file {key} a second time")
        told.add(key)
        yield from _held(seq, key, erasures)
    for key in Attachment.objects.order_by("pk").values_list("key", flat=True).iterator(chunk_size=CHUNK):
        if key not in told:
            yield Fault(f"file {key}", "has no entry in the ledger")


def _held(seq: int, key: str, erasures: Covering) -> Iterator[Fault]:
    named = f"file {key}, entry {seq}"
    file = Attachment.objects.filter(key=key).first()
    if file is None:
        yield Fault(named, "is not there")
        return
    body = AttachmentBody.objects.filter(pk=file.pk).first()
    if erasures.covers(seq):
        if body is not None and (bytes(body.content) or bytes(body.label)):
            yield Fault(named, "an entry says it was erased, and it is there")
        return
    text = Body.objects.filter(pk=seq).values_list("text", flat=True).first()
    try:
        said = json.loads(text or "")
        row = (said["record"], said["position"], said["bytes"])
        marks = (said["salt"], said["content"], said["label"])
    except (ValueError, KeyError, TypeError):
        yield Fault(named, "the entry does not say what it commits to")
        return
    if row != (file.record_id, file.position, file.size):
        yield Fault(named, "its record, its place or its size is not what was committed to")
    yield from _opened(named, key, file.size, body, *marks)


def _opened(
    named: str, key: str, size: int, body: AttachmentBody | None, salt: str, content: str, label: str
) -> Iterator[Fault]:
    if body is None:
        yield Fault(named, "its bytes are not there")
        return
    try:
        held = opened_content(body, key)
        said = sealed.open_bytes(body.label, bound=label_at(key))
        altered = committed(salt, held) != content or len(held) != size
        renamed = committed(salt, said) != label
    except (sealed.Gone, sealed.Unreadable, ValueError):
        yield Fault(
            named, "cannot be opened: it is not what was sealed there, or its key is not in the keyring"
        )
        return
    if altered:
        yield Fault(named, "its bytes are not what was committed to")
    if renamed:
        yield Fault(named, "its name or kind is not what was committed to")
