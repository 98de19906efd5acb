"""Letters for the tests of mail: all fictional."""

from pathlib import Path

from heed.formats.contract import Line, Row
from heed.formats.mail.read import read_message
from heed.formats.mail.senders import senders_of

DATE = "Sun, 15 Mar 2026 09:00:00 +0100"
SENDERS = senders_of(
    {
        "senders": {
            "homes.example.org": "home",
            "police.example.org": {"agency": "police", "grade": "supervisor"},
        },
        "own_addresses": ["warnings@partnership.example.org"],
    },
    "a test",
)


def letter(body: bytes | str = "She came back at six.", **headers: str | None) -> bytes:
    """One message with these headers; None leaves one out. Underscores stand for hyphens."""
    known: dict[str, str | None] = {
        "From": "R. Bell <r.bell@homes.example.org>",
        "To": "warnings@partnership.example.org",
        "Subject": "Third time",
        "Date": DATE,
        "Message-ID": "<17@homes.example.org>",
    }
    known |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in known.items() if value is not None)
    content = body.encode() if isinstance(body, str) else body
    return head.encode("latin-1") + b"\r\n" + content + b"\r\n"


def holding(*parts: bytes, kind: str = "mixed", **headers: str | None) -> bytes:
    """A message of several parts, each with its own headers."""
    body = b"".join(b"--cut\r\n" + part + b"\r\n" for part in parts) + b"--cut--"
    return letter(body, MIME_Version="1.0", Content_Type=f'multipart/{kind}; boundary="cut"', **headers)


def row(raw: bytes, **more: object) -> Row:
    """What reading one message gives."""
    return read_message(raw, Line("letter.eml", 1), agency="partnership", senders=SENDERS, **more)


def box(folder: Path, *raws: bytes, name: str = "box.mbox") -> Path:
    """A mailbox file with these messages."""
    file = folder / name
    separator = b"From MAILER Sun Mar 15 09:00:00 2026\n"
    file.write_bytes(b"".join(separator + raw.replace(b"\nFrom ", b"\n>From ") + b"\n" for raw in raws))
    return file
