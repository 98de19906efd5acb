"""Writing down an entry of a missing episode, an interview, a sheet or a plan: a record like any other, saved once.

Each agency writes its own record of an episode, and each entry is a newer revision of it: nothing is replaced. What the
entry makes somebody owe is opened in the same transaction.
"""

import json
from datetime import datetime, timedelta

from django.db import transaction

from heed.casework import sealed
from heed.casework.actions import ledger
from heed.casework.actions.concerns import SavedBefore, save_concern
from heed.casework.actions.duties import hand_over, holders, seconding, sight, steps
from heed.casework.actions.duties.opening import open_these
from heed.casework.actions.duties.refused import NotEnough, NotYours
from heed.casework.actions.missing import knowing
from heed.casework.actions.missing.knowing import duties
from heed.casework.actions.missing.opening import OPEN, owe_missing, review_by
from heed.casework.actions.missing.owing import REVIEWED, Case, opening
from heed.casework.actions.receive import Receipt
from heed.casework.models import Duty, Entry, Professional
from heed.casework.models import Record as Row
from heed.casework.policy import policy
from heed.casework.policy.missing import missing_rules
from heed.core.duty.moves import Level, Move, State
from heed.core.records.explained import Explained
from heed.core.records.kinds import Kind
from heed.core.records.record import Document, Record
from heed.core.review.missing_told import Entry as What
from heed.core.review.missing_told import said

MEANWHILE = (
    "Somebody of your agency has written another entry since you opened this page, so this one is NOT saved. Copy your "
    "words, look at the newest entry, and write yours after it."
)
COUNTED = frozenset({"facts", "version"})
CLOSED = "a missing child's risk was looked at again"


def save_entry(*, record: Record, by: Professional, now: datetime, hand_to: int | None = None) -> Receipt:
    """Save one entry; an entry of the agency that holds the episode is the look at the risk that was owed, and the next
    is owed from now. `hand_to`: it is offered to that colleague with the words of the entry, and theirs once they accept.

    Raises Explained for a grade without a reason, for another agency's record, and when somebody wrote meanwhile.
    """
    _grade_has_its_reason(record)
    with transaction.atomic():
        receipt, row, is_new = _saved(record, by, now)
        if not is_new:
            return receipt
        for person in knowing.children(row):
            _reviewed(row, person, by, now)
        owe_missing(records=[row], by=by, now=now)
        if hand_to is not None:
            _hand_over(record, by, hand_to, now)
    return receipt


def save_interview(*, record: Record, by: Professional, now: datetime) -> Receipt:
    """Save how a return interview stands; one that was held, declined or decided against answers what is owed, where
    somebody independent writes it. Its people and things are mentions from now on. Raises Explained as `save_entry`."""
    with transaction.atomic():
        receipt, row, _ = _saved(record, by, now)
        owe_missing(records=[row], by=by, now=now)
    return receipt


def save_kept(*, record: Record, by: Professional, now: datetime) -> Receipt:
    """Save a version of the sheet, or of the trigger plan. Raises Explained as `save_entry`."""
    with transaction.atomic():
        return _saved(record, by, now)[0]


def _saved(record: Record, by: Professional, now: datetime) -> tuple[Receipt, int, bool]:
    """The receipt, the row, and whether it is new: the same page sent twice is saved once, and was saved."""
    if record.agency != by.agency_id:
        raise NotYours("Each agency writes its own record of an episode: this one is another agency's.")
    before = _kept(record, by)
    if before is None:
        try:
            receipt = save_concern(record=record, by=by, now=now)
        except SavedBefore:
            raise Explained(MEANWHILE) from None
        return receipt, int(Entry.objects.get(seq=receipt.seq).subject.removeprefix("record:")), True
    row, document = before
    if _typed(document) != _typed(record.document):
        raise Explained(MEANWHILE)
    entry = Entry.objects.get(subject=f"record:{row}", kind="collection")
    return Receipt(entry.seq, entry.leaf, entry.at, record.agency, record.ref), row, False


def _kept(record: Record, by: Professional) -> tuple[int, Document] | None:
    """What the same person saved already as this revision of this record."""
    rows = Row.objects.system("a page sent twice is saved once").filter(received_by=by)
    row = rows.filter(agency=record.agency, ref=record.ref, revision=record.revision).first()
    return (row.pk, json.loads(sealed.document_of(row))) if row and row.document else None


def _typed(document: Document) -> Document:
    """Without what Heed itself puts in: the hour, and what it had counted when the page was sent."""
    extra = document.get("extra") or {}
    blocks = {
        name: {key: value for key, value in told.items() if key not in COUNTED}
        if isinstance(told, dict)
        else told
        for name, told in extra.items()
    }
    now_put = {"recorded_at"} if document["kind"] == Kind.MISSING else {"recorded_at", "happened_from"}
    return {key: value for key, value in document.items() if key not in now_put} | {"extra": blocks}


def _grade_has_its_reason(record: Record) -> None:
    least = policy().duties.reason_characters
    missing = record.missing
    if missing and missing.risk and len((missing.risk_reason or "").strip()) < least:
        raise NotEnough(f"A risk level is saved with its reason, in at least {least} characters.")


def _reviewed(row: int, person: str, by: Professional, now: datetime) -> None:
    """The look at the risk that was owed has been had; the next is owed. Never closed alone: its successor opens at the
    same level, and a high level is lowered only once a second person of another agency agrees."""
    child = knowing.known(person, now)
    record = next((told for number, told in child.records.values() if number == row), None)
    episode = child.episode_of((record.agency, record.ref)) if record else None
    if record is None or episode is None or not episode.away_at(now):
        return
    case = Case(row, record, episode, child, by, now)
    for duty in duties(OPEN, case.names, owed=True):
        if duty.owing_agency_id == by.agency_id and said(record, "entry") != What.REPORTED:
            _renewed(duty, case, by)


def _renewed(duty: Duty, case: Case, by: Professional) -> None:
    if duty.level == Level.HIGH and case.level is not Level.HIGH:
        _ask_to_lower(duty, case, by)
        return
    if duty.state == State.ASKED:
        return
    at = f"{case.record.agency} {case.record.ref}, revision {case.record.revision}"
    words = f"The risk was looked at again, in record {at}."
    step = steps.take(duty, Move.ANSWERED, by=by, at=case.now, decision=REVIEWED, words=words)
    sight.narrow(duty, case.now)
    what = missing_rules().opens["open"]
    owner = duty.owner if duty.owner.is_active else holders.holder(what.agency, what.post, case.now)
    level = Level.HIGH if Level.HIGH in (duty.level, case.level) else Level.USUAL
    said_next = f"Looked at again by {by}. Source: {what.source}."
    following_one = opening(
        case,
        what,
        OPEN,
        said_next,
        due_at=review_by(case),
        level=level,
        owner=owner,
        agency=duty.owing_agency_id,
    )
    acts = open_these(openings=[following_one], by=by, now=case.now)
    ledger.append_many([steps.act(duty, step, case.now), *acts])


def _ask_to_lower(duty: Duty, case: Case, by: Professional) -> None:
    """The grade is saved as it was given; what is owed stays high until a second person of another agency agrees."""
    post = policy().ladder.at(duty.rung).post
    if duty.state == State.ASKED or not (
        by.pk == duty.owner_id or holders.holds_or_stands_above(by, duty.owing_agency_id, post)
    ):
        return
    reason = case.record.missing.risk_reason or "" if case.record.missing else ""
    words = f"Graded lower, in record {case.record.agency} {case.record.ref}: {reason}"
    recheck_at = case.now + timedelta(days=policy().duties.recheck_days)
    seconding.ask(
        duty=duty, by=by, decision=seconding.LOWER, words=words, recheck_at=recheck_at, now=case.now
    )


def _hand_over(record: Record, by: Professional, colleague: int, now: datetime) -> None:
    to = Professional.objects.filter(pk=colleague).first()
    names = knowing.of_the_same_night(record, now)
    owed = [duty for duty in duties(OPEN, names, owed=True) if duty.owner_id == by.pk]
    if to is None or not owed:
        raise NotYours(
            "You do not hold this episode, so you cannot hand it over. Write the picture without handing it over: "
            "whoever holds it sees it."
        )
    words = said(record, "words") or CLOSED
    hand_over(duty=owed[0], by=by, to=to, words=words, now=now)
