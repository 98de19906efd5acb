"""Making letters of notices: few, and each with few lines, the most pressing first.

A letter is a row before it is sent, with the Message-ID it keeps however often it is tried: sent again after a crash, a
mail program shows it once.
"""

import secrets
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q

from heed.casework import sealed
from heed.casework.actions.duties.barring import barred_people, unbarred
from heed.casework.doors.viewing import barred_from
from heed.casework.models import Address, Duty, Letter, Notice, Way
from heed.casework.policy import policy
from heed.casework.policy.notices import notice_rules
from heed.core.duty.moves import OWED
from heed.core.duty.notices import AT_ONCE, WORDS, ranked
from heed.core.duty.notices import Notice as Kind

NEWS, DIGEST = "news", "digest"


def gather(now: datetime, domain: str, ways: Collection[str] = ()) -> int:
    """Put what nobody has been written of into letters; how many were made. `domain` is that of the sender, `ways` are
    those other than mail by which somebody may be told that a letter waits, also where they have no address."""
    address = Q(professional__address__refused_at=None, professional__address__isnull=False)
    other = Way.objects.filter(kind__in=ways, refused_at=None).values("professional")
    rows = Notice.objects.filter(
        address | Q(professional__in=other), letter=None, professional__is_active=True
    )
    # Counted by the database, person by person: however many wait for one of them, the next is not kept waiting.
    urgent = dict(
        rows.order_by("professional")
        .values("professional")
        .annotate(urgent=Count("pk", filter=Q(kind__in=AT_ONCE)))
        .values_list("professional", "urgent")
    )
    near = barred_people()
    written, by_mail = _lately_written_to(list(urgent), now), _reached_by_mail(list(urgent))
    made = 0
    for person, pressing in urgent.items():
        if pressing or (person in by_mail and person not in written):
            # Without an address what is not urgent waits until there is one.
            made += _letter(person, now, domain, near.get(person), only_urgent=person not in by_mail)
    return made


def _lately_written_to(people: list[int], now: datetime) -> set[int]:
    """Those to whom there was a letter so short a while ago that the next one waits, unless it is urgent."""
    quiet = now - timedelta(minutes=notice_rules().quiet_minutes)
    lately = Letter.objects.filter(professional__in=people, made_at__gt=quiet, made_at__lte=now)
    return set(lately.values_list("professional", flat=True))


def _reached_by_mail(people: list[int]) -> set[int]:
    told = Address.objects.filter(professional__in=people, refused_at=None)
    return set(told.values_list("professional", flat=True))


def _letter(
    person: int, now: datetime, domain: str, barred: Collection[str] | None, *, only_urgent: bool
) -> int:
    """One letter of what somebody has not been written of; 0 where another worker was quicker, or where all of it is
    about somebody they stand near to: it is not theirs, and passed on."""
    mine = Notice.objects.filter(professional=person, letter=None)
    if barred:
        mine = mine.filter(duty__in=unbarred(Duty.objects.all(), person, barred))
    if only_urgent:
        mine = mine.filter(kind__in=AT_ONCE)
    with transaction.atomic():
        letter = _made(person, NEWS, now, domain)
        if not mine.update(letter=letter):
            transaction.set_rollback(True)
            return 0
    return 1


def digest(now: datetime, domain: str) -> int:
    """Once on every working day, from when work begins: a letter to everybody who owes something."""
    calendar = policy().ladder.calendar
    wall = now.astimezone(calendar.zone)
    if not notice_rules().daily or not calendar.works_on(wall.date()) or wall.time() < calendar.opens:
        return 0
    began = datetime.combine(wall.date(), calendar.opens, calendar.zone)
    owing = Duty.objects.filter(state__in=OWED, owner__is_active=True).values("owner")
    people = Address.objects.filter(professional__in=owing, refused_at=None)
    had = Letter.objects.filter(kind=DIGEST, made_at__gte=began).values("professional")
    made = 0
    for person in people.exclude(professional__in=had).values_list("professional", flat=True):
        with transaction.atomic():
            # The name of the day's letter is the same for two workers: the second finds it there.
            # And nobody outside can guess it: a notice that it came back is believed by its name.
            name = f"{sealed.keyed('digest', f'{wall.date()} {person}')}@{domain}"
            _, new = Letter.objects.get_or_create(
                message_id=f"<{name}>", defaults={"professional_id": person, "kind": DIGEST, "made_at": now}
            )
            made += new
    return made


def lines(letter: Letter) -> tuple[list[str], int]:
    """What a letter names, `D-17: you owe an answer`, and how many more there are."""
    told = ranked(_named(letter))
    most = notice_rules().most_named
    return [f"{reference}: {WORDS[Kind(kind)]}" for reference, kind in told[:most]], max(0, len(told) - most)


def _named(letter: Letter) -> Iterator[tuple[str, str]]:
    if letter.kind == NEWS:
        yield from letter.notices.order_by("pk").values_list("duty__reference", "kind")
        return
    owed = Duty.objects.filter(owner=letter.professional_id, state__in=OWED).order_by("due_at", "-rung")
    owed = unbarred(owed, letter.professional_id, barred_from(letter.professional))
    for reference, level in owed.values_list("reference", "level"):
        yield reference, Kind.DANGER if level == "high" else Kind.OWED


def _made(person: int, kind: str, now: datetime, domain: str) -> Letter:
    name = f"<{secrets.token_hex(16)}@{domain}>"
    return Letter.objects.create(professional_id=person, kind=kind, message_id=name, made_at=now)
