"""Legal holds: nothing of a record, or of a child, is erased while one stands."""

from collections.abc import Collection, Set
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from heed.casework.actions import ledger
from heed.casework.actions.mandate import check_post
from heed.casework.models import Agency, HoldLifted, LegalHold, Mention, Professional, Record, Source
from heed.casework.policy.erasure import erasure_rules
from heed.casework.sealed import seal_text
from heed.casework.sealing import whose
from heed.core.records.explained import Explained
from heed.core.records.sources import source_key

RECORD, CHILD = "record", "child"
KIND = "hold"
NOT_KEPT = "to hold what is not kept"


class NotThere(Explained):
    """Nothing is kept under the reference that was given."""


def set_hold(*, scope: str, agency: str, ref: str, reason: str, by: Professional, now: datetime) -> LegalHold:
    """Hold one record, or all that is kept of one child, named by the agency's own reference.
    Who may ask for an erasure, or agree to one, may hold it up, whatever their agency."""
    _may(by, "set a legal hold")
    _check_kept(scope, agency, ref, by, now)
    with transaction.atomic():
        owner = whose.agency(by.agency_id)
        held = seal_text(
            _said(reason), key_of=owner, bound=("casework_legalhold", "reason", agency, ref, by.pk)
        )
        hold = LegalHold.objects.create(
            scope=scope, agency=Agency.objects.get(pk=agency), ref=ref, reason=held, by=by, at=now
        )
        ledger.append(
            kind=KIND, subject=f"hold:{hold.pk}", purpose="set", by=by, agency=by.agency_id, now=now, key_of=owner,
            body={"hold": hold.pk, "scope": scope, "agency": agency, "ref": ref, "reason": reason},
        )  # fmt: skip
    return hold


def lift_hold(*, number: int, reason: str, by: Professional, now: datetime) -> HoldLifted:
    """End a hold. Whoever set it says why it ends, or somebody else of their agency with a post for it."""
    _may(by, "lift a legal hold")
    hold = LegalHold.objects.filter(pk=number, lifted=None).select_related("by").first()
    if hold is None:
        raise Explained(f"there is no standing hold {number}; `heed hold list` names those that stand.")
    if hold.by is not None and hold.by.agency_id != by.agency_id:
        raise Explained(f"hold {number} was set by another agency; only they can lift it.")
    with transaction.atomic():
        owner = whose.agency(by.agency_id)
        held = seal_text(_said(reason), key_of=owner, bound=("casework_holdlifted", "reason", hold.pk))
        lifted = HoldLifted.objects.create(hold=hold, reason=held, by=by, at=now)
        ledger.append(
            kind=KIND, subject=f"hold:{hold.pk}", purpose="lifted", by=by, agency=by.agency_id, now=now,
            body={"hold": hold.pk, "reason": reason}, key_of=owner,
        )  # fmt: skip
    return lifted


def check_not_held(records: Collection[Record], sources: Set[str]) -> None:
    """Raises Explained when a standing hold is on one of these records or children."""
    found = _standing_on({(row.agency_id, row.ref) for row in records}, sources)
    if found:
        raise Explained(
            f"a legal hold stands (number {', '.join(map(str, found))}): nothing it covers may be erased. Whoever set "
            "it lifts it, on the page of legal holds or with `heed hold lift`, and says why."
        )


def still_held(hold: LegalHold) -> str:
    """In words, which other holds stand on what this one is on, or was; empty where none does. Two inquiries may need
    the same, so that a second hold is taken: were it refused, the end of the first would leave the second with none."""
    others = [number for number in _standing_on(*_covered(hold)) if number != hold.pk]
    if not others:
        return ""
    which = "hold {} stands" if len(others) == 1 else "holds {} stand"
    return f"Also held: {which.format(', '.join(map(str, others)))} on it, or on part of it. Each is lifted by itself."


def _covered(hold: LegalHold) -> tuple[set[tuple[str, str]], set[str]]:
    """The records and the children a hold is on: of a record the children in it, of a child her records."""
    children = Mention.objects.system("which records and children a hold is on").filter(part=CHILD)
    if hold.scope == RECORD:
        within = children.filter(record__agency=hold.agency_id, record__ref=hold.ref)
        return {(hold.agency_id, hold.ref)}, set(within.values_list("source_id", flat=True))
    sources = _one_child(source_key((hold.agency_id, hold.ref)))
    about = children.filter(source__in=sources)
    return set(about.values_list("record__agency_id", "record__ref")), sources


def _standing_on(names: Set[tuple[str, str]], sources: Set[str]) -> list[int]:
    """The holds that stand on one of these records, by agency and reference, or on one of these children."""
    standing = LegalHold.objects.filter(lifted=None)
    return [
        hold.pk
        for hold in standing.filter(Q(scope=RECORD) | Q(scope=CHILD)).order_by("pk")
        if (hold.scope == RECORD and (hold.agency_id, hold.ref) in names)
        or (hold.scope == CHILD and sources & _one_child(source_key((hold.agency_id, hold.ref))))
    ]


def _one_child(key: str) -> set[str]:
    """The child as every agency's files know her: a hold set under one agency's reference holds what the others keep."""
    person = Source.objects.filter(pk=key).values("person")
    return {key, *Source.objects.filter(person__in=person).values_list("key", flat=True)}


def check_there(scope: str, agency: str, ref: str) -> None:
    """Raises Explained for a scope there is none of, or a record or child that is not kept here."""
    rows = Record.objects.system("whether something is there to be erased or held").exclude(document="")
    there = {
        RECORD: rows.filter(agency=agency, ref=ref).exists(),
        CHILD: Source.objects.filter(pk=source_key((agency, ref))).exists(),
    }
    if scope not in there:
        raise Explained(f"{scope!r} is no scope: write {RECORD} or {CHILD}.")
    if not there[scope]:
        raise NotThere(
            f"nothing is kept of {scope} {ref!r} of {agency}. Give the agency's code and its own reference, exactly as "
            "they stand in its files."
        )


def _check_kept(scope: str, agency: str, ref: str, by: Professional, now: datetime) -> None:
    """Asking after what is not there is an entry, as for an erasure: nobody tries references unseen."""
    try:
        check_there(scope, agency, ref)
    except NotThere:
        with transaction.atomic():
            ledger.append(
                kind="refusal", subject="holds", purpose=NOT_KEPT, body={"records": []}, by=by, agency=by.agency_id,
                now=now,
            )  # fmt: skip
        raise


def _may(by: Professional, what: str) -> None:
    rules = erasure_rules()
    check_post(by, rules.may_ask | rules.may_agree, what)


def _said(reason: str) -> str:
    if not reason.strip():
        raise Explained("a hold needs a reason that a colleague can check later.")
    return reason.strip()
