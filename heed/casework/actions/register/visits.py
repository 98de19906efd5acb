"""What is written on the register and belongs to the record: a visit with the child's words, the minutes of a meeting.

Each is a record of version 1, received like any other: sealed, receipted, in the chronology, never edited.
"""

import secrets
from datetime import date, datetime
from typing import Any

from heed.casework.actions.receive import receive
from heed.casework.actions.register.naming import child_mentioned, full_name
from heed.casework.models import Professional, Registered, Source
from heed.casework.policy.register import register_rules
from heed.core.records.explained import Explained
from heed.core.records.kinds import Kind
from heed.core.records.reading import parse
from heed.core.records.sources import source_key
from heed.core.register.seeing import ALONE, Seen

NOBODY_KNOWS = (
    "Nothing of the child may be seen by whoever would write this, and nothing of the child is kept by their agency: it "
    "would not be found in the child's chronology. Name somebody who works with the child."
)


def check_knows(row: Registered, writer: Professional, now: datetime) -> None:
    """Raises Explained for somebody whose visit or minutes nobody would find again: before it is theirs to write."""
    _child(row, writer, now)


def save_visit(
    *, row: Registered, seen: Seen, noted: str, by: Professional, now: datetime
) -> tuple[str, str]:
    """The visit as a record of the agency of whoever writes; gives its agency and reference."""
    alone = "Seen alone." if seen.alone == ALONE else f"Not seen alone: {seen.who_else.strip()}."
    how = register_rules().how[seen.how]
    text = f"Seen by {seen.who.strip()}. {how}. {alone}"
    if seen.on is None:
        raise Explained("Say on which day the child was seen.")
    more = {"childs_words": seen.words.strip(), "text": "\n\n".join(filter(None, (text, noted.strip())))}
    return _save(row, Kind.VISIT, seen.on, more, by, now)


def save_minutes(*, row: Registered, on: date, text: str, by: Professional, now: datetime) -> tuple[str, str]:
    """The minutes of a meeting about a child as a record; gives its agency and reference."""
    return _save(row, Kind.MEETING, on, {"text": text}, by, now)


def _save(
    row: Registered, kind: Kind, on: date, more: dict[str, Any], by: Professional, now: datetime
) -> tuple[str, str]:
    document = {
        "v": 1,
        "agency": by.agency_id,
        "ref": f"REG-{secrets.token_hex(10)}",
        "revision": 1,
        "kind": str(kind),
        "happened_from": on.isoformat(),
        "recorded_at": now.isoformat(timespec="seconds"),
        "author": {"ref": f"w-{by.pk}", "name": by.name, "role": by.role, "grade": by.grade},
        "people": [_child(row, by, now)],
        **more,
    }
    reading = parse(document)
    if reading.record is None:
        raise Explained("This cannot be kept as a record: " + "; ".join(map(str, reading.problems)))
    receive(record=reading.record, by=by, now=now)
    return by.agency_id, document["ref"]


def _child(row: Registered, by: Professional, now: datetime) -> dict[str, Any]:
    """The child as the writer's agency knows her: by its own reference; where it has none, as the newest record that
    the writer may see names her, so that the linking can find her."""
    about = row.under or row
    key = source_key((about.source_agency, about.source_ref))
    person = Source.objects.filter(key=key).values_list("person", flat=True).first()
    own = Source.objects.filter(person=person, agency=by.agency_id).order_by("key").first()
    if own is not None:
        return {"part": "child", "ref": own.key.partition(" ")[2]}
    known = child_mentioned(person=person or "", by=by, now=now)
    if not full_name(known):
        raise Explained(NOBODY_KNOWS)
    kept = {name: known[name] for name in ("given_names", "family_name", "born", "ids") if known.get(name)}
    return {"part": "child", "ref": f"watched-{about.reference}", **kept}
