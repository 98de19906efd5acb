"""Duties about something that is no record and no finding: a rule that stopped, an address that refuses letters."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.actions.duties import holders, steps
from heed.casework.agencies import ensure
from heed.casework.models import Duty, Professional
from heed.casework.notices.owing import owe
from heed.casework.policy import policy
from heed.casework.policy.agencies import PARTNERSHIP
from heed.casework.rules import Trouble, troubles
from heed.casework.sealing.rows import FINDINGS
from heed.core.duty.moves import OWED, Move, State
from heed.core.duty.posts import Post

RULE = "a rule that stopped or failed is mended by whoever runs Heed"
ADDRESS = "somebody who owes answers is reached by letter, or otherwise by name"
WORDS = {
    "clock": "the clock by which silence climbs",
    "introductions": "introducing agencies to each other",
    "notices": "sending notices",
    "noticing": "linking what was saved and noticing what repeats",
    "register": "the register, by which what was due and did not happen raises itself",
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
    due_at: datetime | None = None,
) -> Duty:
    """Owe an answer about something; what is owed about it already is given back as it stands. Inside or outside of a
    transaction. `due_at` where it has a deadline of its own, before the first rung's."""
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
            due_at=due_at or policy().ladder.due(rung, now),
        )
        duty.save()
        step = steps.step_of(duty, Move.OPENED, by=by, at=now, words=words, key_of=FINDINGS)
        step.save()
        owe([(duty, step)])
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


def owe_address(who: Professional, now: datetime) -> Duty:
    """Somebody cannot be reached by letter: their agency's lead mends it; the partnership's where they are the lead."""
    lead = holders.holder(who.agency_id, Post.DESIGNATED_LEAD, now)
    agency = who.agency_id if lead.pk != who.pk else PARTNERSHIP
    words = (
        f"Letters to {who} are refused for good: they are not told what they owe. Mend the address with them."
    )
    return open_about(
        about=f"address:{who.pk}",
        clause=ADDRESS,
        words=words,
        agency=agency,
        post=Post.DESIGNATED_LEAD,
        now=now,
    )


def owe_missing_addresses(now: datetime) -> list[Duty]:
    """The same for everybody who signs in, owes an answer and has told no address: once letters are sent at all."""
    owing = Duty.objects.filter(state__in=OWED).values("owner")
    without = Professional.objects.filter(pk__in=owing, is_active=True, address=None).order_by("pk")
    known = set(Duty.objects.filter(about__startswith="address:").values_list("about", flat=True))
    return [
        owe_address(who, now)
        for who in without.select_related("agency")
        if who.has_usable_password() and f"address:{who.pk}" not in known
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
