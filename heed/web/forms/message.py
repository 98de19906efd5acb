"""The message of an agency's system, held against what a message may be before a line of it is read."""

import io
from dataclasses import dataclass

from django.http import HttpRequest
from django.http.request import UnreadablePostError

from heed.formats.contract import Line, Row
from heed.formats.records.read import row_of

LONGEST_MESSAGE = 16 * 1024 * 1024
MOST_LINES = 2000
"""One message is one transaction: more lines would keep others waiting."""
LONGEST_NAME = 200
TYPES = ("application/jsonl", "application/x-ndjson")
NAME = "body"
"""The place of a line of a message, where an import names its file."""
_BOM = b"\xef\xbb\xbf"


@dataclass
class Faulty(Exception):
    """A message that is not one, as a whole: what is at fault, what was found and expected, and the HTTP status."""

    status: int
    key: str
    found: str
    expected: str


def idempotency_of(request: HttpRequest) -> str:
    """The sender's own name for the message, so that it can be sent again; empty when there is none."""
    name = request.headers.get("Idempotency-Key", "")
    if len(name) > LONGEST_NAME or not name.isascii() or not (name.isprintable() or not name):
        raise Faulty(
            400, "Idempotency-Key", f"{len(name)} characters", f"1 to {LONGEST_NAME} printable characters"
        )
    return name


def message_of(request: HttpRequest) -> bytes:
    """The bytes of the message. Raises Faulty for another kind of content, for none, and for too much."""
    kind = request.content_type or "nothing"
    charset = request.content_params.get("charset", "utf-8").lower()
    if kind not in TYPES or charset not in ("utf-8", "utf8"):
        raise Faulty(415, "Content-Type", _short(kind), f"{' or '.join(TYPES)}, in UTF-8")
    encoding = request.headers.get("Content-Encoding", "identity")
    if encoding != "identity":
        raise Faulty(415, "Content-Encoding", _short(encoding), "identity: the lines as they are")
    length = request.headers.get("Content-Length", "")
    if not (length.isascii() and length.isdigit()):
        raise Faulty(
            411,
            "Content-Length",
            "nothing",
            "a message: its number of bytes, or chunks that the server counts",
        )
    if len(length) > 12 or int(length) > LONGEST_MESSAGE:
        raise Faulty(413, "Content-Length", length[:12], f"at most {LONGEST_MESSAGE} bytes a message")
    try:
        message = request.read(int(length))
    except UnreadablePostError:
        message = b""
    if len(message) != int(length) or not message.strip():
        raise Faulty(400, NAME, f"{len(message)} bytes", "records, one to a line, to the last byte announced")
    return message


def lines_of(message: bytes, agency: str) -> list[Row]:
    """Each line as what it is: a record of this agency, a refusal or a blank. Raises Faulty for too many lines."""
    lines = message.removeprefix(_BOM).count(b"\n") + (not message.endswith(b"\n"))
    if lines > MOST_LINES:
        raise Faulty(413, NAME, f"{lines} lines", f"at most {MOST_LINES} lines a message: send it in parts")
    read = enumerate(io.BytesIO(message.removeprefix(_BOM)), start=1)
    return [row_of(Line(NAME, number), _bare(line), agency, stamp=True) for number, line in read]


def _bare(line: bytes) -> bytes:
    return line.removesuffix(b"\n").removesuffix(b"\r")


def _short(words: str) -> str:
    return "".join(each for each in words[:60] if each.isprintable())
