"""Reading the mailbox: every message once, marked only after it was saved, and one bad message holds up no other."""

import logging
from collections import Counter
from datetime import datetime

from django.db import DatabaseError

from heed.casework import sealed
from heed.casework.actions.bounces import take_bounce
from heed.casework.actions.mail import ASIDE, FAILED, PARKED, TAKEN, Reply, Where, failed, set_aside, take
from heed.casework.mail.box import Box, MailboxTrouble
from heed.casework.mail.replying import answered
from heed.casework.mail.servers import Server, imap_server
from heed.casework.models import Heartbeat, MailTaken
from heed.casework.policy import policy
from heed.core.records.explained import Explained
from heed.formats.contract import Line
from heed.formats.mail.bounced import bounced
from heed.formats.mail.boxes import LONGEST_MESSAGE
from heed.formats.mail.read import read_message

BEAT = "mailbox"
MARKS = {TAKEN: r"\Seen", ASIDE: r"\Seen", PARKED: r"\Flagged"}

logger = logging.getLogger(__name__)


def poll(now: datetime) -> Counter[str]:
    """Read what is new; how many messages became what. Raises Explained where there is no mailbox within reach."""
    server = imap_server()
    if server is None:
        raise Explained("This house has no mailbox: name one in HEED_IMAP, as docs/how-to/mailbox.md says.")
    rules = policy().mail
    mailbox = sealed.keyed("mailbox", f"{server.host} {server.user} {rules.folder}")
    try:
        with Box(server, rules.folder) as box:
            done = _read(box, mailbox, server, now)
    except MailboxTrouble as trouble:
        raise Explained(
            f"The mailbox {trouble}. Nothing was lost: messages stay there until they are saved. Check HEED_IMAP, its "
            "password, the folder in policy/mail.yaml, and whether the mail server runs."
        ) from None
    Heartbeat.objects.update_or_create(name=BEAT, defaults={"at": now})
    return done


def _read(box: Box, mailbox: str, server: Server, now: datetime) -> Counter[str]:
    done: Counter[str] = Counter()
    kept = {row.uid: row for row in MailTaken.objects.filter(mailbox=mailbox, validity=box.validity)}
    for uid in box.numbers():
        where, row = Where(mailbox, box.validity, uid), kept.get(uid)
        if row is None or row.outcome == FAILED:
            outcome = _one(box, where, now)
            done[outcome] += 1
        elif row.marked_at is None:
            outcome = row.outcome  # saved before, but whoever saved it ended before it was marked
        else:
            continue
        _mark(box, where, outcome, now)
    return done


def _one(box: Box, where: Where, now: datetime) -> str:
    rules = policy().mail
    try:
        raw, taken = None, None
        if box.size(where.uid) <= LONGEST_MESSAGE:
            raw, taken = box.message(where.uid)
        back = bounced(raw) if raw is not None else None
        if back is not None and take_bounce(bounce=back, by=None, now=now):
            return set_aside(where=where, why="a letter from here that came back", by=None, now=now)
        at = Line("mailbox", where.uid, f"message {where.uid}")
        row = read_message(raw, at, agency=rules.agency, kind=rules.kind, senders=rules.senders, taken=taken)
        return take(row=row, where=where, reply=_reply(raw), by=None, now=now)
    except (MailboxTrouble, DatabaseError, Explained):
        raise  # no fault of the message: it stays where it is and is read again
    except Exception as trouble:  # noqa: BLE001 - a message nobody foresaw must not keep the others from being read
        logger.error("message %s of the mailbox failed: %s", where.uid, type(trouble).__name__)
        return failed(where=where, why=type(trouble).__name__, by=None, now=now)


def _reply(raw: bytes | None) -> Reply | None:
    return answered(raw) if raw is not None else None


def _mark(box: Box, where: Where, outcome: str, now: datetime) -> None:
    if outcome == FAILED:
        return
    rules = policy().mail
    box.mark(
        where.uid,
        MARKS.get(outcome, r"\Seen"),
        rules.parked_folder if outcome == PARKED else rules.taken_folder,
    )
    MailTaken.objects.filter(mailbox=where.mailbox, validity=where.validity, uid=where.uid).update(
        marked_at=now
    )
