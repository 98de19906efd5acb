"""Duties about something that is no record and no finding: a rule that stopped, an address that refuses letters."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.actions.duties import holders, sight, steps
from heed.casework.agencies import PLACEHOLDER_ORDER, ensure
from heed.casework.local import local_words
from heed.casework.models import Duty, Entry, Professional, Relationship
from heed.casework.models import Post as Held
from heed.casework.notices.owing import owe
from heed.casework.policy import policy
from heed.casework.policy.agencies import PARTNERSHIP
from heed.casework.rules import Trouble, troubles
from heed.casework.sealing.rows import FINDINGS
from heed.core.duty.moves import OWED, Move, State
from heed.core.duty.posts import Post
from heed.core.records.sources import Source

LEAD = Post.DESIGNATED_LEAD
AGAIN = timedelta(days=28)
"""So long after the lead has answered it is owed anew that somebody still cannot be reached."""
INVITED = timedelta(days=3)
"""How long an invitation opens: before that nobody is late in choosing a password."""
SIGN_IN = "somebody who holds a post can sign in, or the post is given to somebody who can"
RULE = "a rule that stopped or failed is mended by whoever runs Heed"
ADDRESS = "somebody who owes answers is reached by letter, or otherwise by name"
WORDS = {
    "clock": "the clock by which silence climbs",
    "introductions": "introducing agencies to each other",
    "notices": "sending notices",
    "noticing": "linking what was saved and noticing what repeats",
    "linking counted": "counting what linking made of everything",
    "reads noted": "noting what Heed itself read of records",
    "missing": "looking at every child who is away for what a lead must see at once",
    "missing anew": "looking again at the missing episodes of the last days",
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
    children: Sequence[Source] = (),
) -> Duty:
    """Owe an answer about something; what is owed about it already is given back as it stands. Inside or outside of a
    transaction. `due_at` where it has a deadline of its own, before the first rung's. `children` come into sight of
    whoever owes the answer, and of whoever sees the rung."""
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
        if children:
            seeing = holders.seen_by(policy().ladder.at(rung), agency, duty.raising_agency_id, now)
            given = sight.grants(duty.owner, seeing, now, duty.due_at or now)
            Relationship.objects.bulk_create(sight.relationships(duty, given, children))
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
    return [
        owe_address(who, now)
        for who in without.select_related("agency")
        if who.has_usable_password() and not _in_hand(f"address:{who.pk}", now)
    ]


def owe_never_signed_in(now: datetime) -> list[Duty]:
    """A duty of the agency's lead for everybody who holds a post, by name, and never chose a password: they are asked for
    nothing as long as anybody else can be, and where nobody else can be, nobody reads what is owed. Once the invitation
    has run out, or at once where they owe something already; never while nobody at all can be reached."""
    holding = Held.objects.filter(order__lt=PLACEHOLDER_ORDER).values("holder")
    silent = Professional.objects.filter(
        pk__in=holding, is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX
    )
    owing = set(Duty.objects.filter(owner__in=silent, state__in=OWED).values_list("owner", flat=True))
    made = []
    for who in silent.select_related("agency").order_by("pk"):
        about = f"sign_in:{who.pk}"
        if (who.pk not in owing and _was_just_named(who, now)) or _in_hand(about, now):
            continue
        agency = _leading(who, now)
        if agency is not None:
            words = f"{who} holds a post and has never signed in. See that they do, or give the post to somebody who can."
            made.append(
                open_about(about=about, clause=SIGN_IN, words=words, agency=agency, post=LEAD, now=now)
            )
    return made


def _leading(who: Professional, now: datetime) -> str | None:
    """The agency whose lead can be told of somebody: their own, the partnership where they are the lead or their lead
    cannot be reached either; None where nobody can."""
    for agency in (who.agency_id, PARTNERSHIP):
        lead = holders.holder(agency, LEAD, now)
        if lead.pk != who.pk and lead.has_usable_password():
            return agency
    return None


def _was_just_named(who: Professional, now: datetime) -> bool:
    """Whether they were added or took a post so lately that their invitation is still open."""
    said = Entry.objects.filter(kind="professional", subject=f"professional:{who.pk}", at__gt=now - INVITED)
    return said.filter(purpose__in=("added", "took a post", "was invited")).exists()


def _in_hand(about: str, now: datetime) -> bool:
    """Whether something is owed about it already, or was answered a short while ago."""
    duties = Duty.objects.filter(about=about)
    lately = duties.filter(steps__kind__in=(Move.ANSWERED, Move.CONFIRMED), steps__at__gt=now - AGAIN)
    return duties.filter(state__in=OWED).exists() or lately.exists()


def in_words(trouble: Trouble) -> str:
    """What is wrong with a rule, as a sentence."""
    rule = WORDS.get(trouble.rule, f"the rule {trouble.rule}")
    since = local_words(trouble.since)
    if trouble.trouble:
        return f"Heed's own watch: {rule} failed on {since} ({trouble.trouble}), and has not run to its end since."
    return f"Heed's own watch: {rule} has not run since {since}."


def _rung_of(post: Post) -> int:
    """The lowest rung that asks for a post; the top one where none does."""
    ladder = policy().ladder
    return next((n for n, rung in enumerate(ladder.rungs) if rung.post == post), ladder.top)
