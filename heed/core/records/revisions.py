"""What a record that comes again means: nothing new, a newer revision, or a conflict.

The rule is that of records version 1: agency and ref are the identity; the same content changes nothing; a
higher revision supersedes; the same or a lower revision with other content is refused, and what differs is shown.
"""

from collections.abc import Container, Mapping
from enum import StrEnum

from heed.core.records.record import Document

SHOWN = ("kind", "happened_from", "happened_to", "recorded_at", "revision")
"""Keys whose two values may be quoted in a message: none of them can hold a name."""


class Coming(StrEnum):
    """How a record stands to what is already kept."""

    ACCEPTED = "accepted"
    SUPERSEDING = "superseding"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


def coming(
    kept: Mapping[int, str], revision: int, digest: str, withdrawn: Container[int] = frozenset()
) -> Coming:
    """`kept` is the digest of each revision already kept under the same agency and ref, `withdrawn` those of them
    that were withdrawn: what was taken back does not come again by being sent again, only as a higher revision."""
    if not kept:
        return Coming.ACCEPTED
    if kept.get(revision) == digest:
        return Coming.REFUSED if revision in withdrawn else Coming.UNCHANGED
    return Coming.SUPERSEDING if revision > max(kept) else Coming.REFUSED


def differing(kept: Document, sent: Document) -> list[str]:
    """The top-level keys in which two documents differ, in the order they were sent."""
    keys = [*sent, *(key for key in kept if key not in sent)]
    return [key for key in keys if kept.get(key) != sent.get(key)]


def taken_back(revision: int) -> str:
    """One sentence on a record that was withdrawn and is sent again as it was."""
    return (
        f"revision {revision} was withdrawn with the batch it came in, and stays so. Send it with a higher revision "
        "if it is to stand."
    )


def conflict(kept: Document, sent: Document) -> str:
    """One sentence on a conflict: what differs, and what to do. Quotes no value that could hold a name."""
    words = []
    for key in differing(kept, sent):
        if key in SHOWN:
            words.append(f"{key} (kept {kept.get(key)!r}, sent {sent.get(key)!r})")
        else:
            words.append(key)
    return (
        f"revision {kept.get('revision', 1)} is already kept with other content; it differs in {', '.join(words)}. "
        "Send a change with a higher revision."
    )
