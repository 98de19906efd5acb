"""Headers of a message as plain words on one line: decoded, never trusted, never raised over.

The standard library's own typed headers raise on much that spammers and old programs write; here what cannot be
decoded is kept as it stands.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from heed.formats.mail.charsets import words_of

LONGEST_HEADER = 20_000
"""Characters of one header that are looked at; what a list of three hundred recipients needs."""
EARLIEST_YEAR, LATEST_YEAR = 1971, 2199
_NO_ZONE = re.compile(r"-0000\s*(?:\([^)]*\))?\s*$")
_LIKE_AN_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_ID = re.compile(r"<([^<>\s]{1,900})>")


@dataclass(frozen=True, slots=True)
class Address:
    """Who somebody says they are: the address in lower case, and the name beside it."""

    address: str
    name: str

    @property
    def domain(self) -> str:
        """What stands after the last @."""
        return self.address.rpartition("@")[2]


def headers(message: Message, name: str) -> list[str]:
    """Every header of that name in its order, decoded and on one line."""
    wanted = name.lower()
    return [decoded(str(raw)) for key, raw in message.raw_items() if key.lower() == wanted]


def header(message: Message, name: str) -> str:
    """The first header of that name, empty where there is none."""
    return next(iter(headers(message, name)), "")


def decoded(raw: str) -> str:
    """Encoded words and raw bytes as text. A line end in it becomes a space: nothing in a header begins another."""
    text = words_of(raw[:LONGEST_HEADER].encode("utf-8", "surrogateescape")).text
    try:
        parts = decode_header(text)
        text = "".join(p if isinstance(p, str) else words_of(p, charset).text for p, charset in parts)
    except (HeaderParseError, ValueError, LookupError, IndexError):
        pass
    return one_line(text)


def one_line(text: str) -> str:
    """Control characters and runs of space as one space."""
    return " ".join("".join(c if c.isprintable() or ord(c) > 0xFFF else " " for c in text).split())


def addresses(message: Message, *names: str) -> tuple[Address, ...]:
    """Everybody named in these headers, each address once."""
    found: dict[str, Address] = {}
    # Split first and decoded after: a comma inside an encoded name separates nobody.
    raws = [
        _unfolded(str(raw))
        for name in names
        for key, raw in message.raw_items()
        if key.lower() == name.lower()
    ]
    try:
        pairs = getaddresses(raws)
    except (ValueError, IndexError, TypeError):
        pairs = []
    for name, address in pairs:
        plain = decoded(address).lower().replace(" ", "")
        if plain and "@" in plain:
            found.setdefault(plain, Address(plain, decoded(name)))
    if not found:  # written as no address is written: what looks like one is better than nobody
        odd = (address for raw in raws for address in _LIKE_AN_ADDRESS.findall(decoded(raw)))
        found = {address.lower(): Address(address.lower(), "") for address in odd}
    return tuple(found.values())


def _unfolded(raw: str) -> str:
    return re.sub(r"[\r\n]+", " ", raw[:LONGEST_HEADER])


def instant(words: str) -> datetime | None:
    """A date as mail writes it, with its offset. None where it is no date, or does not say in which zone."""
    try:
        found = parsedate_to_datetime(words[:200])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if found.tzinfo is None:
        if not _NO_ZONE.search(words):
            return None
        found = found.replace(
            tzinfo=UTC
        )  # RFC 5322, 3.3: -0000 is a time in UTC from a place that is not told
    offset = found.utcoffset()
    if not EARLIEST_YEAR <= found.year <= LATEST_YEAR or offset is None or offset.seconds % 60:
        return None
    return found


def received(message: Message) -> datetime | None:
    """When the last server on the way says that it took the message."""
    for words in headers(message, "Received"):
        found = instant(words.rpartition(";")[2].strip())
        if found:
            return found
    return None


def ids(message: Message, name: str) -> list[str]:
    """The message ids in a header, without their brackets."""
    return [one for words in headers(message, name) for one in _ID.findall(words)]
