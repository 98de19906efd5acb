"""Whether mail flows: counts and ages only."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from heed.casework.attachments import looking
from heed.casework.mail.polling import BEAT
from heed.casework.mail.replying import owed
from heed.casework.mail.servers import imap_server
from heed.casework.models import Heartbeat, MailTaken
from heed.casework.policy import policy

RECEIPTS_LATE = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Mail:
    """`read_at` is when the mailbox was last read; `alarm` says in words what is wrong, empty for nothing."""

    has_mailbox: bool
    read_at: datetime | None
    parked: int
    receipts_owed: int
    files_waiting: int
    alarm: str


def state(now: datetime) -> Mail:
    """How it stands."""
    has = imap_server() is not None
    beat = Heartbeat.objects.filter(name=BEAT).first()
    read_at = beat.at if beat else None
    waiting = owed().order_by("owed_at")
    oldest = waiting.first()
    alarm = ""
    if has and (read_at is None or abs(now - read_at) > timedelta(minutes=policy().mail.late_minutes)):
        alarm = "the mailbox is not being read: warnings sent to it wait there"
    elif oldest and now - oldest.owed_at > RECEIPTS_LATE:
        alarm = "receipts by mail are not being sent"
    parked = MailTaken.objects.filter(outcome="parked").count()
    return Mail(has, read_at, parked, waiting.count(), looking.waiting(), alarm)
