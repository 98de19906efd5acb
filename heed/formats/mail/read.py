"""Reading mail: each message is one record with its files, one refusal, or one that is set aside and why."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from heed.core.records.explained import Explained
from heed.core.records.reading import parse
from heed.formats.contract import Attached, Blank, Line, Refused, Row, SetAside, Usable, files
from heed.formats.mail.boxes import LONGEST_MESSAGE, count_messages, messages
from heed.formats.mail.documents import UNPROVEN, document, sender, when_written
from heed.formats.mail.headers import header, headers
from heed.formats.mail.parts import Opened, TooMuch, every, opened
from heed.formats.mail.senders import Senders, read_senders

_ENDINGS = frozenset({".eml", ".mbox", ".mbx"})
_OUTLOOK = bytes.fromhex("d0cf11e0a1b11ae1")
KINDS = ("concern", "contact")
RAW = Attached("message.eml", "message/rfc822", b"")
NO_SENDERS = Senders()


def read(paths: Sequence[Path], *, agency: str | None, options: Mapping[str, str]) -> Iterator[Row]:
    """Every message of every file, in order."""
    if agency is None:
        raise Explained("a message does not say which agency received it: name that agency.")
    kind = options.get("kind", "concern")
    if kind not in KINDS:
        raise Explained(f"the option kind of mail is one of {', '.join(KINDS)}, not {kind!r}.")
    senders = read_senders(Path(options["senders"])) if "senders" in options else NO_SENDERS
    for file in files(paths):
        if file not in paths and file.suffix.lower() not in _ENDINGS:
            yield SetAside(Line(str(file), 0), "not an .eml or .mbox file; name it by itself to have it read")
            continue
        for number, raw in messages(file):
            at = Line(str(file), number, f"message {number}")
            yield read_message(raw, at, agency=agency, kind=kind, senders=senders)


def count(path: Path) -> int:
    """How many messages a file has; 0 for an empty one."""
    return count_messages(path)


def read_message(
    raw: bytes | None, at: Line, *, agency: str, kind: str = "concern", senders: Senders = NO_SENDERS,
    taken: datetime | None = None,
) -> Row:  # fmt: skip
    """One message as bytes; None for one too long to hold. `taken` is when a mailbox says that it took it, for a message
    that does not say itself when it was written."""
    if raw is None or len(raw) > LONGEST_MESSAGE:
        return Refused(
            at, "message", "a message too long", f"at most {LONGEST_MESSAGE // 2**20} MB a message"
        )
    if not raw.strip():
        return Blank(at)
    if raw.startswith(_OUTLOOK):
        return Refused(
            at, "message", "an Outlook file (.msg)", "a message as text: open it and save it as .eml"
        )
    try:
        message = opened(raw.removeprefix(b"\xef\xbb\xbf"))
    except TooMuch as much:
        return Refused(at, "parts", much.found, much.expected)
    return _row(message, raw, at, agency, kind, senders, taken)


def _row(
    message: Opened, raw: bytes, at: Line, agency: str, kind: str, senders: Senders, taken: datetime | None
) -> Row:
    if not any(
        header(message.message, name) for name in ("From", "Date", "Subject", "Message-ID", "Received")
    ):
        return Refused(
            at, "message", "no header of a message", "lines such as From:, Date: and Subject: at its top"
        )
    automatic = nobody_wrote(message)
    if automatic:
        return SetAside(at, automatic)
    recorded, note = when_written(message)
    if recorded is None and taken is not None:
        recorded, note = taken, "date: none that can be used; recorded when the mailbox took the message"
    if recorded is None:
        words = header(message.message, "Date")[:40]
        found = f'"{words}"' if words else "no Date, and no Received"
        return Refused(at, "Date", found, "a date with its offset, such as Sun, 15 Mar 2026 09:00:00 +0000")
    reading = parse(document(message, agency, kind, senders, recorded=recorded, raw=raw))
    if reading.record is None:
        problem = reading.problems[0]
        return Refused(at, problem.key, problem.found, problem.expected)
    notes = [*_notes(message), *([note] if note else []), *reading.notes]
    return Usable(at, reading.record, tuple(dict.fromkeys(notes)), _attached(message, raw))


def nobody_wrote(message: Opened) -> str:
    """Why a message is the work of a mail program alone: an absence note or a report on delivery. Empty for a letter.

    What another system writes by itself (auto-generated) may be a warning, and is taken.
    """
    top = message.message
    if header(top, "Auto-Submitted").lower().startswith("auto-replied") or headers(top, "X-Autoreply"):
        return "an automatic reply (Auto-Submitted: auto-replied)"
    if top.get_content_type() == "multipart/report":
        return "a report of a mail program on delivery or reading"
    return ""


def _notes(message: Opened) -> Iterator[str]:
    yield UNPROVEN
    if sender(message) is None:
        yield "sender: the message names none"
    if message.forwarded:
        yield "forwarded: another message came inside; its sender, time and words are kept as it gives them"
    for each in every(message):
        yield from each.notes


def _attached(message: Opened, raw: bytes) -> tuple[Attached, ...]:
    """The message as it came, then each file in it."""
    inside = [file for each in every(message) for file in each.files]
    return (Attached(RAW.name, RAW.media_type, raw), *inside)
