"""The door to emergency access: what is open to somebody now, and one opening with everything that was looked at."""

from dataclasses import dataclass
from datetime import datetime

from heed.casework import sealed
from heed.casework.actions.glass import ABOUT, may_review
from heed.casework.doors.looked_at import Look, looks_at
from heed.casework.doors.looks import looked, refused
from heed.casework.doors.parties import in_sight
from heed.casework.doors.sight import KnownChild, known_children
from heed.casework.models import Duty, Entry, Glass, GlassReview, Professional, Source
from heed.casework.policy.glass import glass_rules
from heed.casework.sealing.rows import glass_reason_at, glass_review_at
from heed.core.access.viewer import Viewer
from heed.core.records.sources import source_key

PURPOSE, ASKING = "emergency access", "to open a child's records in an emergency"
ERASED = "These words cannot be read any more."


@dataclass(frozen=True, slots=True)
class OpenNow:
    """An emergency access that is open: whose page it is for, and until when."""

    reference: str
    person: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What whoever reviewed it found."""

    justified: bool
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Opening:
    """One opening. `child` is None where nothing of her is in the viewer's sight; `may_review`: it waits for them."""

    reference: str
    by: str
    ground: str
    reason: str
    at: datetime
    until: datetime
    live: bool
    child: KnownChild | None
    duty: str
    due_at: datetime | None
    looks: tuple[Look, ...]
    review: Reviewed | None
    may_review: bool


def open_now(*, professional: int, now: datetime) -> tuple[OpenNow, ...]:
    """What is open to somebody: an id and an hour, for the banner on every page, so nothing is logged."""
    rows = list(Glass.objects.filter(professional=professional, at__lte=now, until__gt=now).order_by("until"))
    keys = [source_key((row.source_agency, row.source_ref)) for row in rows]
    people = dict(Source.objects.filter(key__in=keys).values_list("key", "person")) if rows else {}
    return tuple(
        OpenNow(row.reference, people.get(key, ""), row.until) for row, key in zip(rows, keys, strict=True)
    )


def asking(*, viewer: Viewer, person: str, now: datetime) -> KnownChild | None:
    """The child somebody may open more of; None where nothing of her is in their sight. Logged either way."""
    child = known_children(viewer, [person]).get(person)
    log = refused if child is None else looked
    log(viewer=viewer, subject=person, purpose=ASKING, now=now)
    return child


def opening(*, viewer: Viewer, reference: str, now: datetime) -> Opening | None:
    """One opening, for whoever opened it, owes or sees its review, or works with the child; None for everybody else.
    Logged either way."""
    row = Glass.objects.filter(reference=reference).select_related("professional__agency").first()
    duty = Duty.objects.filter(about=f"{ABOUT}{reference}").first() if row else None
    theirs = duty is not None and (
        row.professional_id == viewer.professional or in_sight(viewer).filter(pk=duty.pk).exists()
    )
    if row is None or duty is None or not theirs:
        refused(viewer=viewer, subject="glass:unknown", purpose=PURPOSE, now=now)
        return None
    looked(viewer=viewer, subject=f"glass:{reference}", purpose=PURPOSE, now=now)
    return _opening(viewer, row, duty, now)


def _opening(viewer: Viewer, row: Glass, duty: Duty, now: datetime) -> Opening:
    key = source_key((row.source_agency, row.source_ref))
    person = Source.objects.filter(key=key).values_list("person", flat=True).first() or ""
    review = GlassReview.objects.filter(glass=row).select_related("by__agency").first()
    me = Professional.objects.get(pk=viewer.professional)
    return Opening(
        reference=row.reference,
        by=f"{row.professional}, {row.professional.agency}",
        ground=glass_rules().grounds.get(row.ground, row.ground),
        reason=_words(row.reason, glass_reason_at(row.reference)),
        at=row.at,
        until=row.until,
        live=row.at <= now < row.until,
        child=known_children(viewer, [person]).get(person) if person else None,
        duty=duty.reference,
        due_at=duty.due_at,
        looks=tuple(_looks(row, person)) if person else (),
        review=_review(review),
        may_review=review is None and may_review(opened=row, duty=duty, by=me),
    )


def _looks(row: Glass, person: str) -> list[Look]:
    """What was looked at while it was open, of this child."""
    entries = Entry.objects.filter(actor=row.professional, at__gte=row.at, at__lt=row.until)
    return list(looks_at(person, entries))


def _review(row: GlassReview | None) -> Reviewed | None:
    if row is None:
        return None
    words = _words(row.words, glass_review_at(row.glass_id))
    return Reviewed(row.justified, words, f"{row.by}, {row.by.agency}", row.at)


def _words(held: str, bound: tuple[object, ...]) -> str:
    return sealed.tried([(held, bound)])[0] or ERASED
