"""Where the mail servers are, from the environment, and connections to them: over TLS, or on this machine only.

HEED_IMAP           imaps://user@host[:993], or imap:// for this machine
HEED_SMTP           smtps://user@host[:465], smtp+tls://user@host[:587] (STARTTLS), or smtp:// for this machine
HEED_IMAP_PASSWORD, HEED_SMTP_PASSWORD, or the same with _FILE: a file that holds it
HEED_MAIL_FROM      the address receipts are sent from
HEED_MAIL_CA        a file of certificates to trust beside the system's
"""

import imaplib
import os
import smtplib
import ssl
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from heed.core.records.explained import Explained

PATIENCE_SECONDS = 30
THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
PORTS = {"imaps": 993, "imap": 143, "smtps": 465, "smtp+tls": 587, "smtp": 25}


@dataclass(frozen=True, slots=True, repr=False)
class Server:
    """A server and how to sign in there. Never shown: it holds a password."""

    scheme: str
    host: str
    port: int
    user: str
    password: str


def imap_server() -> Server | None:
    """The mailbox's server, None when this house has no mailbox."""
    return _server("HEED_IMAP", ("imaps", "imap"))


def smtp_server() -> Server | None:
    """The server that sends receipts, None when this house sends none."""
    found = _server("HEED_SMTP", ("smtps", "smtp+tls", "smtp"))
    if found and "@" not in sender():
        raise Explained(
            "HEED_SMTP is set and HEED_MAIL_FROM is not: name the address that receipts come from."
        )
    return found


def sender() -> str:
    """The address receipts come from."""
    return os.environ.get("HEED_MAIL_FROM", "").strip()


def imap(server: Server) -> imaplib.IMAP4:
    """A connection to the mailbox, signed in. Raises OSError or IMAP4.error."""
    if server.scheme == "imaps":
        box: imaplib.IMAP4 = imaplib.IMAP4_SSL(
            server.host, server.port, ssl_context=_trusted(), timeout=PATIENCE_SECONDS
        )
    else:
        box = imaplib.IMAP4(server.host, server.port, timeout=PATIENCE_SECONDS)
    try:
        box.login(server.user, server.password)
    except BaseException:
        box.shutdown()
        raise
    return box


def smtp(server: Server) -> smtplib.SMTP:
    """A connection for sending, signed in where there is a user. Raises OSError or SMTPException."""
    if server.scheme == "smtps":
        post: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=PATIENCE_SECONDS, context=_trusted()
        )
    else:
        post = smtplib.SMTP(server.host, server.port, timeout=PATIENCE_SECONDS)
    try:
        if server.scheme == "smtp+tls":
            post.starttls(context=_trusted())
        if server.user:
            post.login(server.user, server.password)
    except BaseException:
        post.close()
        raise
    return post


def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=os.environ.get("HEED_MAIL_CA") or None)


def _server(name: str, schemes: tuple[str, ...]) -> Server | None:
    given = os.environ.get(name, "").strip()
    if not given:
        return None
    try:
        parts = urlsplit(given)
        scheme, host, port = parts.scheme, parts.hostname or "", parts.port
    except ValueError:
        scheme, host, port = "", "", None
    if scheme not in schemes or not host:
        raise Explained(
            f"{name} does not name a server: write {schemes[0]}://user@host, and see docs/how-to/mailbox.md."
        )
    if scheme in ("imap", "smtp") and host not in THIS_MACHINE:
        raise Explained(
            f"{name} names another machine without TLS, where anybody on the way could read what is sent: write "
            f"{schemes[0]}:// instead."
        )
    return Server(
        scheme, host, port or PORTS[scheme], unquote(parts.username or ""), password(f"{name}_PASSWORD")
    )


def password(name: str) -> str:
    """A secret of the environment, or of the file that the same name with _FILE names; empty where there is none."""
    file = os.environ.get(f"{name}_FILE")
    if not file:
        return os.environ.get(name, "")
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise Explained(
            f"{name}_FILE cannot be read: check that the file is there and who may read it."
        ) from None
