"""A person's word on a link: same, different or unsure. It stands until a newer word on the same pair, or until it is
withdrawn. One that would let records be seen across agencies waits for a second person (`second_person`)."""

from datetime import datetime

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.actions.verdict_steps import step
from heed.casework.linking.judging import between, relink
from heed.casework.models import Outbox, Professional, Source, Verdict
from heed.casework.sealed import seal_text
from heed.casework.sealing import whose
from heed.casework.sealing.rows import verdict_at
from heed.core.identity.verdicts import Step, Word, needs_second, pair
from heed.core.records.explained import Explained

KIND = "combination"
LONGEST_REASON = 2000


def judge(
    *, left: str, right: str, verdict: str, reason: str, by: Professional, now: datetime, seen: bool = True
) -> Verdict:
    """Keep a verdict on two sources, write it into the ledger and group their people again, in one transaction.

    Where it would let records be seen across agencies it is asked for only, and groups nobody until it is confirmed.
    Whoever calls has found out that `by` may see both files, or spoke with whoever sees the other; without (`seen`) the
    word waits in any case, and `different`, which would count at once, is none to give.
    Raises Explained for an unknown word, an empty reason, or a source that is not there.
    """
    word, why = _checked(left, right, verdict, reason)
    if not seen and word is Word.DIFFERENT:
        raise Explained(
            "Whoever judges two files different sees both of them: it counts at once. Ask somebody who does, or say that"
            " you are unsure."
        )
    first, second = pair(left, right)
    with transaction.atomic():
        now_between = between(first, second, now)
        waits = not seen or needs_second(word, parted=now_between.parted, agencies=now_between.agencies)
        return keep(left=first, right=second, word=word, why=why, waits=waits, by=by, now=now)


def keep(
    *, left: str, right: str, word: Word, why: str, waits: bool, by: Professional, now: datetime
) -> Verdict:
    """Write a verdict down with its entry, inside the caller's transaction; where it waits, a second person is asked
    for, and otherwise the people around it are grouped again."""
    key_of = whose.source(left)
    held = seal_text(why, key_of=key_of, bound=verdict_at(left, right, by.pk))
    said = Verdict.objects.create(left=left, right=right, verdict=word, reason=held, by=by, at=now)
    changed = [] if waits else relink(left, right, now)
    Outbox.objects.create(kind="notice", subject=f"verdict:{said.pk}", created_at=now)
    ledger.append(
        kind=KIND,
        subject=f"verdict:{said.pk}",
        purpose=str(word),
        body={"left": left, "right": right, "verdict": word, "reason": why, "regrouped": changed},
        by=by,
        agency=by.agency_id,
        now=now,
        key_of=key_of,
    )
    if waits:
        step(said, Step.ASKED, "", by, now)
    return said


def _checked(left: str, right: str, verdict: str, reason: str) -> tuple[Word, str]:
    if verdict not in list(Word):
        raise Explained(f"A verdict is one of {', '.join(Word)}; choose one of them.")
    why = reason_given(reason)
    if left == right or Source.objects.filter(pk__in=[left, right]).count() < 2:
        raise Explained(
            "A verdict is on two different people in agencies' files, and one of these is not in Heed."
            " Open the list of links and choose a pair from it."
        )
    return Word(verdict), why


def reason_given(reason: str) -> str:
    """The reason without the space around it. Raises Explained for none, or one that is too long."""
    why = reason.strip()
    if not why or len(why) > LONGEST_REASON:
        raise Explained(
            "A verdict needs a reason that a colleague can check later, in up to"
            f" {LONGEST_REASON:,} characters. Say what you know that the files do not."
        )
    return why
