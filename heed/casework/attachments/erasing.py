"""What erasing a record takes with it: the bytes, names and small pictures of its files. Their headers stay."""

from collections.abc import Collection
from itertools import batched

from heed.casework.models import Attachment, AttachmentBody, AttachmentLook, Entry


def empty(records: Collection[int]) -> list[int]:
    """Empty the files of these record rows, inside the caller's transaction; the entries that committed to them,
    for the entry that says they were erased."""
    entries: list[int] = []
    for some in batched(sorted(records), 500):
        keys = dict(Attachment.objects.filter(record__in=some).values_list("pk", "key"))
        AttachmentBody.objects.filter(pk__in=keys).update(label=b"", content=b"")
        AttachmentLook.objects.filter(pk__in=keys).update(picture=b"")
        subjects = [f"attachment:{key}" for key in keys.values()]
        for part in batched(subjects, 500):
            entries += Entry.objects.filter(kind="attachment", subject__in=part).values_list("seq", flat=True)
    return sorted(entries)
