"""The door to who looked: every entry of the ledger by which somebody was shown a child's records, or was refused.

It is there for whoever works with her now, not for an opening in an emergency: those who look are told to her team. The
bodies hold numbers of rows only and are never sealed. Reading who looked is a look too.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from heed.casework.doors.looks import looked, refused
from heed.casework.doors.sight import KnownChild, agency_names, known_children
from heed.casework.models import Entry, Mention, Source
from heed.core.access.viewer import Viewer

PURPOSE = "who looked"
SHOWN, REFUSED = ("consultation", "export"), "refusal"
LATELY = timedelta(days=90)
MOST = 200


@dataclass(frozen=True, slots=True)
class Look:
    """One look: by whom, at how many of her records, for what. `refused`: nothing was shown. `glass`: the emergency
    access under which, if any."""

    seq: int
    at: datetime
    name: str
    role: str
    agency: str
    kind: str
    purpose: str
    records: int
    glass: str = ""

    @property
    def refused(self) -> bool:
        """Whether nothing was shown."""
        return self.kind == REFUSED


@dataclass(frozen=True, slots=True)
class WhoLooked:
    """The newest looks of the last days at one child, and whether there are more than are shown."""

    child: KnownChild
    looks: tuple[Look, ...]
    since: datetime
    more: bool


def who_looked(*, viewer: Viewer, person: str, now: datetime) -> WhoLooked | None:
    """Who looked at a child's records lately, for whoever works with her; None for everybody else. Logged either way."""
    theirs = Source.objects.filter(person=person, key__in=viewer.sources).exists()
    child = known_children(viewer, [person]).get(person) if theirs else None
    if child is None:
        refused(viewer=viewer, subject=person, purpose=PURPOSE, now=now)
        return None
    looked(viewer=viewer, subject=person, purpose=PURPOSE, now=now)
    since = now - LATELY
    entries = Entry.objects.filter(at__gte=since, at__lte=now)
    found = sorted(looks_at(person, entries), key=lambda look: -look.seq)
    return WhoLooked(child, tuple(found[:MOST]), since, len(found) > MOST)


def looks_at(person: str, entries: QuerySet[Entry]) -> Iterator[Look]:
    """Those of these entries by which somebody was shown a row that names a child, or was refused at her own page."""
    hers = frozenset(Mention.objects.naming(person=person).values_list("record_id", flat=True))
    names = agency_names()
    told = entries.filter(Q(kind__in=SHOWN) | Q(kind=REFUSED, subject=person), actor__isnull=False)
    columns = (
        "seq",
        "at",
        "actor__name",
        "actor__role",
        "actor__agency",
        "kind",
        "subject",
        "purpose",
        "body__text",
    )
    for seq, at, name, role, agency, kind, subject, purpose, text in told.order_by("seq").values_list(
        *columns
    ):
        said = json.loads(text or "{}")
        shown = hers.intersection(said.get("records") or ())
        if shown or subject == person:
            glass = ", ".join(said.get("glass") or ())
            yield Look(seq, at, name, role, names.get(agency, agency), kind, purpose, len(shown), glass)
