"""Keeping files with a record: sealed under its key, in its transaction, each with an entry that commits to its bytes."""

import json
import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Sum

from heed.casework import sealed
from heed.casework.actions import ledger
from heed.casework.attachments.storing import (
    committed,
    content_at,
    label,
    label_at,
    opened_content,
    opened_label,
)
from heed.casework.models import Attachment, AttachmentBody, Entry, Professional
from heed.casework.models import Record as Row
from heed.casework.policy import policy
from heed.casework.proof import Header
from heed.casework.sealing import whose
from heed.core.records.explained import Explained
from heed.formats.contract import Attached

ACT = "attachment"
GIGABYTE = 1024**3


def attach(*, record: Row, files: Sequence[Attached], by: Professional | None, now: datetime) -> list[Header]:
    """Keep more files with a record that is kept already; the entries that commit to them, in their order.

    Whoever calls has found out that `by` may add to this record. Raises Explained when the agency's room is used up.
    """
    with transaction.atomic():
        owner = whose.document(json.loads(sealed.document_of(record)))
        return ledger.append_many(acts(saved=[(record, owner, files)], by=by, now=now))


def attach_to_saved(
    *, seq: int, files: Sequence[Attached], by: Professional, now: datetime
) -> list[Header] | None:
    """Keep more files with the record somebody saved under this receipt; None when they saved none under it.

    The same file sent twice is kept once.
    """
    with transaction.atomic():
        entry = Entry.objects.filter(seq=seq, kind="collection", actor=by).first()
        if entry is None:
            return None
        rows = Row.objects.system("whoever saved a record adds a file to it").select_for_update()
        record = rows.get(pk=int(entry.subject.removeprefix("record:")))
        new = [file for place, file in enumerate(files) if file not in files[:place]]
        return attach(record=record, files=[f for f in new if not _is_kept(record, f)], by=by, now=now)


def _is_kept(record: Row, file: Attached) -> bool:
    alike = Attachment.objects.filter(record=record, size=len(file.content)).exclude(body__content=b"")
    return any(
        opened_content(each.body, each.key) == file.content
        and opened_label(each.body, each.key) == (file.name, file.media_type)
        for each in alike.select_related("body")
    )


def acts(
    *, saved: Sequence[tuple[Row, str, Sequence[Attached]]], by: Professional | None, now: datetime
) -> list[ledger.Act]:
    """Write the files of records, each record with the owner of its key; what the ledger is to say of them."""
    wanted = [(row, owner, files) for row, owner, files in saved if files]
    _room([(row.agency_id, file) for row, _, files in wanted for file in files])
    found = []
    for row, owner, files in wanted:
        first = Attachment.objects.filter(record=row).aggregate(last=Max("position"))["last"]
        for position, file in enumerate(files, start=0 if first is None else first + 1):
            found.append(_kept(row, owner, position, file, by, now))
    return found


def _kept(
    row: Row, owner: str, position: int, file: Attached, by: Professional | None, now: datetime
) -> ledger.Act:
    key = f"A-{secrets.token_hex(12)}"
    size = len(file.content)
    kept = Attachment.objects.create(key=key, record=row, position=position, size=size, received_at=now)
    said = label(file)
    AttachmentBody.objects.create(
        attachment=kept,
        label=sealed.seal_bytes(said, key_of=owner, bound=label_at(key)),
        content=sealed.seal_bytes(file.content, key_of=owner, bound=content_at(key)),
    )
    salt = secrets.token_hex(ledger.SALT_BYTES)
    body = {
        "record": row.pk,
        "position": position,
        "bytes": size,
        "salt": salt,
        "content": committed(salt, file.content),
        "label": committed(salt, said),
    }
    return ledger.Act(ACT, f"attachment:{key}", "kept", by, row.agency_id, now, body)


def _room(coming: Sequence[tuple[str, Attached]]) -> None:
    """Refuse, before anything is written, what would take more room than an agency has."""
    rules = policy().attachments
    for agency in sorted({code for code, _ in coming}):
        asked = sum(len(file.content) for code, file in coming if code == agency)
        used = Attachment.objects.filter(record__agency=agency).aggregate(size=Sum("size"))["size"] or 0
        if used + asked > rules.agency_gigabytes * GIGABYTE:
            raise Explained(
                f"The files of agency {agency} take {used / GIGABYTE:.1f} GB, and these {asked / GIGABYTE:.3f} GB more "
                f"would pass the {rules.agency_gigabytes} GB that policy/attachments.yaml allows it. Nothing was saved. "
                "Raise the limit, or send the record without its files and keep them where they are."
            )
