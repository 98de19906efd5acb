"""Duties about something that is no record and no finding: a rule that stopped, an address that refuses letters."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.actions.duties import holders, steps
from heed.casework.agencies import ensure
from heed.casework.models import Duty, Professional
from heed.casework.policy import policy
from heed.casework.policy.agencies import PARTNERSHIP
from heed.casework.rules import Trouble, troubles
from heed.casework.sealing.rows import FINDINGS
from heed.core.duty.moves import OWED, Move, State
from heed.core.duty.posts import Post

RULE = "a rule that has stopped, or whose question failed, is mended by whoever runs Heed"
WORDS = {
    "clock": "the clock by which silence climbs",
    "introductions": "introducing agencies to each other",
    "notices": "sending notices",
    "noticing": "linking what was saved and noticing what repeats",
}


def open_about(
    *,
    about: str,
    clause: str,
    words: str,
    agency: str,
    post: Post,
    now: datetime,
    by: Professional | None = None,
) -> Duty:
    """Owe an answer about something; what is owed about it already is given back as it stands. Inside or outside of a
    transaction."""
    with transaction.atomic():
        owed = Duty.objects.filter(about=about, state__in=OWED).order_by("pk").first()
        if owed is not None:
            return owed
        times = Duty.objects.filter(about=about).count()
        rung = _rung_of(post)
        duty = Duty(
            reference=f"H-{sha256(f'{about} {times}'.encode()).hexdigest()[:12]}",
            about=about,
            clause=clause,
            owing_agency=ensure(agency),
            raising_agency_id=by.agency_id if by else None,
            raiser=by,
            raiser_name=f"{by.name}, {by.role}" if by else "",
            owner=holders.holder(agency, post, now),
            opened_at=now,
            state=State.OPEN,
            rung=rung,
            due_at=policy().ladder.due(rung, now),
        )
        duty.save()
        step = steps.step_of(duty, Move.OPENED, by=by, at=now, words=words, key_of=FINDINGS)
        step.save()
        ledger.append_many([steps.act(duty, step, now, FINDINGS)])
    return duty


def owe_rules(now: datetime) -> list[Duty]:
    """A duty for each rule that does not run as it should. Asked by whatever runs, also by what is not the clock."""
    return [
        open_about(
            about=f"rule:{trouble.rule}",
            clause=RULE,
            words=in_words(trouble),
            agency=PARTNERSHIP,
            post=Post.DUTY_PERSON,
            now=now,
        )
        for trouble in troubles(now)
    ]


def in_words(trouble: Trouble) -> str:
    """What is wrong with a rule, as a sentence."""
    rule = WORDS.get(trouble.rule, f"the rule {trouble.rule}")
    since = f"{trouble.since:%d %B %Y, %H:%M} UTC"
    if trouble.trouble:
        return f"Heed's own watch: {rule} failed on {since} ({trouble.trouble}), and has not run to its end since."
    return f"Heed's own watch: {rule} has not run since {since}."


def _rung_of(post: Post) -> int:
    """The lowest rung that asks for a post; the top one where none does."""
    ladder = policy().ladder
    return next((n for n, rung in enumerate(ladder.rungs) if rung.post == post), ladder.top)
