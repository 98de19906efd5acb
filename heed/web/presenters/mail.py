"""What a page says of a record that came by e-mail: under which address, that nothing proves it, and its conversation."""

from collections.abc import Iterable
from dataclasses import dataclass

from heed.casework.doors.children import Entry
from heed.core.records.record import Document
from heed.web.presenters import wording


@dataclass(frozen=True, slots=True)
class Other:
    """Another record of the same conversation, by its row, and when it was written."""

    key: int
    when: str


def came(document: Document) -> str:
    """The sentence on the sender; empty for what did not come by e-mail."""
    claims = _claims(document)
    if not claims:
        return ""
    sender = claims.get("from") or "an address that is not given"
    passed_on = "".join(_passed_on(each) for each in claims.get("forwarded") or [] if isinstance(each, dict))
    return f"By e-mail from {sender}. Nothing proves who sent it.{passed_on}"


def conversations(entries: Iterable[Entry]) -> dict[int, tuple[Other, ...]]:
    """For each record of a conversation, by its row: the others of it that stand in the same chronology, oldest first."""
    threads: dict[str, list[Entry]] = {}
    for entry in entries:
        thread = _claims(entry.told.document).get("thread")
        if isinstance(thread, str) and thread:
            threads.setdefault(thread, []).append(entry)
    found: dict[int, tuple[Other, ...]] = {}
    for together in threads.values():
        ordered = sorted(together, key=lambda each: (each.told.recorded_at, each.key))
        others = [Other(each.key, wording.instant(each.told.recorded_at)) for each in ordered]
        found |= {entry.key: tuple(o for o in others if o.key != entry.key) for entry in together}
    return found


def _claims(document: Document) -> Document:
    extra = document.get("extra")
    claims = extra.get("mail") if isinstance(extra, dict) else None
    return claims if isinstance(claims, dict) else {}


def _passed_on(inner: Document) -> str:
    """Who wrote a message that came inside, and when, as it says itself."""
    who = inner.get("name") or inner.get("from") or "somebody who is not named"
    when = inner.get("at") or inner.get("date") or ""
    return f" It passes on a message from {who}" + (f", {when}." if when else ".")
