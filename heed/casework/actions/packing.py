"""Asking for a pack of a child for a review; a second person of another agency who read it first; taking it, once.

What stands here is entries of the ledger and nothing else. A request is known by the number of its entry. The second
person agrees to what they were shown: its digest is written down, and a pack that has become another does not leave.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.actions.mandate import check_post
from heed.casework.models import Body, Entry, Professional
from heed.casework.packs import Made, Wanted, check, digest_of, written
from heed.casework.policy.exports import read_exports
from heed.casework.sealing import whose
from heed.casework.sealing.rows import text_of
from heed.core.records.explained import Explained
from heed.core.review.knowing import Knowledge
from heed.core.review.pack.compose import Composed

ASKED, AGREED, REFUSED, TAKEN = "pack_asked", "pack_agreed", "pack_refused", "pack_taken"
FORMS = ("pdf", "docx", "xlsx", "json", "own")
LONGEST = 2000
GONE = "Nobody can read this request any more: records that it rests on were erased. Ask for a new pack."
ANOTHER = (
    "The pack is not what it was when it was read: links, or what whoever asked for it may see, have changed. Read it "
    "again; nothing has left."
)


@dataclass(frozen=True, slots=True)
class Request:
    """A pack that was asked for. `form` is one of FORMS; `number` that of its entry. `digest`, `keep` and `also` are what
    the second person agreed to; empty until then. `state`: waits, agreed, refused or taken."""

    number: int
    person: str
    on: date
    form: str
    reason: str
    purpose: str
    by: Professional
    at: datetime
    state: str = "waits"
    second: Professional | None = None
    decided_at: datetime | None = None
    why_not: str = ""
    digest: str = ""
    keep: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    def wanted(self, keep: Collection[str] = (), also: Collection[str] = ()) -> Wanted:
        """What is to be put together, with words the second person keeps or takes out."""
        own = self.form == "own"
        form = "pdf" if own else self.form
        return Wanted(
            self.person,
            self.on,
            (form,),
            self.reason,
            self.purpose,
            own,
            (*self.keep, *keep),
            (*self.also, *also),
        )


def ask(
    *, person: str, on: date, form: str, reason: str, purpose: str, records: Collection[int], by: Professional,
    now: datetime,
) -> Entry:  # fmt: skip
    """Ask for a pack. Nothing leaves until a second person agreed. Raises Explained for a day that is not over, a form or
    a reason that is none, and a purpose in too few words."""
    read_exports().check(reason, purpose)
    if form not in FORMS:
        raise Explained(f"A pack is one of {', '.join(FORMS)}.")
    if on >= now.date():
        raise Explained("Choose a day that is over: what is read by the second person must stay what it was.")
    check(Wanted(person, on, ("json",), reason, purpose, form == "own"), now)
    body = {"on": on.isoformat(), "form": form, "purpose": purpose.strip(), "records": sorted(records)}
    with transaction.atomic():
        return _tell(ASKED, person, reason, body, by, now)


def agree(
    *, number: int, made: Composed, seen: str, keep: Collection[str], also: Collection[str], by: Professional,
    now: datetime,
) -> Entry:  # fmt: skip
    """The second person has read the pack as it will leave, and agrees. `seen` is the digest of what they were shown.
    Raises Explained where that is not what `made` is, and for whoever may not be the second person."""
    with transaction.atomic():
        request = _waiting(number, by)
        if digest_of(made) != seen:
            raise Explained(ANOTHER)
        body = {"digest": seen, "keep": sorted(keep), "also": sorted(also)}
        return _tell(AGREED, f"pack:{request.number}", request.reason, body, by, now, sealed=True)


def refuse(*, number: int, why: str, by: Professional, now: datetime) -> Entry:
    """The second person does not agree: the request is closed, and nothing leaves."""
    if not why.strip():
        raise Explained("Say why you do not agree, so that it can be put right.")
    with transaction.atomic():
        request = _waiting(number, by)
        body = {"why": why.strip()[:LONGEST]}
        return _tell(REFUSED, f"pack:{request.number}", request.reason, body, by, now, sealed=True)


def take(*, number: int, found: Knowledge, made: Composed, by: Professional, now: datetime) -> Made:
    """The file, once, for whoever asked. Raises Explained where nobody has agreed, it was taken, or it changed since."""
    with transaction.atomic():
        Professional.objects.select_for_update(no_key=True).get(pk=by.pk)
        request = request_of(number)
        if request is None or request.by.pk != by.pk or request.state != "agreed":
            raise Explained(
                "This pack cannot be taken out: nobody agreed to it yet, or it has been taken already."
            )
        if digest_of(made) != request.digest:
            raise Explained(f"{ANOTHER} Ask for a new one.")
        file = written(wanted=request.wanted(), found=found, composed=made, by=by, now=now)
        _tell(TAKEN, f"pack:{number}", request.reason, {"export": file.number}, by, now)
    return file


def request_of(number: int) -> Request | None:
    """One request as it stands; None where there is none, or its words were erased."""
    entry = Entry.objects.filter(pk=number, kind=ASKED).select_related("actor__agency").first()
    found = read([entry]) if entry is not None else []
    return found[0] if found else None


def read(entries: Collection[Entry]) -> list[Request]:
    """These requests as they stand, without those whose words were erased."""
    subjects = [f"pack:{entry.seq}" for entry in entries]
    later = Entry.objects.filter(subject__in=subjects, kind__in=(AGREED, REFUSED, TAKEN))
    moves = list(later.select_related("actor__agency").order_by("seq"))
    rows = Body.objects.filter(pk__in=[each.seq for each in (*entries, *moves)])
    bodies = {body.entry_id: json.loads(text) for body in rows if (text := text_of(body))}
    return [_request(each, [m for m in moves if m.subject == f"pack:{each.seq}"], bodies) for each in entries
            if each.seq in bodies]  # fmt: skip


def why_not_second(request: Request, by: Professional) -> str:
    """Why somebody cannot be the second person; empty where they can."""
    if request.by.pk == by.pk or request.by.agency_id == by.agency_id:
        return "Whoever reads a pack before it leaves works for another agency than whoever asked for it."
    if by.line_manager_id == request.by.pk or request.by.line_manager_id == by.pk:
        return "Whoever reads a pack before it leaves is outside the line of whoever asked for it."
    try:
        check_post(by, read_exports().pack_agreed_by, "read a pack before it leaves")
    except Explained as refusal:
        return str(refusal)
    return ""


def empty(records: Collection[int]) -> list[int]:
    """The entries of requests that rest on records which are erased: their words go with the records."""
    gone, seqs = set(records), []
    for entry, text in Body.objects.filter(entry__kind=ASKED).values_list("entry_id", "text"):
        if text and gone & set(json.loads(text)["records"]):
            later = Entry.objects.filter(
                subject=f"pack:{entry}", kind__in=(AGREED, REFUSED), body__isnull=False
            )
            seqs += [entry, *later.values_list("seq", flat=True)]
    return seqs


def _waiting(number: int, by: Professional) -> Request:
    request = request_of(number)
    if request is None:
        raise Explained(GONE)
    Professional.objects.select_for_update(no_key=True).get(pk=request.by.pk)
    request = request_of(number)
    if request is None or request.state != "waits":
        raise Explained("This pack waits for nobody any more: somebody has agreed to it, or has not.")
    if refusal := why_not_second(request, by):
        raise Explained(refusal)
    return request


def _request(entry: Entry, moves: Collection[Entry], bodies: dict[int, dict[str, object]]) -> Request:
    by = entry.actor
    if by is None:
        raise RuntimeError("a pack is asked for by somebody")
    told, state = bodies[entry.seq], {AGREED: "agreed", REFUSED: "refused", TAKEN: "taken"}
    decided = next((each for each in moves if each.kind != TAKEN), None)
    said = bodies.get(decided.seq, {}) if decided else {}
    kept, also = said.get("keep", ()), said.get("also", ())
    return Request(
        entry.seq, entry.subject, date.fromisoformat(str(told["on"])), str(told["form"]), entry.purpose,
        str(told["purpose"]), by, entry.at, state[list(moves)[-1].kind] if moves else "waits",
        decided.actor if decided else None, decided.at if decided else None, str(said.get("why", "")),
        str(said.get("digest", "")), tuple(kept), tuple(also),  # type: ignore[arg-type]
    )  # fmt: skip


def _tell(
    kind: str, subject: str, purpose: str, body: object, by: Professional, now: datetime, *, sealed: bool = False
) -> Entry:  # fmt: skip
    return ledger.append(
        kind=kind, subject=subject, purpose=purpose, body=body, by=by, agency=by.agency_id, now=now,
        key_of=whose.agency(by.agency_id) if sealed else "",
    )  # fmt: skip
