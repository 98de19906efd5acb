"""policy/mail.yaml: whose mailbox it is, whose senders are known, and to whom a receipt goes back."""

from dataclasses import dataclass

from heed.casework.policy.agencies import read_agencies
from heed.casework.policy.page import open_page
from heed.formats.mail.read import KINDS
from heed.formats.mail.senders import Senders, senders_of


@dataclass(frozen=True, slots=True)
class MailRules:
    """The rules. Folders are empty where messages stay where they are; spans are seconds and minutes."""

    senders: Senders
    agency: str
    kind: str
    folder: str
    taken_folder: str
    parked_folder: str
    every_seconds: int
    late_minutes: int
    receipts: bool
    most_a_day: int


def read_mail() -> MailRules:
    """The rules; the mailbox belongs to an agency of the partnership."""
    page = open_page("mail")
    agency, kind = page.text("mailbox", "agency"), page.text("mailbox", "kind")
    known = read_agencies()
    if agency not in known:
        raise page.wrong(("mailbox", "agency"), f"an agency of agencies.yaml: {', '.join(known)}")
    if kind not in KINDS:
        raise page.wrong(("mailbox", "kind"), " or ".join(KINDS))
    folders = [str(page.data["mailbox"].get(name) or "") for name in ("taken_folder", "parked_folder")]
    return MailRules(
        senders=senders_of(page.data, str(page.file)),
        agency=agency,
        kind=kind,
        folder=page.text("mailbox", "folder"),
        taken_folder=folders[0],
        parked_folder=folders[1],
        every_seconds=page.number("mailbox", "every_seconds", least=5),
        late_minutes=page.number("mailbox", "late_minutes", least=1),
        receipts=page.yes("receipts", "send"),
        most_a_day=page.number("receipts", "most_a_day"),
    )
