"""Taking one message of a mailbox in: record, files, what became of the message and the receipt owed, in one go."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from heed.casework import sealed
from heed.casework.actions.receive import Outcome, receive_many
from heed.casework.models import Entry, MailReceipt, MailTaken, Professional
from heed.core.records.reading import parse
from heed.core.records.record import Record
from heed.formats.contract import Blank, Refused, Row, SetAside, Usable

TAKEN, ASIDE, PARKED, FAILED, SEEN = "taken", "set_aside", "parked", "failed", "seen"
MOST_ATTEMPTS = 3
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Where:
    """A message by its number: the mailbox (a keyed hash), its validity, the number."""

    mailbox: str
    validity: int
    uid: int


@dataclass(frozen=True, slots=True)
class Reply:
    """To whom a receipt would go, how many a day, and the domain it is sent from."""

    address: str
    most_a_day: int
    domain: str


def take(*, row: Row, where: Where, reply: Reply | None, by: Professional | None, now: datetime) -> str:
    """Save what a message says, note what became of it, and owe its sender a receipt; what became of it.

    Another content under an id that is kept already is a record of its own: nothing is lost to a used id.
    """
    with transaction.atomic():
        match row:
            case Usable():
                outcome = _received(row, by, now)
                if outcome.kind == "accepted" and reply is not None:
                    _owe(outcome, reply, now)
                return _became(where, TAKEN, "", now)
            case SetAside():
                return _became(where, ASIDE, row.why, now)
            case Blank():
                return _became(where, ASIDE, "an empty message", now)
            case Refused():
                return _became(where, PARKED, f"{row.key}: expected {row.expected}", now)
            case _:
                raise TypeError("a message is no remark")


def failed(*, where: Where, why: str, by: Professional | None, now: datetime) -> str:
    """Note that a message could not be taken in: after three times it is parked, and others still flow."""
    with transaction.atomic():
        kept = MailTaken.objects.filter(**_key(where)).first()
        attempts = (kept.attempts if kept else 0) + 1
        return _became(where, PARKED if attempts >= MOST_ATTEMPTS else FAILED, why, now, attempts)


def set_aside(*, where: Where, why: str, by: Professional | None, now: datetime) -> str:
    """Note that a message is no warning and was dealt with."""
    with transaction.atomic():
        return _became(where, ASIDE, why, now)


def _received(row: Usable, by: Professional | None, now: datetime) -> Outcome:
    (outcome,) = receive_many(records=[row.record], by=by, now=now, attached=[row.attached])
    if outcome.kind == "refused":
        again = _under_another_id(row)
        (outcome,) = receive_many(records=[again], by=by, now=now, attached=[row.attached])
    return outcome


def _under_another_id(row: Usable) -> Record:
    mark = hashlib.sha256(row.attached[0].content).hexdigest()[:16]
    record = parse({**row.record.document, "ref": f"{row.record.ref[:150]}~{mark}"}).record
    if record is None:
        raise ValueError("a message cannot be read a second time")
    return record


def _owe(outcome: Outcome, reply: Reply, now: datetime) -> None:
    """One receipt for one record, so many a day for one address: a stranger must not make Heed write without end."""
    receipt = outcome.receipt
    if receipt is None:
        return
    sender = sealed.keyed("mail", reply.address)
    today = MailReceipt.objects.filter(sender=sender, owed_at__gt=now - A_DAY)
    if today.count() >= reply.most_a_day:
        return
    entry = Entry.objects.get(seq=receipt.seq)
    MailReceipt.objects.create(
        record_id=int(entry.subject.removeprefix("record:")),
        sender=sender,
        message_id=f"<heed-{receipt.seq}-{receipt.leaf[:16]}@{reply.domain}>",
        owed_at=now,
    )


def _key(where: Where) -> dict[str, Any]:
    return {"mailbox": where.mailbox, "validity": where.validity, "uid": where.uid}


def _became(where: Where, outcome: str, why: str, now: datetime, attempts: int = 1) -> str:
    said = {"outcome": outcome, "why": why[:300], "at": now, "attempts": attempts, "marked_at": None}
    MailTaken.objects.update_or_create(**_key(where), defaults=said)
    return outcome
