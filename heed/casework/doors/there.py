"""The door to who is there: the viewer's own absences and turns on call, and those of whom they may speak for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet

from heed.casework.actions.presence import LEADING
from heed.casework.agencies import PLACEHOLDER_ORDER
from heed.casework.doors.looks import looked
from heed.casework.doors.parties import posts_held
from heed.casework.models import Absence, OnCall, Professional, Way
from heed.casework.notices.browsers import key
from heed.core.access.viewer import Viewer
from heed.core.duty.notices import By

PURPOSE = "to see who is there and who is on call"


@dataclass(frozen=True, slots=True)
class Away:
    """One absence that is not over. `until` is None while nobody knows how long; `begun` whether it has begun."""

    number: int
    why: str
    since: datetime
    until: datetime | None
    begun: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn on call that is not over."""

    number: int
    post: str
    since: datetime
    until: datetime
    begun: bool


@dataclass(frozen=True, slots=True)
class Somebody:
    """A colleague for whom the viewer may say when they are there; the viewer first."""

    id: int
    name: str
    role: str
    absences: tuple[Away, ...]
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Woken:
    """A browser in which the viewer is told. `maker` is the host of its push service, `mark` the SHA-256 of its address
    there, by which the browser itself knows that it is meant; `refused_at` since when it cannot be reached."""

    number: int
    maker: str
    mark: str
    since: datetime
    refused_at: datetime | None


@dataclass(frozen=True, slots=True)
class Waking:
    """Browsers in which the viewer is told, and the public key by which one is added: None where nobody is told so."""

    key: str | None
    browsers: tuple[Woken, ...]


def waking(*, viewer: Viewer) -> Waking:
    """In which browsers the viewer is told: their own and nobody else's."""
    held = key()
    rows = Way.objects.filter(professional=viewer.professional, kind=By.BROWSER).order_by("-since", "-pk")
    return Waking(
        key=held.public if held else None,
        browsers=tuple(
            Woken(
                number=row.pk,
                maker=urlsplit(row.place).hostname or "",
                mark=sha256(row.place.encode()).hexdigest(),
                since=row.since,
                refused_at=row.refused_at,
            )
            for row in rows
        ),
    )


def there(*, viewer: Viewer, now: datetime) -> tuple[Somebody, ...]:
    """Everybody of whom the viewer may say when they are there, with what is known of it. Logged."""
    people = sorted(_theirs(viewer), key=lambda each: (each.pk != viewer.professional, each.name, each.pk))
    looked(viewer=viewer, subject="presence", purpose=PURPOSE, now=now)
    away: dict[int, list[Absence]] = {}
    for row in Absence.objects.filter(Q(until=None) | Q(until__gt=now), professional__in=people).order_by(
        "since", "pk"
    ):
        away.setdefault(row.professional_id, []).append(row)
    turns: dict[int, list[Turn]] = {}
    for turn in OnCall.objects.filter(until__gt=now, holder__in=people).order_by("since", "pk"):
        found = Turn(turn.pk, turn.post, turn.since, turn.until, turn.since <= now)
        turns.setdefault(turn.holder_id, []).append(found)
    return tuple(
        Somebody(
            id=each.pk,
            name=each.name,
            role=each.role,
            absences=tuple(_absences(away.get(each.pk, ()), now)),
            turns=tuple(turns.get(each.pk, ())),
        )
        for each in people
    )


def one_of_theirs(*, viewer: Viewer, id: int) -> Professional | None:
    """Somebody for whom the viewer may speak; None for anybody else, and for nobody."""
    return _theirs(viewer).filter(pk=id).first()


def absence(*, viewer: Viewer, number: int) -> Absence | None:
    """An absence of one of them."""
    rows = Absence.objects.filter(pk=number, professional__in=_theirs(viewer))
    return rows.select_related("professional").first()


def turn(*, viewer: Viewer, number: int) -> OnCall | None:
    """A turn on call of one of them."""
    return OnCall.objects.filter(pk=number, holder__in=_theirs(viewer)).select_related("holder").first()


def _theirs(viewer: Viewer) -> QuerySet[Professional]:
    """The viewer, those whose line manager they are, and everybody at an agency that they lead."""
    mine = Q(pk=viewer.professional) | Q(line_manager=viewer.professional)
    if posts_held(viewer) & set(LEADING):
        mine |= Q(agency=viewer.agency)
    rows = Professional.objects.filter(mine, is_active=True)
    return rows.exclude(pk__in=rows.filter(posts__order=PLACEHOLDER_ORDER).values("pk"))


def _absences(rows: Iterable[Absence], now: datetime) -> Iterable[Away]:
    for row in rows:
        if row.until is None or row.until > row.since:  # what was called off before it began lasts no time
            yield Away(row.pk, row.kind, row.since, row.until, row.since <= now)
