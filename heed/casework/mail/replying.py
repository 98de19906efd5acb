"""Receipts by mail: who gets one, what stands in it, and sending it at least once and never to a machine.

A receipt holds its number, the message's own id and the signed text: no name, no subject, no word of the message.
Source: RFC 3834, section 2 (when an automatic answer must not be sent) and section 3 (what it must carry).
"""

import json
import logging
import smtplib
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import format_datetime

from django.db.models import Q, QuerySet

from heed.casework import receipting, sealed
from heed.casework.actions.mail import Reply
from heed.casework.actions.receive import Receipt
from heed.casework.mail.servers import sender as from_address
from heed.casework.mail.servers import smtp, smtp_server
from heed.casework.models import Entry, MailReceipt, Record
from heed.casework.policy import policy
from heed.formats.mail.headers import addresses, header, headers

LEASE = timedelta(minutes=5)
PATIENCE = timedelta(seconds=20)
SLOWEST = 90
"""A receipt that could not be sent is tried again after so many times 20 seconds at the longest: half an hour."""
MOST_REFUSALS = 5
AT_ONCE = 100
NOBODY = (
    "mailer-daemon",
    "postmaster",
    "no-reply",
    "noreply",
    "do-not-reply",
    "donotreply",
    "bounce",
    "daemon",
)
SUBJECT = "Receipt {}"
BODY = """Your message was saved. This receipt proves it; keep it.

Receipt: {number}
Your message: {ref}

Who owes you an answer, and by when, is shown when you sign in. This address reads what is sent to it: send more in
a new message. If a child is in danger now, call 999.

{signed}"""

logger = logging.getLogger(__name__)


def answered(raw: bytes) -> Reply | None:
    """To whom a receipt for this message goes: a person at a domain of a known agency, and never a machine."""
    rules = policy().mail
    if not rules.receipts or smtp_server() is None:
        return None
    top = BytesHeaderParser(policy=compat32).parsebytes(raw)
    who = addresses(top, "From")
    if len(who) != 1 or who[0].address in rules.senders.own or rules.senders.of(who[0]) is None:
        return None
    if who[0].address == from_address().lower() or who[0].address.startswith(NOBODY):
        return None
    if header(top, "Auto-Submitted").lower() not in ("", "no") or header(top, "Return-Path").strip() == "<>":
        return None
    if header(top, "Precedence").lower() in ("bulk", "list", "junk", "auto_reply"):
        return None
    machines = ("List-Id", "List-Unsubscribe", "X-Auto-Response-Suppress", "X-Autoreply", "Feedback-ID")
    if any(headers(top, name) for name in machines):
        return None
    return Reply(who[0].address, rules.most_a_day, from_address().rpartition("@")[2])


def carry(now: datetime) -> int:
    """Send the receipts that are owed; how many were sent. Each is marked after it was sent: one that was sent and not
    marked goes again under the same Message-ID, which a mail program shows once."""
    server = smtp_server()
    due = _due(now)
    if server is None or not due:
        return 0
    sent = 0
    post: smtplib.SMTP | None = None
    try:
        for row in due:
            if not _leased(row, now):
                continue
            try:
                post = post or smtp(server)
                _send(post, row, now)
                sent += 1
            except (smtplib.SMTPException, OSError) as trouble:
                _refused(row, trouble, now)
                post = _closed(post)
    finally:
        _closed(post)
    return sent


def owed() -> QuerySet[MailReceipt]:
    """Receipts not sent and not given up."""
    return MailReceipt.objects.filter(sent_at=None, given_up_at=None)


def _due(now: datetime) -> list[MailReceipt]:
    free = Q(leased_until=None) | Q(leased_until__lte=now) | Q(leased_until__gt=now + PATIENCE * SLOWEST)
    return list(owed().filter(free).order_by("owed_at")[:AT_ONCE])


def _leased(row: MailReceipt, now: datetime) -> bool:
    same = owed().filter(pk=row.pk, leased_until=row.leased_until)
    return bool(same.update(leased_until=now + LEASE))


def _send(post: smtplib.SMTP, row: MailReceipt, now: datetime) -> None:
    made = _letter(row)
    if made is None:
        MailReceipt.objects.filter(pk=row.pk).update(given_up_at=now, last_error="its record was erased")
        return
    # The empty sender of RFC 5321: whatever becomes of a receipt, no machine answers it. And not `sendmail`, which leaves
    # the ends of lines as they are: that standard knows none but CRLF.
    post.send_message(made, "", [made["To"]])
    MailReceipt.objects.filter(pk=row.pk).update(sent_at=now, leased_until=None, last_error="")


def _letter(row: MailReceipt) -> EmailMessage | None:
    rows = Record.objects.system("a receipt goes to the address its message came from")
    record = rows.get(pk=row.record_id)
    told = next((told for told in sealed.documents(rows.filter(pk=row.record_id))), None)
    entry = Entry.objects.get(subject=f"record:{row.record_id}", kind="collection")
    address, own = _address(told[0]) if told else ("", "")
    if not address:
        return None
    receipt = Receipt(entry.seq, entry.leaf, entry.at, record.agency_id, record.ref)
    number = f"{entry.seq}-{entry.leaf[:16]}"
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = from_address(), address, SUBJECT.format(number)
    letter["Date"], letter["Message-ID"] = format_datetime(row.owed_at), row.message_id
    if own and own.isascii() and own.isprintable():
        letter["In-Reply-To"] = f"<{own}>"
    letter["Auto-Submitted"], letter["X-Auto-Response-Suppress"] = "auto-replied", "All"
    words = BODY.format(number=number, ref=record.ref, signed=receipting.signed(receipt))
    letter.set_content(words, cte="quoted-printable")
    return letter


def _address(document: str) -> tuple[str, str]:
    claims = json.loads(document).get("extra", {}).get("mail", {})
    return str(claims.get("from", "")), str(claims.get("message_id", ""))[:200]


def _refused(row: MailReceipt, trouble: Exception, now: datetime) -> None:
    """A server that says never is asked five times; one that says later, or nothing, for as long as it takes."""
    attempts = row.attempts + 1
    name = type(trouble).__name__
    logger.warning("the receipt for record %s was not sent: %s", row.pk, name)
    never = any(500 <= code < 600 for code in _codes(trouble)) and attempts >= MOST_REFUSALS
    MailReceipt.objects.filter(pk=row.pk).update(
        attempts=attempts,
        last_error=name,
        leased_until=now + PATIENCE * min(attempts, SLOWEST),
        given_up_at=now if never else None,
    )


def _codes(trouble: Exception) -> list[int]:
    if isinstance(trouble, smtplib.SMTPRecipientsRefused):
        return [int(code) for code, _ in trouble.recipients.values()]
    if isinstance(trouble, smtplib.SMTPAuthenticationError):
        return []  # our own password is no word on the receipt
    return [int(trouble.smtp_code)] if isinstance(trouble, smtplib.SMTPResponseException) else []


def _closed(post: smtplib.SMTP | None) -> None:
    if post is not None:
        try:
            post.quit()
        except (smtplib.SMTPException, OSError):
            post.close()
