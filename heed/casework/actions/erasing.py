"""Erasing by order: one person asks, another of another agency agrees, and only then it is done, in one transaction.

What goes: the words of the records, the salts by which a guess of them could be tested, what was computed from them,
their files, and what was said in their duties. What stays: the headers of the ledger, that a record was there, and an
entry that says which bodies were destroyed, by what right. The keys go after the commit, through the outbox: a crash
in between leaves them for the next worker, never a record without a key that was not erased.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from heed.casework import remains, sealed
from heed.casework.actions import drafts, ledger, unmaking
from heed.casework.actions.holds import RECORD, NotThere, check_not_held, check_there
from heed.casework.actions.mandate import check_post
from heed.casework.actions.register import erasing as registered
from heed.casework.agencies import PLACEHOLDER_ORDER
from heed.casework.linking.storing import one_at_a_time
from heed.casework.models import (
    Agency,
    Entry,
    ErasedRecord,
    ErasureDecision,
    ErasureRequest,
    Outbox,
    Post,
    Professional,
    Source,
)
from heed.casework.policy.erasure import erasure_rules
from heed.casework.sealing import whose
from heed.casework.sealing.rows import reason_at, sources_at, sources_of
from heed.core.records.explained import Explained
from heed.core.records.sources import source_key

ASKED, ERASED, REFUSED, SHRED = "erasure_request", "erasure", "erasure_refused", "shred"
NOT_KEPT = "to ask for the erasure of what is not kept"


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was done: the receipt for whoever asked. `elsewhere`: records of other children that mention this one."""

    request: int
    seq: int
    leaf: str
    at: datetime
    records: int
    elsewhere: tuple[tuple[str, str], ...]


def ask(
    *, scope: str, agency: str, ref: str, basis: str, reason: str, by: Professional, now: datetime
) -> ErasureRequest:
    """Ask that one record, or all records of one child, be erased. Nothing is erased until somebody else agrees."""
    check_post(by, erasure_rules().may_ask, "ask for an erasure")
    _checked(basis, reason)
    _check_kept(scope, agency, ref, by, now)
    if ErasureRequest.objects.filter(scope=scope, agency=agency, ref=ref, decision=None).exists():
        raise Explained("this has been asked for and waits for a second person; see `heed erase list`.")
    with transaction.atomic():
        owner = whose.agency(by.agency_id)
        place = (agency, ref, by.pk)
        sources = _sources(scope, agency, ref)
        held, said = sealed.seal_texts([
            (json.dumps(sources), owner, sources_at(*place)), (reason.strip(), owner, reason_at(*place)),
        ])  # fmt: skip
        request = ErasureRequest.objects.create(
            scope=scope, agency=Agency.objects.get(pk=agency), ref=ref, sources=held, basis=basis, reason=said,
            by=by, at=now,
        )  # fmt: skip
        told = {
            "scope": scope,
            "agency": agency,
            "ref": ref,
            "sources": sources,
            "basis": basis,
            "reason": reason,
        }
        _tell(ASKED, request, basis, told, by, now, owner)
    return request


def check_may_decide(*, number: int, by: Professional) -> None:
    """Raises Explained unless they may be the second person of a request that waits."""
    _open(number, by)


def refuse(*, number: int, reason: str, by: Professional, now: datetime) -> ErasureDecision:
    """The second person does not agree: the request is closed, and nothing is erased."""
    with transaction.atomic():
        request = _open(number, by)
        owner = whose.agency(by.agency_id)
        entry = _tell(REFUSED, request, request.basis, {"reason": reason}, by, now, owner)
        return _decided(request, agreed=False, reason=reason, by=by, now=now, entry=entry.seq, keys=[])


def agree(*, number: int, by: Professional, now: datetime) -> Erasure:
    """The second person agrees: it is erased. Raises Explained for the same person, the same agency, or a hold."""
    unmaking.overwrite_what_is_removed()
    with transaction.atomic():
        request = _open(number, by)
        one_at_a_time(now)
        sealed.alone()
        sources = _asked_for(request)
        rows, elsewhere = unmaking.meant(request)
        check_not_held(rows, unmaking.children_of(rows) | sources)
        begun = drafts.about(records=[(row.agency_id, row.ref) for row in rows], sources=sources)
        keys, owners = unmaking.keys_of(rows, sources), unmaking.owners_of(rows)
        keys = sorted({*keys, *drafts.sweep(begun)})
        named = {row: source if request.scope == RECORD else "" for row, source in owners.items()}
        left = remains.marks(rows, named, registered.duties(sources))
        seqs = unmaking.take_out(rows, sources, now)
        unmaking.seal_the_rest_again(keys)
        entry = _erased(request, left, len(rows), seqs, by, now)
        ledger.append_many(registered.settle(sources, by, now))
        _decided(request, agreed=True, reason="", by=by, now=now, entry=entry.seq, keys=keys)
        ErasedRecord.objects.bulk_create(
            ErasedRecord(record=row, request=request, source=named[row.pk]) for row in rows
        )
        Outbox.objects.create(kind=SHRED, subject=f"erasure:{request.pk}", created_at=now)
    return Erasure(request.pk, entry.seq, entry.leaf, now, len(rows), elsewhere)


def _open(number: int, by: Professional) -> ErasureRequest:
    waiting = ErasureRequest.objects.filter(pk=number, decision=None).select_related("by")
    request: ErasureRequest | None = waiting.first()
    if request is None:
        raise Explained(
            f"no erasure {number} waits for a second person; `heed erase list` names those that do."
        )
    check_post(by, erasure_rules().may_agree, "agree to an erasure")
    if request.by_id == by.pk:
        raise Explained(
            "nobody erases alone: whoever asked cannot agree. A person at another agency decides."
        )
    if request.by.agency_id == by.agency_id and _another_agency_could(request.by.agency_id):
        raise Explained(
            "whoever agrees works for another agency than whoever asked, so that no agency erases its own words alone. "
            "Ask a designated lead or an executive elsewhere."
        )
    if by.line_manager_id == request.by_id or request.by.line_manager_id == by.pk:
        raise Explained("whoever agrees is neither the manager of whoever asked nor managed by them.")
    return request


def _another_agency_could(agency: str) -> bool:
    """Whether somebody at another agency could decide: if not, a second person of the same agency may."""
    posts = Post.objects.filter(post__in=erasure_rules().may_agree, order__lt=PLACEHOLDER_ORDER)
    return posts.exclude(agency=agency).filter(holder__is_active=True).exists()


def _checked(basis: str, reason: str) -> None:
    rules = erasure_rules()
    if basis not in rules.bases:
        raise Explained(
            f"{basis!r} is no legal basis of policy/erasure.yaml; known are: {', '.join(rules.bases)}."
        )
    if len(reason.strip()) < rules.reason_characters:
        raise Explained(
            f"the reason needs at least {rules.reason_characters} characters: which order or decision, and of what day. "
            "It is kept; name no child in it."
        )


def _check_kept(scope: str, agency: str, ref: str, by: Professional, now: datetime) -> None:
    """Asking after what is not there is an entry, as a refused look is: nobody tries references unseen."""
    try:
        check_there(scope, agency, ref)
    except NotThere:
        with transaction.atomic():
            ledger.append(
                kind="refusal", subject="erasures", purpose=NOT_KEPT, body={"records": []}, by=by,
                agency=by.agency_id, now=now,
            )  # fmt: skip
        raise


def _sources(scope: str, agency: str, ref: str) -> list[str]:
    """The child's sources as they are linked now."""
    if scope == RECORD:
        return []
    person = Source.objects.get(pk=source_key((agency, ref))).person
    return sorted(Source.objects.filter(person=person).values_list("key", flat=True))


def _asked_for(request: ErasureRequest) -> set[str]:
    try:
        return set(sources_of(request))
    except (sealed.Gone, sealed.Unreadable):
        raise Explained(
            f"erasure {request.pk} cannot be agreed to: whom it names cannot be opened, because it is not what was "
            "asked. Run `heed ledger verify`, refuse it, and have it asked for again."
        ) from None


def _erased(
    request: ErasureRequest, left: dict[str, str], records: int, seqs: Sequence[int], by: Professional, now: datetime
) -> Entry:  # fmt: skip
    """The entry that says whose bodies were destroyed. Its own body is never sealed: whoever verifies must read it."""
    asked = Entry.objects.get(kind=ASKED, subject=f"erasure:{request.pk}")
    body = {
        "entries": sorted(seqs), "basis": request.basis, "scope": request.scope, "request": asked.seq,
        "records": records, "left": left,
    }  # fmt: skip
    return _tell(ERASED, request, request.basis, body, by, now, "")


def _tell(
    kind: str,
    request: ErasureRequest,
    purpose: str,
    body: object,
    by: Professional,
    now: datetime,
    key_of: str,
) -> Entry:
    return ledger.append(
        kind=kind, subject=f"erasure:{request.pk}", purpose=purpose, body=body, by=by, agency=by.agency_id, now=now,
        key_of=key_of,
    )  # fmt: skip


def _decided(
    request: ErasureRequest, *, agreed: bool, reason: str, by: Professional, now: datetime, entry: int,
    keys: Sequence[str],
) -> ErasureDecision:  # fmt: skip
    bound = ("casework_erasuredecision", "reason", request.pk)
    held = sealed.seal_text(reason, key_of=whose.agency(by.agency_id), bound=bound) if reason else ""
    return ErasureDecision.objects.create(
        request=request, agreed=agreed, reason=held, by=by, at=now, entry=entry, keys=json.dumps(list(keys))
    )
