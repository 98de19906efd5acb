"""Looking at files after they were saved: the scanner's word, and a small picture of what is a picture.

Nothing waits for it: a file is kept whatever comes of it. Computed, and may be done again.
"""

import json
import logging
import subprocess
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import Q, QuerySet

from heed.casework import sealed
from heed.casework.attachments import picturing
from heed.casework.attachments.storing import opened_content, opened_label, picture_at
from heed.casework.models import Attachment, AttachmentLook, Record
from heed.casework.policy import policy
from heed.casework.sealing import whose

AT_ONCE = 20
SLOWEST = 60
PATIENCE = timedelta(minutes=1)

logger = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What looking gave. Unscanned: nobody scans in this house. Failed: the scanner could not say."""

    CLEAN = "clean"
    FLAGGED = "flagged"
    UNSCANNED = "unscanned"
    FAILED = "failed"


def look_at_files(now: datetime) -> int:
    """Look at files that nobody has looked at, oldest first, one in memory at a time; how many were looked at."""
    return sum(_look(key, now) for key in _due(now)[:AT_ONCE])


def waiting() -> int:
    """How many files the scanner has not given a word on, though this house has a scanner."""
    return _unlooked().count() if policy().attachments.scanner else 0


def _unlooked() -> QuerySet[Attachment]:
    again = [Outcome.FAILED, *([Outcome.UNSCANNED] if policy().attachments.scanner else [])]
    kept = Attachment.objects.exclude(body__content=b"")
    return kept.filter(Q(look=None) | Q(look__outcome__in=again))


def _due(now: datetime) -> list[int]:
    """What the scanner failed on comes again, ever more slowly, for as long as it takes."""
    rows = _unlooked().order_by("pk").values_list("pk", "look__outcome", "look__attempts", "look__at")
    return [
        pk
        for pk, outcome, attempts, at in rows
        if outcome != Outcome.FAILED or now >= at + PATIENCE * min(attempts, SLOWEST) or at > now
    ]


def _look(pk: int, now: datetime) -> bool:
    file = Attachment.objects.select_related("body").get(pk=pk)
    try:
        content = opened_content(file.body, file.key)
        _, media_type = opened_label(file.body, file.key)
    except (sealed.Gone, sealed.Unreadable):
        logger.error("file %s cannot be opened to be looked at", file.key)
        content, media_type = b"", ""
    outcome = _scanned(content) if content else Outcome.FAILED
    picture = b""
    if outcome in (Outcome.CLEAN, Outcome.UNSCANNED) and media_type.startswith("image/"):
        picture = picturing.small(content, policy().attachments.picture_points)
    with transaction.atomic():
        held = sealed.seal_bytes(picture, key_of=_owner(file), bound=picture_at(file.key)) if picture else b""
        before = AttachmentLook.objects.filter(pk=file.pk).first()
        attempts = (before.attempts if before else 0) + 1
        AttachmentLook.objects.update_or_create(
            pk=file.pk, defaults={"outcome": outcome, "at": now, "attempts": attempts, "picture": held}
        )
    return outcome != Outcome.FAILED


def _owner(file: Attachment) -> str:
    rows = Record.objects.system("the small picture of a file is sealed as its record is")
    return whose.document(json.loads(sealed.document_of(rows.get(pk=file.record_id))))


def _scanned(content: bytes) -> Outcome:
    """The scanner's word. What it prints is not kept: it names files, and may quote them."""
    rules = policy().attachments
    if not rules.scanner:
        return Outcome.UNSCANNED
    try:
        ran = subprocess.run(  # noqa: S603 - the program that the partnership's policy names
            rules.scanner, input=content, capture_output=True, timeout=rules.scanner_seconds, check=False
        )
    except (OSError, subprocess.SubprocessError) as trouble:
        logger.error("the scanner could not look at a file: %s", type(trouble).__name__)
        return Outcome.FAILED
    if ran.returncode in rules.clean:
        return Outcome.CLEAN
    return Outcome.FLAGGED if ran.returncode in rules.flagged else Outcome.FAILED
