"""Signed checkpoints out of what a witness sent back: the note itself, or an e-mail with it in the text or attached."""

from email import message_from_bytes
from email.message import Message

from heed.core.records.explained import Explained
from heed.core.records.notes import DASH

MOST_BYTES = 4_000_000


def notes_in(raw: bytes, where: str) -> list[str]:
    """Every signed note in a file. Raises Explained when there is none."""
    if len(raw) > MOST_BYTES:
        raise Explained(f"{where} is too large for a checkpoint: a witness sends back a few lines.")
    texts = [_text(raw)]
    if f"\n{DASH}" not in (texts[0] or "") or _is_mail(raw):
        texts = [_text(part) for part in _parts(message_from_bytes(raw))]
    found = dict.fromkeys(note for text in texts if text for note in [_note(text)] if note)
    if not found:
        raise Explained(
            f"{where} holds no signed checkpoint. Hand over the file that heed-witness wrote, or its e-mail as a file."
        )
    return list(found)


def _is_mail(raw: bytes) -> bool:
    return (
        raw.lstrip().split(b"\n", 1)[0].split(b":", 1)[0].replace(b"-", b"").isalpha() and b":" in raw[:200]
    )


def _parts(message: Message) -> list[bytes]:
    found = [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]
    return [part for part in found if isinstance(part, bytes)]


def _text(raw: bytes) -> str | None:
    try:
        return raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None


def _note(text: str) -> str | None:
    """The note in a text: three lines, an empty one and the signatures; whatever a mail programme put around it goes."""
    lines = [line.rstrip() for line in text.split("\n")]
    signed = [place for place, line in enumerate(lines) if line.startswith(DASH)]
    if not signed or signed[0] < 4 or lines[signed[0] - 1]:
        return None
    end = signed[0]
    while end < len(lines) and lines[end].startswith(DASH):
        end += 1
    return "\n".join(lines[signed[0] - 4 : end]) + "\n"
