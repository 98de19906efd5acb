"""Who is away and who is on call. Each is an entry of the ledger; the clock passes on what somebody who is away owes."""

import re
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import Q, QuerySet

from heed.casework.actions import ledger
from heed.casework.models import Absence, Address, OnCall, Post, Professional, Way
from heed.core.duty import posts
from heed.core.duty.notices import By
from heed.core.records.explained import Explained

KIND = "presence"
ADDRESS = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]+(\.[A-Za-z0-9\-]+)+")
LONGEST_ADDRESS = 254
PLACES: dict[str, re.Pattern[str]] = {
    By.SMS: re.compile(r"\+?[0-9][0-9 ]{6,19}"),
    By.PUSH: re.compile(r"[\x21-\x7e]{8,1000}"),
}
PLACES_IN_WORDS = {
    By.SMS: "write a telephone number, such as 07700 900123 or +44 7700 900123",
    By.PUSH: "write what the push service gave the device, in one line without spaces",
}
LEADING = (posts.Post.LINE_MANAGER, posts.Post.DESIGNATED_LEAD, posts.Post.EXECUTIVE)


class Why(StrEnum):
    """Why somebody cannot be asked."""

    SICK = "sick"
    LEAVE = "leave"
    OFF_DUTY = "off_duty"


def go_away(
    *,
    who: Professional,
    why: str,
    since: datetime,
    until: datetime | None,
    by: Professional | None,
    now: datetime,
) -> Absence:
    """Somebody is away from an instant on; `until` None while nobody knows how long. Raises Explained."""
    _may(who, by)
    if why not in set(Why):
        raise Explained(f"{why!r} is no reason to be away; there are: {', '.join(Why)}.")
    if until is not None and until <= max(since, now):
        raise Explained("Say when they are back: an instant that is still to come, and after they go.")
    with transaction.atomic():
        # Of what has begun by then the later word counts; leave that is planned for afterwards stands.
        begun = Absence.objects.filter(Q(until=None) | Q(until__gt=since), professional=who, since__lte=since)
        begun.update(until=since)
        made = Absence.objects.create(professional=who, kind=why, since=since, until=until, by=by, at=now)
        _write(who, "away", {"why": why, "since": _instant(since), "until": _instant(until)}, by, now)
    return made


def come_back(*, who: Professional, by: Professional | None, now: datetime) -> None:
    """They are back. What was passed on stays with whoever has it now, and leave that is planned stands. Raises
    Explained where they were not away."""
    _may(who, by)
    with transaction.atomic():
        away = Absence.objects.filter(Q(until=None) | Q(until__gt=now), professional=who, since__lte=now)
        if not away.update(until=now):
            raise Explained(f"{who} is not away.")
        _write(who, "back", {}, by, now)


def take_turn(
    *, who: Professional, post: str, since: datetime, until: datetime, by: Professional | None, now: datetime
) -> OnCall:
    """From one instant to another they stand at a post of their agency, before everybody who holds it."""
    _may(who, by)
    if post not in posts.UPWARDS:
        raise Explained(f"there is no post {post!r}; there are: {', '.join(posts.UPWARDS)}.")
    if not who.is_active or until <= max(since, now):
        raise Explained(
            "A turn is taken by somebody who works here, and ends after it begins, in time to come."
        )
    with transaction.atomic():
        made = OnCall.objects.create(
            agency=who.agency, post=post, holder=who, since=since, until=until, by=by, at=now
        )
        told: dict[str, object] = {"post": post, "since": _instant(since), "until": _instant(until)}
        _write(who, "on call", told, by, now)
    return made


def call_off(*, absence: Absence, by: Professional | None, now: datetime) -> None:
    """An absence does not happen, or ends now. Raises Explained for one that is over."""
    _may(absence.professional, by)
    with transaction.atomic():
        _end(Absence.objects.filter(pk=absence.pk), absence.since, now)
        told: dict[str, object] = {"since": _instant(absence.since), "until": _instant(absence.until)}
        _write(absence.professional, "absence called off", told, by, now)


def give_up_turn(*, turn: OnCall, by: Professional | None, now: datetime) -> None:
    """A turn on call does not happen, or ends now. Raises Explained for one that is over."""
    _may(turn.holder, by)
    with transaction.atomic():
        _end(OnCall.objects.filter(pk=turn.pk), turn.since, now)
        told: dict[str, object] = {
            "post": turn.post,
            "since": _instant(turn.since),
            "until": _instant(turn.until),
        }
        _write(turn.holder, "turn given up", told, by, now)


def reach(*, who: Professional, email: str, by: Professional | None, now: datetime) -> Address:
    """Where letters reach them from now on; what waited for an address is sent there. Raises Explained."""
    _may(who, by)
    plain = email.strip()
    if not ADDRESS.fullmatch(plain) or len(plain) > LONGEST_ADDRESS:
        raise Explained("That is no address for e-mail: write it as name@agency.gov.uk.")
    with transaction.atomic():
        made, _ = Address.objects.update_or_create(
            professional=who, defaults={"email": plain, "since": now, "refused_at": None}
        )
        _write(who, "reached by letter", {}, by, now)
    return made


def reach_by(
    *, who: Professional, kind: str, place: str, by: Professional | None, now: datetime
) -> Way | None:
    """By what else they are told, at once, that a letter waits: `place` is a number, or what a push service calls their
    device; empty: not that way any more. Raises Explained."""
    _may(who, by)
    if kind not in PLACES:
        raise Explained(f"{kind!r} is no way to reach somebody that is told; there are: {', '.join(PLACES)}.")
    plain = place.strip()
    if plain and not PLACES[kind].fullmatch(plain):
        raise Explained(f"That is no place to reach somebody by {kind}: {PLACES_IN_WORDS[By(kind)]}.")
    with transaction.atomic():
        made = None
        if plain:
            made, _ = Way.objects.update_or_create(
                professional=who, kind=kind, defaults={"place": plain, "since": now, "refused_at": None}
            )
        else:
            Way.objects.filter(professional=who, kind=kind).delete()
        _write(who, f"reached by {kind}" if plain else f"not reached by {kind} any more", {}, by, now)
    return made


def _end(row: QuerySet[Absence] | QuerySet[OnCall], since: datetime, now: datetime) -> None:
    """End what has not ended yet: before it began, it lasts no time at all."""
    if not row.filter(Q(until=None) | Q(until__gt=max(since, now))).update(until=max(since, now)):
        raise Explained("That is over already, or was called off.")


def _may(who: Professional, by: Professional | None) -> None:
    """Everybody for themselves; their line manager and whoever leads at their agency for them; the operator for all."""
    if by is None or by.pk in (who.pk, who.line_manager_id):
        return
    if by.agency_id == who.agency_id and Post.objects.filter(holder=by, post__in=LEADING).exists():
        return
    raise Explained(
        f"Only {who.name}, their line manager or a lead of their agency says when they are there."
    )


def _write(
    who: Professional, purpose: str, told: dict[str, object], by: Professional | None, now: datetime
) -> None:
    ledger.append(
        kind=KIND, subject=f"professional:{who.pk}", purpose=purpose, body=told, by=by, agency=who.agency_id, now=now
    )  # fmt: skip


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
