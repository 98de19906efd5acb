"""The door to files: which came with the records somebody sees, and the bytes of one, logged before they leave."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from heed.casework import sealed
from heed.casework.attachments.looking import Outcome
from heed.casework.attachments.storing import opened_content, opened_label, picture_at
from heed.casework.doors.looks import looked, refused
from heed.casework.models import Attachment, AttachmentLook, Entry, Record
from heed.casework.policy import policy
from heed.core.access.viewer import Viewer
from heed.core.records.file_names import file_name

DOWNLOAD, PICTURE = "to download a file", "to see a small picture"
WAITING, ERASED, UNREADABLE = "waiting", "erased", "unreadable"


@dataclass(frozen=True, slots=True)
class File:
    """A file as a page lists it. `state` is a scanner's outcome, waiting or erased; `offered`: it may be downloaded."""

    key: str
    name: str
    media_type: str
    size: int
    state: str
    offered: bool
    picture: bool


def files_of(records: Collection[int]) -> dict[int, tuple[File, ...]]:
    """The files of record rows that their viewer sees, by row, in their order. The look is that at the record."""
    found: dict[int, list[File]] = {}
    rows = Attachment.objects.filter(record__in=list(records)).select_related("body", "look")
    for row in rows.defer("body__content", "look__picture").order_by("record", "position"):
        found.setdefault(row.record_id, []).append(_file(row))
    return {record: tuple(files) for record, files in found.items()}


def opened(*, viewer: Viewer, key: str, now: datetime) -> tuple[File, bytes] | None:
    """A file and its bytes, or None: for one of a record the viewer does not see, one that is held, and none at all."""
    row = _seen(viewer, key)
    if row is None or not _file(row).offered:
        refused(viewer=viewer, subject=f"attachment:{key}", purpose=DOWNLOAD, now=now)
        return None
    content = _whole(row)
    if content is None:
        refused(viewer=viewer, subject=f"attachment:{key}", purpose=DOWNLOAD, now=now)
        return None
    looked(viewer=viewer, subject=f"attachment:{key}", purpose=DOWNLOAD, records=[row.record_id], now=now)
    return _file(row), content


def picture(*, viewer: Viewer, key: str, now: datetime) -> bytes | None:
    """The small picture of a file (PNG), or None as above."""
    row = _seen(viewer, key)
    if row is None or not _file(row).picture:
        refused(viewer=viewer, subject=f"attachment:{key}", purpose=PICTURE, now=now)
        return None
    held = AttachmentLook.objects.values_list("picture", flat=True).get(pk=row.pk)
    made = sealed.open_bytes(held, bound=picture_at(key))
    looked(viewer=viewer, subject=f"attachment:{key}", purpose=PICTURE, records=[row.record_id], now=now)
    return made


def _whole(row: Attachment) -> bytes | None:
    try:
        return opened_content(row.body, row.key)
    except (sealed.Gone, sealed.Unreadable):
        return None  # erased a moment ago, or tampered with: the ledger's verification says which


def _seen(viewer: Viewer, key: str) -> Attachment | None:
    mine = Record.objects.visible_to(viewer).values("pk")
    return Attachment.objects.filter(key=key, record__in=mine).select_related("body", "look").first()


def _file(row: Attachment) -> File:
    look = AttachmentLook(outcome=WAITING) if not hasattr(row, "look") else row.look
    try:
        name, media_type = opened_label(row.body, row.key)
    except (sealed.Gone, sealed.Unreadable) as trouble:
        state = ERASED if isinstance(trouble, sealed.Gone) else UNREADABLE
        return File(row.key, "", "", row.size, state, offered=False, picture=False)
    state = str(look.outcome)
    fine = state == Outcome.CLEAN or (
        state in (Outcome.UNSCANNED, WAITING) and not policy().attachments.scanner
    )
    shown = media_type.startswith("image/") and fine and _has_picture(row)
    return File(row.key, file_name(name), media_type, row.size, state, offered=fine, picture=shown)


def _has_picture(row: Attachment) -> bool:
    return AttachmentLook.objects.filter(pk=row.pk).exclude(picture=b"").exists()


def of_saved(*, viewer: Viewer, seq: int) -> tuple[File, ...]:
    """The files of the record that the viewer saved under this receipt, for the page whose door logs the look."""
    entry = Entry.objects.filter(seq=seq, kind="collection", actor=viewer.professional).first()
    if entry is None:
        return ()
    record = int(entry.subject.removeprefix("record:"))
    return files_of([record]).get(record, ())
