"""Whether warnings sent by e-mail come in, and receipts go out: warnings only, for the pages work without either."""

from collections.abc import Iterator
from datetime import datetime

from heed.casework.mail.state import state
from heed.casework.selfcheck.trouble import WARNS, Trouble


def troubles(now: datetime) -> Iterator[Trouble]:
    """What is wrong with the mailbox, the receipts, and the files that wait for a scanner."""
    found = state(now)
    if found.alarm:
        yield Trouble(
            "mail", WARNS,
            f"By e-mail: {found.alarm}. Run `heed mail poll`: it says what is wrong with the server or the password.",
        )  # fmt: skip
    if found.parked:
        yield Trouble(
            "mail_parked", WARNS,
            f"{found.parked} messages of the mailbox could not be read and nobody has looked at them. `heed mail parked` "
            "lists them.",
        )  # fmt: skip
    if found.files_waiting:
        yield Trouble(
            "files_waiting", WARNS,
            f"{found.files_waiting} files wait for the scanner and are not offered until it has spoken. Check the "
            "scanner of policy/attachments.yaml or HEED_SCANNER.",
        )  # fmt: skip
