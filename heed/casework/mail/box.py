"""One folder of a mailbox, by the numbers its server gives to messages. Nothing is marked by reading."""

import imaplib
import re
from datetime import UTC, datetime

from heed.casework.mail.servers import Server, imap


class MailboxTrouble(OSError):
    """The mailbox cannot be reached, or refuses what is asked of it. Says what was asked, never what was in it."""


class Box:
    """A folder that is open. Use as a context manager."""

    def __init__(self, server: Server, folder: str) -> None:
        self._server, self._folder = server, folder
        self.validity = 0

    def __enter__(self) -> "Box":
        try:
            self._imap = imap(self._server)
            self._asked("select", *self._imap.select(_quoted(self._folder)))
            told = self._imap.response("UIDVALIDITY")[1]
        except (imaplib.IMAP4.error, OSError) as trouble:
            raise MailboxTrouble(f"cannot be opened ({type(trouble).__name__})") from None
        self.validity = int(told[0]) if told and told[0] else 0
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._imap.logout()
        except (imaplib.IMAP4.error, OSError):
            self._imap.shutdown()

    def numbers(self) -> list[int]:
        """The numbers of every message there, lowest first."""
        found = self._uid("search", None, "UNDELETED")
        return sorted(int(number) for line in found if line for number in line.split())

    def size(self, uid: int) -> int:
        """The bytes of a message, asked before it is fetched."""
        told = _joined(self._uid("fetch", str(uid), "(RFC822.SIZE)"))
        found = re.search(rb"RFC822\.SIZE (\d+)", told)
        return int(found[1]) if found else 0

    def message(self, uid: int) -> tuple[bytes, datetime | None]:
        """A message as bytes, and when the server took it."""
        parts = self._uid("fetch", str(uid), "(INTERNALDATE BODY.PEEK[])")
        raw = next((part[1] for part in parts if isinstance(part, tuple)), None)
        if raw is None:
            raise MailboxTrouble("gave no message under a number it had named")
        return raw, _taken(_joined(parts, only_heads=True))

    def mark(self, uid: int, flag: str, folder: str) -> None:
        """Mark a message, and move it where a folder is named. Only after it was saved."""
        self._uid("store", str(uid), "+FLAGS.SILENT", f"({flag})")
        if not folder:
            return
        if "MOVE" in self._imap.capabilities:
            self._uid("move", str(uid), _quoted(folder))
        else:
            self._uid("copy", str(uid), _quoted(folder))
            self._uid("store", str(uid), "+FLAGS.SILENT", r"(\Deleted)")

    def _uid(self, command: str, *arguments: str | None) -> list:
        try:
            return self._asked(command, *self._imap.uid(command, *arguments))
        except (imaplib.IMAP4.error, OSError) as trouble:
            raise MailboxTrouble(f"{command} failed ({type(trouble).__name__})") from None

    def _asked(self, command: str, answer: str, data: list) -> list:
        if answer != "OK":
            raise MailboxTrouble(f"{command} was refused")
        return data


def _quoted(folder: str) -> str:
    return '"' + re.sub(r'([\\"])', r"\\\1", folder) + '"'


def _joined(parts: list, only_heads: bool = False) -> bytes:
    return b" ".join(p[0] if isinstance(p, tuple) else p for p in parts if p is not None)


def _taken(told: bytes) -> datetime | None:
    when = imaplib.Internaldate2tuple(told)
    if when is None:
        return None
    return datetime(*when[:6]).astimezone(UTC)
