"""A message as a record: what it says stays in its words, what its headers claim stays beside them.

When something happened is not when somebody wrote of it: the date of a letter is when it was recorded. `happened_from`
is filled only where a line of the letter says so, and stands otherwise unknown.
"""

import hashlib
from datetime import datetime
from typing import Any

from heed.core.records.record import Document
from heed.formats.mail.facts import Facts, facts
from heed.formats.mail.headers import Address, addresses, header, ids, instant, received
from heed.formats.mail.parts import Opened, every
from heed.formats.mail.senders import Senders

LONGEST_REF = 150
MOST_TOLD = 20
NO_WORDS = "(There are no words in this message that can be read. What came with it is kept.)"
UNPROVEN = "sender: nothing proves who sent a message; the address is as it came"


def document(
    message: Opened, agency: str, kind: str, senders: Senders, *, recorded: datetime, raw: bytes
) -> Document:
    """The record of one message that the agency received. `recorded` is when it was written, as it says itself."""
    text, letters = _text(message)
    said = _said(text, letters)
    whole: dict[str, Any] = {
        "v": 1,
        "agency": agency,
        "ref": reference(message, raw),
        "revision": 1,
        "kind": kind,
        "happened_from": said.happened,
        "recorded_at": recorded.isoformat(),
        "author": _author(message, senders),
        "people": said.people or [{"part": "child"}],
        "things": said.things,
        "text": text,
        "childs_words": "\n".join(said.words),
        "told": _told(message, senders),
        "extra": {"mail": _claims(message)},
    }
    return {key: value for key, value in whole.items() if value not in ("", [], {})}


def when_written(message: Opened) -> tuple[datetime | None, str]:
    """When the message says it was written, else when the last server took it, and what is to be said of that."""
    claimed, taken = instant(header(message.message, "Date")), received(message.message)
    if claimed is None:
        return (
            taken,
            "date: none that can be used; recorded when the last mail server says it took the message",
        )
    if taken and abs((taken - claimed).total_seconds()) > 86_400:
        return claimed, "date: more than a day from when the last mail server took the message; both are kept"
    return claimed, ""


def reference(message: Opened, raw: bytes) -> str:
    """The message's own id, so that the same message again is the same record; of a message without one, a hash."""
    own = next(iter(ids(message.message, "Message-ID")), "")
    if own and len(own) <= LONGEST_REF and own.isascii() and own.isprintable():
        return own
    return "mail-" + hashlib.sha256(own.encode() if own else raw).hexdigest()[:32]


def thread(message: Opened) -> str:
    """The id of the first message of the conversation, as far as this one names it. Itself, where it names none."""
    earlier = [*ids(message.message, "References"), *ids(message.message, "In-Reply-To")]
    return next(iter([*earlier, *ids(message.message, "Message-ID")]), "")


def _text(message: Opened) -> tuple[str, list[tuple[int, int]]]:
    """Subject, letter, and every forwarded letter under who wrote it and when; and where each letter itself stands."""
    subject = header(message.message, "Subject")
    head = f"Subject: {subject}\n\n" if subject else ""
    words = message.words
    text, letters = head + words, [(len(head), len(head) + len(words))]
    for inner in list(every(message))[1:]:
        text += f"\n\n{_heading(inner)}\n\n"
        letters.append((len(text), len(text) + len(inner.words)))
        text += inner.words
    if not (words.strip() or subject or message.forwarded):
        return NO_WORDS, []
    return text.rstrip(), letters


def _said(text: str, letters: list[tuple[int, int]]) -> Facts:
    """What the letter says line by line; where it names no child, what the first letter forwarded in it says that does.

    Two letters are never mixed: one may tell of another child, or of another day.
    """
    for start, end in letters:
        found = facts(text, start, min(end, len(text)))
        if found.people:
            return found
    return Facts()


def _heading(inner: Opened) -> str:
    """Who wrote a forwarded message, when, and about what, as it says itself."""
    parts = {name: header(inner.message, name)[:500] for name in ("From", "Date", "To", "Subject")}
    return "\n".join(
        ["--- Forwarded message ---", *[f"{name}: {words}" for name, words in parts.items() if words]]
    )


def sender(message: Opened) -> Address | None:
    """Whose name is on it: From, else Sender."""
    return next(iter(addresses(message.message, "From", "Sender")), None)


def _author(message: Opened, senders: Senders) -> dict[str, Any]:
    """The sender. Somebody of whom no agency is known is a member of the public: no rank stands behind the address."""
    address = sender(message)
    if address is None:
        return {}
    known = senders.of(address)
    said = {"name": address.name or address.address, "grade": known.grade if known else "public"}
    if known:
        said |= {"agency": known.agency, **({"role": known.role} if known.role else {})}
    return said


def _told(message: Opened, senders: Senders) -> list[dict[str, Any]]:
    """Whom the message, and each forwarded one, was sent to, where they belong to an agency that is known.

    Being written to is being told; that they read it is not said.
    """
    found: list[dict[str, Any]] = []
    for each in every(message):
        at = instant(header(each.message, "Date"))
        for address in addresses(each.message, "To", "Cc"):
            known = senders.of(address)
            if known is None or address.address in senders.own:
                continue
            told = {"agency": known.agency, "name": address.name or address.address, "grade": known.grade}
            found.append(told | ({"at": at.isoformat()} if at else {}))
    return found[:MOST_TOLD]


def _claims(message: Opened) -> dict[str, Any]:
    """What the headers claim, one line each, and what came with the message. Nothing here depends on its way to us."""
    top = message.message
    address = sender(message)
    claims: dict[str, Any] = {
        "message_id": next(iter(ids(top, "Message-ID")), "")[:1000],
        "thread": thread(message)[:1000],
        "in_reply_to": ids(top, "In-Reply-To")[:1],
        "references": ids(top, "References")[:50],
        "from": address.address if address else "",
        "date": header(top, "Date")[:200],
        "subject": header(top, "Subject")[:2000],
        "to": [each.address for each in addresses(top, "To", "Cc")][:100],
        "forwarded": [_forwarded(inner) for inner in list(every(message))[1:]],
        "files": [
            {"name": file.name, "media_type": file.media_type, "bytes": len(file.content),
             "sha256": hashlib.sha256(file.content).hexdigest()}
            for each in every(message) for file in each.files
        ],
    }  # fmt: skip
    return {key: value for key, value in claims.items() if value}


def _forwarded(inner: Opened) -> dict[str, Any]:
    """The original sender and time of a forwarded message, as it came inside."""
    address, at = sender(inner), instant(header(inner.message, "Date"))
    said = {
        "from": address.address if address else "",
        "name": address.name if address else "",
        "at": at.isoformat() if at else "",
        "date": "" if at else header(inner.message, "Date")[:200],
        "message_id": next(iter(ids(inner.message, "Message-ID")), "")[:1000],
        "subject": header(inner.message, "Subject")[:2000],
    }
    return {key: value for key, value in said.items() if value}
