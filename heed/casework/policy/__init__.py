"""What the partnership owns, read and checked once, then handed on as plain values.

`policy()` is the one place that reads it. A mistake in a file is one paragraph with file, line, key, found, expected.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from heed.casework.policy.agencies import Contact, KnownAgency, read_agencies, read_contact
from heed.casework.policy.attachments import AttachmentRules, read_attachments
from heed.casework.policy.deadlines import read_deadlines
from heed.casework.policy.duties import DutyRules, read_duties
from heed.casework.policy.intake import IntakeRules, read_intake
from heed.casework.policy.ladder import read_ladder
from heed.casework.policy.ledger import LedgerRules, read_ledger
from heed.casework.policy.mail import MailRules, read_mail
from heed.core.duty.deadlines import Deadline
from heed.core.duty.ladder import Ladder


@dataclass(frozen=True, slots=True)
class Policy:
    """All of it."""

    agencies: Mapping[str, KnownAgency]
    ladder: Ladder
    duties: DutyRules
    ledger: LedgerRules
    intake: IntakeRules
    contact: Contact | None
    attachments: AttachmentRules
    mail: MailRules
    deadlines: Mapping[str, Deadline]


def policy() -> Policy:
    """The policy of this installation."""
    return _read(str(settings.POLICY))


@cache
def _read(folder: str) -> Policy:
    """Read once for each folder: a running Heed does not change its rules half-way through a request."""
    return Policy(
        agencies=read_agencies(),
        ladder=read_ladder(),
        duties=read_duties(),
        ledger=read_ledger(),
        intake=read_intake(),
        contact=read_contact(),
        attachments=read_attachments(),
        mail=read_mail(),
        deadlines=read_deadlines(),
    )
