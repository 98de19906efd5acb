"""Carrying letters: at least once, each marked after it was sent, and an address that refuses is somebody's duty.

Other ways to reach people (a push to a device, a text message) stand in `ways`.
"""

import logging
import smtplib
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from heed.casework.actions.duties.abouts import owe_address
from heed.casework.mail.servers import Server, smtp, smtp_server
from heed.casework.mail.servers import sender as from_address
from heed.casework.models import Address, Letter
from heed.casework.notices.letters import DIGEST, digest, gather, lines
from heed.casework.notices.seam import LEASE, PATIENCE, SLOWEST, Carrier, Never
from heed.casework.notices.taken import Taken, mark_taken
from heed.casework.notices.ways import carriers, nudge

MOST_REFUSALS = 3
"""So often a server may say never before an address counts as one that is not there."""
AT_ONCE = 100
NOWHERE = "heed.invalid"
SUBJECT = "Heed: {} for you"
BODY = """{}

Sign in to Heed as you always do. This letter holds no link and no detail on purpose: one that does is not from Heed.
"""

logger = logging.getLogger(__name__)


class Email:
    """Letters by SMTP, through one connection as long as it lasts."""

    def __init__(self, server: Server) -> None:
        self._server, self._post = server, None

    def send(self, to: str, letter: Letter) -> None:
        """Send it; a refusal for ever is `Never`."""
        written = _written(to, letter)
        try:
            self._post = self._post or smtp(self._server)
            # Not `sendmail`, which leaves the ends of lines as they are: RFC 5321 knows none but CRLF.
            self._post.send_message(written, from_address(), [to])
        except (smtplib.SMTPException, OSError) as trouble:
            self.close()
            if _is_for_ever(trouble):
                raise Never from trouble
            raise

    def close(self) -> None:
        """Say goodbye to the server."""
        post, self._post = self._post, None
        if post is not None:
            try:
                post.quit()
            except (smtplib.SMTPException, OSError):
                post.close()


def tell(now: datetime) -> int:
    """Make the letters that are due and carry those that wait, by mail and by every other way there is; how many were
    sent. Nothing without a mail server and without a gateway."""
    server, others = smtp_server(), carriers(now)
    if server is None and not others:
        return 0
    domain = from_address().rpartition("@")[2] or NOWHERE
    gather(now, domain, [str(by) for by in others])
    sent = nudge(now)
    if server is None:
        return sent
    digest(now, domain)
    return sent + carry(Email(server), now)


def carry(carrier: Carrier, now: datetime) -> int:
    """Send the letters that wait. One that was sent and not marked goes again under the same Message-ID."""
    mark_taken(now)
    sent, taken = 0, Taken()
    try:
        for letter in _due(now):
            if _leased(letter, now):
                sent += _carried(carrier, letter, taken, now)
    finally:
        taken.close()
        carrier.close()
    return sent


def waiting() -> QuerySet[Letter]:
    """Letters not sent and not given up."""
    return Letter.objects.filter(sent_at=None, given_up_at=None)


def _due(now: datetime) -> Sequence[Letter]:
    free = Q(leased_until=None) | Q(leased_until__lte=now) | Q(leased_until__gt=now + PATIENCE * SLOWEST)
    return list(waiting().filter(free).order_by("made_at", "pk").select_related("professional")[:AT_ONCE])


def _leased(letter: Letter, now: datetime) -> bool:
    same = waiting().filter(pk=letter.pk, leased_until=letter.leased_until)
    return bool(same.update(leased_until=now + LEASE))


def _carried(carrier: Carrier, letter: Letter, taken: Taken, now: datetime) -> int:
    address = Address.objects.filter(professional=letter.professional_id).first()
    same = Letter.objects.filter(pk=letter.pk)
    if address is None or address.refused_at is not None:
        with transaction.atomic():
            same.update(given_up_at=now, leased_until=None, last_error="no address")
            _give_back(letter)
        return 0
    try:
        carrier.send(address.email, letter)
    except (Never, smtplib.SMTPException, OSError) as trouble:
        _failed(letter, address, trouble, now)
        return 0
    taken.note(letter)
    same.update(sent_at=now, leased_until=None, last_error="")
    taken.marked()
    return 1


def _failed(letter: Letter, address: Address, trouble: Exception, now: datetime) -> None:
    """A server that says never is asked three times; one that says later, or nothing, for as long as it takes."""
    attempts = letter.attempts + 1
    never = isinstance(trouble, Never) and attempts >= MOST_REFUSALS
    logger.warning("letter %s was not sent: %s", letter.pk, type(trouble).__name__)
    with transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(
            attempts=attempts,
            last_error=type(trouble).__name__,
            leased_until=now + PATIENCE * min(attempts, SLOWEST),
            given_up_at=now if never else None,
        )
        if never:
            _give_back(letter)
            Address.objects.filter(pk=address.pk).update(refused_at=now)
            owe_address(letter.professional, now)


def _give_back(letter: Letter) -> None:
    """What a letter told of that goes nowhere is told again once somebody has mended the address."""
    letter.notices.update(letter=None)


def _is_for_ever(trouble: Exception) -> bool:
    if isinstance(trouble, smtplib.SMTPRecipientsRefused):
        return any(500 <= int(code) < 600 for code, _ in trouble.recipients.values())
    return False


def _written(to: str, letter: Letter) -> EmailMessage:
    named, more = lines(letter)
    count = len(named) + more
    written = EmailMessage()
    written["From"], written["To"] = from_address(), to
    what = "what you owe today" if letter.kind == DIGEST else f"{count} thing{'s' * (count != 1)} new"
    written["Subject"] = SUBJECT.format(what)
    written["Date"], written["Message-ID"] = format_datetime(letter.made_at), letter.message_id
    written["Auto-Submitted"], written["X-Auto-Response-Suppress"] = "auto-generated", "All"
    told = "\n".join([*named, *([f"and {more} more"] if more else [])]) or "Nothing waits for you any more."
    written.set_content(BODY.format(told), cte="quoted-printable")
    return written
