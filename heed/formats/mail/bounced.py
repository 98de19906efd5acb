"""A letter that came back: which address never takes it, and which letter it was (RFC 3464, a delivery status
notification). Anybody can write one; who reads it asks for the Message-ID of a letter that was really sent."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from heed.formats.mail.parts import TooMuch, opened

LONGEST = 1024 * 1024
"""Bytes of a notice that is read: it holds the letter that came back, or its headers."""
MOST, LONGEST_FIELD = 50, 320
"""Recipients in one notice, and characters of a field that are read."""
_ID = re.compile(r"<[^<>\s]{1,250}>")
_NEVER = re.compile(r"5\.\d{1,3}\.\d{1,3}")
_HOSTILE = (ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError)
"""What the standard library lets escape from headers that nobody wrote in good faith."""


@dataclass(frozen=True, slots=True)
class Bounce:
    """`addresses`, in small letters, that never take what was sent; `letters`, the Message-IDs of what came back."""

    addresses: tuple[str, ...]
    letters: tuple[str, ...]


def bounced(raw: bytes) -> Bounce | None:
    """What a message says of a letter that came back for ever; None for any other message, for one that was only late,
    and for one that names no letter. Never raises, whatever it is given."""
    if len(raw) > LONGEST or b"delivery-status" not in raw.lower():
        return None
    try:
        message = opened(raw.removeprefix(b"\xef\xbb\xbf")).message
        if message.get_content_type() != "multipart/report":
            return None
        addresses = tuple(dict.fromkeys(_refused(message)))[:MOST]
        letters = tuple(dict.fromkeys(_letters(message)))[:MOST]
    except TooMuch:
        return None
    except _HOSTILE:
        return None
    return Bounce(addresses, letters) if addresses and letters else None


def _refused(message: Message) -> Iterator[str]:
    for block in _blocks(message):
        if _field(block, "Action").lower() != "failed" or not _NEVER.match(_field(block, "Status")):
            continue
        for name in ("Original-Recipient", "Final-Recipient"):
            address = _field(block, name).partition(";")[2].strip().strip("<>").lower()
            if "@" in address:
                yield address


def _blocks(message: Message) -> Iterator[Message]:
    for part in message.walk():
        held = part.get_payload()
        if part.get_content_type() == "message/delivery-status" and isinstance(held, list):
            yield from (block for block in held[: MOST + 1] if isinstance(block, Message))


def _letters(message: Message) -> Iterator[str]:
    """The Message-IDs of what is sent back with the notice: the whole letter, or its headers."""
    for part in message.walk():
        held = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(held, list):
            for inner in held[:1]:
                yield from _ID.findall(_field(inner, "Message-ID") if isinstance(inner, Message) else "")
        elif part.get_content_type() == "text/rfc822-headers" and isinstance(held, str):
            lines = re.findall(r"(?im)^message-id:[ \t]*([^\r\n]{1,320})", held[:65536])
            yield from (found for line in lines[:MOST] for found in _ID.findall(line))


def _field(message: Message, name: str) -> str:
    return str(message.get(name, ""))[:LONGEST_FIELD].strip()
