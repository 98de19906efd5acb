"""Duties about what is registered: opened by the clock when something goes quiet, by hand when a second person is asked.

`silence:R-…:3` is about what was due after step 3; `second:R-…:4` about what step 4 asks for. The first is answered by
doing what was due, never by saying so: only a step on the register closes it.
"""

from datetime import datetime, timedelta
from hashlib import sha256

from heed.casework.actions import ledger
from heed.casework.actions.duties import holders, seconding, sight, steps
from heed.casework.actions.duties.levels import takes_two
from heed.casework.actions.register import watchers
from heed.casework.agencies import ensure
from heed.casework.models import Duty, Professional, Registered, Relationship, Source
from heed.casework.notices.owing import owe, owe_second
from heed.casework.policy import policy
from heed.casework.policy.register import SECOND, Owing, register_rules
from heed.casework.sealing.rows import FINDINGS
from heed.core.duty.moves import OWED, Level, Move, State
from heed.core.duty.posts import Post
from heed.core.records.sources import Source as Name
from heed.core.records.sources import source_key
from heed.core.register.moves import Kind

SILENCE, SECOND_ABOUT, DISRUPTION_ABOUT, OWNER_ABOUT = "silence:", "second:", "disruption:", "owner:"
ABOUTS = (SILENCE, SECOND_ABOUT, DISRUPTION_ABOUT, OWNER_ABOUT)
RAISER = "The register"


def about_silence(row: Registered) -> str:
    """What a duty on the silence after its newest step is about."""
    return f"{SILENCE}{row.reference}:{row.moves}"


def reference_in(about: str) -> str:
    """The reference of what a duty is about; empty for a duty about something else."""
    kind, _, rest = about.partition(":")
    return rest.partition(":")[0] if f"{kind}:" in ABOUTS else ""


def open_silence(row: Registered, words: str, at: datetime, now: datetime) -> list[ledger.Act]:
    """Owe an answer for what was due at `at` and has not happened, once for each step."""
    about = about_silence(row)
    if Duty.objects.filter(about=about).exists():
        return []
    owing = register_rules().duties[row.kind]
    return [opened(row, about, owing, words, at, now)[1]]


def opened(
    row: Registered,
    about: str,
    owing: Owing,
    words: str,
    at: datetime,
    now: datetime,
    *,
    by: Professional | None = None,
    level: Level = Level.USUAL,
) -> tuple[Duty, ledger.Act]:
    """One duty of the agency of whoever is named on it: on the lowest rung theirs, if they can be asked."""
    ladder = policy().ladder
    rung = min(owing.rung, ladder.top)
    owner = row.owner if rung == 0 and _can_be_asked(row.owner, at) else None
    agency = row.owner.agency_id
    duty = Duty.objects.create(
        reference=f"H-{sha256(about.encode()).hexdigest()[:12]}",
        about=about,
        clause=owing.clause,
        owing_agency=ensure(agency),
        raiser=by,
        raiser_name=f"{by.name}, {by.role}" if by else RAISER,
        owner=owner or holders.of_rung(agency, ladder.at(rung), at),
        opened_at=at,
        state=State.OPEN,
        rung=rung,
        due_at=ladder.due(rung, at),
        level=level,
    )
    step = steps.step_of(duty, Move.OPENED, by=by, at=at, words=words, key_of=FINDINGS)
    step.save()
    owe([(duty, step)])
    seeing = holders.seen_by(ladder.at(rung), agency, None, at)
    given = sight.grants(duty.owner, seeing, at, duty.due_at or at)
    if watchers.gives_sight(row):
        Relationship.objects.bulk_create(sight.relationships(duty, given, sources_of(row)))
    return duty, steps.act(duty, step, now, FINDINGS)


def ask_second(
    row: Registered, decision: str, words: str, recheck_at: datetime, by: Professional, now: datetime
) -> Duty:
    """Ask a second person of another agency, by the machinery of duties: it is owed until they gave their word."""
    about = f"{SECOND_ABOUT}{row.reference}:{row.moves}"
    owing = register_rules().duties[SECOND]
    duty, act = opened(row, about, owing, decision, now, now, by=by, level=Level.HIGH)
    ledger.append_many([act])
    step = seconding.ask(duty=duty, by=by, decision=decision, words=words, recheck_at=recheck_at, now=now)
    owe_second(duty, step, _others(row, by, now))
    return duty


def _others(row: Registered, by: Professional, now: datetime) -> list[Professional]:
    """Who of another agency can give a second word: whoever works with the child; for what is about no child, the
    leads of the panel's agencies."""
    sources = sources_of(row)
    if sources:
        linked = Source.objects.filter(
            person__in=Source.objects.filter(key__in=map(source_key, sources)).values("person")
        )
        keys = set(linked.values_list("key", flat=True))
        live = Relationship.objects.filter(
            since__lte=now,
            until__gt=now,
            professional__is_active=True,
            source_ref__in=[key.partition(" ")[2] for key in keys],
        )
        people = {
            each.professional_id: each.professional
            for each in live.select_related("professional")
            if source_key((each.source_agency, each.source_ref)) in keys
        }
        found = list(people.values())
    else:
        codes = sorted(register_rules().panel_agencies)
        found = [holders.holder(code, Post.DESIGNATED_LEAD, now) for code in codes]
    return [person for person in found if person.agency_id not in (by.agency_id, row.owner.agency_id)]


def settle(row: Registered, words: str, by: Professional, now: datetime) -> list[ledger.Act]:
    """What was due has happened: answer the duties on its silence. Whoever did it answers, whatever rung it had climbed
    to. What was taken up as danger still takes two people to close."""
    decision = register_rules().seen if row.kind == Kind.CHILD else register_rules().done
    return answered(f"{SILENCE}{row.reference}:", decision, words, by, now)


def answered(about: str, decision: str, words: str, by: Professional, now: datetime) -> list[ledger.Act]:
    """Answer what is owed on something that begins so; a second person is asked where it takes two to close."""
    acts = []
    for duty in Duty.objects.filter(about__startswith=about, state__in=OWED).order_by("pk"):
        if takes_two(duty, decision):
            recheck_at = now + timedelta(days=policy().duties.recheck_days)
            seconding.ask(duty=duty, by=by, decision=decision, words=words, recheck_at=recheck_at, now=now)
            continue
        step = steps.take(duty, Move.ANSWERED, by=by, at=now, decision=decision, words=words)
        sight.narrow(duty, now)
        acts.append(steps.act(duty, step, now))
    return acts


def sources_of(row: Registered) -> list[Name]:
    """The child it is about, as the source it hangs on; none for what is about no child."""
    about = row.under or row
    return [(about.source_agency, about.source_ref)] if about.kind == Kind.CHILD else []


def _can_be_asked(person: Professional, at: datetime) -> bool:
    return person.is_active and not holders.away(at).filter(professional=person).exists()
