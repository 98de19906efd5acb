"""Conflicts of interest: declared or recorded, ended by somebody outside of the line, and the alarm when it is tried.

From then on nothing that names the person is there for whoever stands near to them: no record, no duty, no emergency
access. What they owed of it is passed on at once. Each row has its ledger entry in the same transaction.
"""

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from heed.casework.actions import ledger
from heed.casework.actions.duties import NotYours, holders, pass_on_barred
from heed.casework.actions.duties.abouts import open_about
from heed.casework.actions.duties.refused import NotEnough
from heed.casework.actions.outside import POST, as_colleague, reviewing
from heed.casework.doors.viewing import viewer_for
from heed.casework.models import Conflict, ConflictEnd, Mention, Professional, Record, Source
from heed.casework.sealed import seal_text
from heed.casework.sealing import whose
from heed.casework.sealing.rows import conflict_end_at, conflict_reason_at
from heed.core.access import conflict as rule
from heed.core.access.viewer import Viewer
from heed.core.records.explained import Explained
from heed.core.records.sources import source_key

KIND, ABOUT, TRIED = "conflict", "conflict:", "tried:"
CLAUSE = "a conflict of interest is looked at by somebody outside the line"
CLAUSE_TRIED = "whoever has a conflict of interest and asks all the same is spoken with"
REASON_CHARACTERS = 20
LONGEST_REASON = 2000


def record_conflict(*, person: str, who: int, reason: str, by: Professional, now: datetime) -> Conflict:
    """Bar a professional (by row) from everything that names a person; what is recorded already is given back.

    Raises Explained for a reason that is none, for a person who is not in sight of whoever records it, and for a
    colleague whose conflict is not theirs to record.
    """
    said = _checked(reason)
    whose_it_is = Professional.objects.get(pk=who)
    if not rule.may_record(as_colleague(by), as_colleague(whose_it_is), leads=leads(by)):
        raise NotYours(
            "A conflict of somebody else is recorded by their manager, or by whoever leads an agency."
        )
    with transaction.atomic():
        Professional.objects.select_for_update(no_key=True).get(pk=who)
        hangs = _in_sight(person, by, now)
        return _before(person, whose_it_is) or _recorded(hangs, person, whose_it_is, said, by, now)


def end_conflict(*, conflict: str, words: str, by: Professional, now: datetime) -> ConflictEnd:
    """A lead outside of the line says that it is none, or none any more. Raises Explained for anybody else, for an
    unknown or ended conflict, and for words that explain nothing."""
    said = _checked(words)
    row = Conflict.objects.filter(reference=conflict).select_related("professional").first()
    if row is None:
        raise Explained("There is no such conflict of interest. Open it from the duty to look at it.")
    if not rule.may_end(as_colleague(by), as_colleague(row.professional), leads=leads(by)):
        raise NotYours("It is ended by whoever leads another agency, outside of the line of whom it bars.")
    with transaction.atomic():
        if ConflictEnd.objects.select_for_update().filter(conflict=row).exists():
            raise NotEnough("Somebody has ended it already.")
        held = seal_text(said, key_of=whose.agency(by.agency_id), bound=conflict_end_at(row.pk))
        end = ConflictEnd.objects.create(conflict=row, words=held, by=by, at=now)
        _tell(row.reference, "ended", {"words": said}, by, now)
    return end


def may_end(row: Conflict, by: Professional) -> bool:
    """Whether somebody may end a conflict that nobody has ended yet."""
    return rule.may_end(as_colleague(by), as_colleague(row.professional), leads=leads(by))


def tried(*, viewer: Viewer, person: str, now: datetime) -> None:
    """Somebody asked for a person from whose records they are barred: a lead outside of their line is told, once for as
    long as nobody has answered. They themselves are told what everybody is told of what is not there."""
    keys = keys_of(person) & viewer.barred
    row = _among(Conflict.objects.filter(professional=viewer.professional), keys)
    if row is None:
        return
    words = f"{viewer.name}, {viewer.role}, asked for a page of somebody with whom they have a conflict of interest."
    agency = reviewing(row.professional, keys, now)
    open_about(
        about=f"{TRIED}{row.reference}", clause=CLAUSE_TRIED, words=words, agency=agency, post=POST, now=now
    )


def _recorded(
    hangs: tuple[str, str], person: str, who: Professional, said: str, by: Professional, now: datetime
) -> Conflict:
    reference = f"I-{secrets.token_hex(8)}"
    held = seal_text(said, key_of=whose.agency(by.agency_id), bound=conflict_reason_at(reference))
    row = Conflict.objects.create(
        reference=reference, professional=who, source_agency=hangs[0], source_ref=hangs[1], reason=held, by=by, at=now
    )  # fmt: skip
    body = {"professional": who.pk, "source": list(hangs), "reason": said}
    _tell(reference, "recorded", body, by, now)
    if who.pk != by.pk:
        open_about(
            about=f"{ABOUT}{reference}",
            clause=CLAUSE,
            words=f"{by} recorded that {who} has a conflict of interest. Look whether it stands, on its own page.",
            agency=reviewing(who, keys_of(person), now),
            post=POST,
            now=now,
            by=by,
        )
    pass_on_barred(now=now)
    return row


def _in_sight(person: str, by: Professional, now: datetime) -> tuple[str, str]:
    """The source it hangs on: the first of the person's that stands in a record whoever records it may see."""
    seen = Record.objects.visible_to(viewer_for(by, now)).filter(mentions__source__person=person)
    keys = Mention.objects.of(seen.values_list("pk", flat=True)).filter(source__person=person)
    found = keys.order_by("source").values_list("source__agency", "source__ref").first()
    if found is None:
        raise Explained("There is nothing of this person that you may see, so nothing to hang it on.")
    agency, ref = found
    return agency, ref


def _before(person: str, who: Professional) -> Conflict | None:
    """The one that bars them from this person already."""
    return _among(Conflict.objects.filter(professional=who), keys_of(person))


def keys_of(person: str) -> set[str]:
    """Every source of a person, as linked now."""
    return set(Source.objects.filter(person=person).values_list("key", flat=True))


def _among(rows: QuerySet[Any], keys: Collection[str]) -> Conflict | None:
    """The first that nobody has ended and that hangs on one of these sources."""
    live = rows.filter(end=None).order_by("pk")
    return next((one for one in live if source_key((one.source_agency, one.source_ref)) in keys), None)


def leads(by: Professional) -> bool:
    """Whether somebody leads their agency, or stands above whoever does."""
    return holders.holds_or_stands_above(by, by.agency_id, POST)


def _checked(reason: str) -> str:
    said = reason.strip()
    if not REASON_CHARACTERS <= len(said) <= LONGEST_REASON:
        raise Explained(
            f"Say why in {REASON_CHARACTERS} to {LONGEST_REASON:,} characters: a lead of another agency reads it."
        )
    return said


def _tell(reference: str, purpose: str, body: Mapping[str, object], by: Professional, now: datetime) -> None:
    ledger.append(
        kind=KIND, subject=f"{ABOUT}{reference}", purpose=purpose, body=body, by=by, agency=by.agency_id, now=now,
        key_of=whose.agency(by.agency_id),
    )  # fmt: skip
