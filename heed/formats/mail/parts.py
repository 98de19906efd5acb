"""The parts of a message: its words, the files in it, the messages forwarded in it; within limits, refused in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from heed.formats.contract import Attached
from heed.formats.mail.charsets import words_of
from heed.formats.mail.headers import decoded, header
from heed.formats.mail.plain import from_calendar, from_markup

MOST_PARTS = 200
MOST_HOLDERS = 40
DEEPEST = 15
"""Parts; parts that hold others; parts in parts: three times what a long chain of forwarded messages with files has."""
MOST_LINES = 600_000
"""Lines of one message. 25 MB of files are 340,000; the standard library holds each line against each open part."""
LONGEST_HEADERS, LONGEST_DESCRIPTION = 512 * 1024, 16 * 1024
"""Bytes of all headers of a message, and of one that describes a part, whose reading takes the square of its length."""
MANY_BYTES = 1024 * 1024
"""Bytes of one letter that are read as words; the whole stays in the message as it came."""

_HOLDER = re.compile(rb"(?im)^content-type[ \t]*:(?:[ \t]|\r?\n[ \t])*(?:multipart|message)[ \t]*/")
_DESCRIPTION = re.compile(rb"(?im)^content-[a-z-]{1,30}[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*")
_END_OF_HEADERS = re.compile(rb"\n\r?\n")
_MARKUP, _PLAIN, _CALENDAR = "text/html", "text/plain", "text/calendar"
_READ = (_MARKUP, _PLAIN, _CALENDAR)
TNEF = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})


class TooMuch(ValueError):
    """A message past a limit: what was found, and what was expected."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(found)
        self.found, self.expected = found, expected


@dataclass(slots=True)
class Opened:
    """A message with what was found in its parts. `forwarded` are messages that came whole inside this one."""

    message: Message
    plain: list[str] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)
    calendar: list[str] = field(default_factory=list)
    files: list[Attached] = field(default_factory=list)
    forwarded: list["Opened"] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The letter: its plain form, else what its markup says, with any calendar entry in words."""
        letter = "\n\n".join(text for text in self.plain if text.strip())
        if not letter:
            letter = "\n\n".join(filter(None, map(from_markup, self.markup)))
        return "\n\n".join(filter(None, [letter.strip("\n"), *map(from_calendar, self.calendar)]))


def opened(raw: bytes) -> Opened:
    """A message taken apart. Raises TooMuch for one with more parts, or deeper ones, than any letter has."""
    _within(raw)
    try:
        message = BytesParser(policy=compat32).parsebytes(raw)
    except RecursionError:
        raise TooMuch(*_too_deep()) from None
    whole = Opened(message)
    _take(message, whole, 0, [0])
    return whole


def _within(raw: bytes) -> None:
    """What would take a parser long is refused before it is parsed."""
    if sum(1 for _ in _HOLDER.finditer(raw)) > MOST_HOLDERS:
        raise TooMuch(
            f"more than {MOST_HOLDERS} parts that hold others", f"at most {MOST_HOLDERS} of them in a message"
        )
    if raw.count(b"\n") > MOST_LINES:
        raise TooMuch(f"more than {MOST_LINES:,} lines", f"at most {MOST_LINES:,} lines in a message")
    end = _END_OF_HEADERS.search(raw)
    if (end.start() if end else len(raw)) > LONGEST_HEADERS:
        raise TooMuch("headers without an end", f"at most {LONGEST_HEADERS // 1024} kB of headers")
    if any(len(each[0]) > LONGEST_DESCRIPTION for each in _DESCRIPTION.finditer(raw)):
        raise TooMuch(
            "a description of a part without an end", f"at most {LONGEST_DESCRIPTION // 1024} kB for one"
        )


def _too_deep() -> tuple[str, str]:
    return f"parts in parts more than {DEEPEST} deep", f"at most {DEEPEST} levels of parts"


def _take(message: Message, into: Opened, depth: int, seen: list[int]) -> None:
    """One part. `seen` counts the parts of the whole message, forwarded ones too."""
    seen[0] += 1
    if seen[0] > MOST_PARTS:
        raise TooMuch(f"more than {MOST_PARTS} parts", f"at most {MOST_PARTS} parts in a message")
    if depth > DEEPEST:
        raise TooMuch(*_too_deep())
    # Only of a message of parts: of any other it decodes the text in whatever codec that names, and some raise.
    inside = message.get_payload() if message.is_multipart() else None
    if isinstance(inside, list):
        forwarded = message.get_content_type() == "message/rfc822"
        for part in inside:
            if isinstance(part, Message):
                other = Opened(part) if forwarded else into
                _take(part, other, depth + 1, seen)
                if forwarded:
                    into.forwarded.append(other)
        return
    _leaf(message, into)


def _leaf(part: Message, into: Opened) -> None:
    kind = _kind(part)
    content = _content(part, into)
    name = _name(part)
    attached = _disposition(part) == "attachment" or bool(name)
    if kind in _READ and not (attached and kind != _CALENDAR):
        _read(kind, content, part, into)
    if kind == "text/plain" and not attached:
        return
    if content and (attached or kind != _MARKUP):
        if kind in TNEF or name.lower() == "winmail.dat":
            into.notes.append(
                "winmail.dat: files packed by Outlook are kept and not opened; ask for them again as plain files"
            )
        into.files.append(Attached(name or f"part.{kind.rpartition('/')[2][:20]}", kind, content))


def _read(kind: str, content: bytes, part: Message, into: Opened) -> None:
    cut = _beginning(content, MANY_BYTES)
    if len(cut) < len(content):
        into.notes.append("length: of a very long letter the beginning is read; the whole is kept as it came")
    read = words_of(cut, _charset(part))
    if read.assumed:
        into.notes.append(f"encoding: {read.assumed}")
    text = read.text.replace("\r\n", "\n").replace("\r", "\n")
    {_PLAIN: into.plain, _MARKUP: into.markup, _CALENDAR: into.calendar}[kind].append(text)


def _beginning(content: bytes, most: int) -> bytes:
    """At most so many bytes, cut at the end of a line where there is one, so that no letter is cut in half."""
    if len(content) <= most:
        return content
    end = content.rfind(b"\n", most // 2, most)
    return content[: end + 1 if end >= 0 else most]


def _content(part: Message, into: Opened) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (MessageError, ValueError, LookupError, AssertionError, IndexError):
        into.notes.append("encoding: a part that cannot be unpacked is only in the message as it came")
        return b""
    return content if isinstance(content, bytes) else b""


def _kind(part: Message) -> str:
    return decoded(part.get_content_type())[:100].lower()


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (ValueError, LookupError, TypeError, IndexError):
        return None


def _disposition(part: Message) -> str:
    return header(part, "Content-Disposition").partition(";")[0].strip().lower()


def _name(part: Message) -> str:
    try:
        found = part.get_filename()
    except (ValueError, LookupError, TypeError, IndexError):
        found = None
    return decoded(found)[:300] if isinstance(found, str) else ""


def every(message: Opened) -> Iterator[Opened]:
    """The message and every one forwarded in it, outermost first."""
    yield message
    for inner in message.forwarded:
        yield from every(inner)
