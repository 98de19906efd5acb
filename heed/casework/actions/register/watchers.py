"""Whoever watches a child works with her: sight for as long as she is watched, and who may write on what is kept."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from heed.casework.doors.register_sight import sits_on_panel
from heed.casework.doors.viewing import viewer_for
from heed.casework.models import Duty, Professional, Registered, Relationship, Source
from heed.casework.policy import policy
from heed.casework.policy.register import register_rules
from heed.core.access.register import may_act_on
from heed.core.duty.moves import OWED
from heed.core.records.explained import Explained
from heed.core.records.sources import source_key
from heed.core.register.moves import Kind

BASIS = "watches the child"


class NotYours(Explained):
    """Somebody tried to write on what is registered and may not."""


def give(row: Registered, by: Professional, now: datetime) -> None:
    """Sight for whoever watches her now; whoever watched her before keeps none because of it.

    Only from somebody who works with her: a watch is no way to read what other agencies hold of a child of whom one's
    own agency happens to have a record.
    """
    theirs = _of(row)
    theirs.exclude(professional=row.owner_id).filter(until__gt=now).update(until=now)
    if viewer_for(by, now).sources.isdisjoint(_linked(row)):
        return
    if theirs.filter(professional=row.owner_id, until__gt=now).exists():
        prolong(row, now)
        return
    Relationship.objects.create(
        professional_id=row.owner_id,
        source_agency=row.source_agency,
        source_ref=row.source_ref,
        basis=BASIS,
        since=now,
        until=_until(row, now),
    )


def prolong(row: Registered, now: datetime) -> None:
    """Sight reaches beyond the next visit."""
    _of(row).filter(professional=row.owner_id, until__gt=now).update(until=_until(row, now))


def gives_sight(row: Registered) -> bool:
    """Whether somebody who worked with the child let this agency watch her: only then duties about it give sight."""
    about = row.under or row
    return bool(_of(about).filter(professional__agency=about.agency_id).exists())


def end(row: Registered, now: datetime) -> None:
    """The watch has ended: sight ends some days later."""
    ends = now + timedelta(days=policy().duties.sight_after_answer)
    _of(row).filter(until__gt=ends).update(until=ends)


def may_write(row: Registered, by: Professional, now: datetime) -> None:
    """Raises NotYours for somebody of another agency who does not work with the child, is not named on it, and does not
    sit on the panel on whose list it is."""
    about, viewer = row.under or row, viewer_for(by, now)
    named_on_it = by.is_active and by.pk == row.owner_id
    sits = row.kind == Kind.PANEL and sits_on_panel(viewer)
    if not (named_on_it or sits or may_act_on(viewer, about.agency_id, _linked(about))):
        raise NotYours("Whoever writes on it works for the agency that opened it, or with the child.")


def still_silent(row: Registered) -> None:
    """A visit written down late, after which she should have been seen again by now: the duty goes on, about the new
    step. Nobody has to open it a second time."""
    owed = Duty.objects.filter(about__startswith=f"silence:{row.reference}:", state__in=OWED)
    if owed.exists():
        Registered.objects.filter(pk=row.pk).update(told=row.moves)
        row.told = row.moves


def _linked(row: Registered) -> set[str]:
    if not row.source_ref:
        return set()
    key = source_key((row.source_agency, row.source_ref))
    person = Source.objects.filter(key=key).values("person")
    return {key, *Source.objects.filter(person__in=person).values_list("key", flat=True)}


def _of(row: Registered) -> QuerySet[Relationship]:
    return Relationship.objects.filter(
        source_agency=row.source_agency, source_ref=row.source_ref, basis=BASIS, duty=None
    )


def _until(row: Registered, now: datetime) -> datetime:
    return max(row.next_at or now, now) + timedelta(days=register_rules().sight_days)
