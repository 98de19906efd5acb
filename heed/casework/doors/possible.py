"""The door to possible matches: is the child somebody is about to write of known already, to whoever asks?

Only files the asker may see all of are compared: their own agency's, and those of children they work with. Whether
anybody else knows the child is neither said nor hinted at.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from heed.casework.doors.looks import looked
from heed.casework.doors.sight import CHILD_PARTS, KnownChild, known_children
from heed.casework.linking.gathering import gather, parts
from heed.casework.linking.in_force import model_in_force
from heed.casework.linking.seconding import sees
from heed.casework.linking.storing import key_rows
from heed.casework.models import BlockingKey, Record, Source
from heed.core.access.viewer import Viewer
from heed.core.identity.folding import profile_of, told_by
from heed.core.identity.judgement import Term, score
from heed.core.records.sources import source_key

MOST = 10
PURPOSE = "is this child known already"
ASKED = "? asked#0"
"""The source of what was asked, named in passing: no agency has this name."""


@dataclass(frozen=True, slots=True)
class Possible:
    """A child it may be: as known to whoever asks, their own agency's reference (or none), and why."""

    child: KnownChild
    own_ref: str
    terms: tuple[Term, ...]
    by_reference: bool


def possible(*, viewer: Viewer, person: dict[str, Any], ref: str, now: datetime) -> list[Possible]:
    """The children it may be, the likeliest first; a reference that is exactly right comes before all.

    `person` is a person of a record, as the concern would name them. Logged as a look.
    """
    found = _judged(viewer, person)
    exact = source_key((viewer.agency, ref)) if ref else ""
    if exact and Source.objects.filter(pk=exact).exists():
        found = {exact: (float("inf"), ()), **{key: each for key, each in found.items() if key != exact}}
    people = dict(Source.objects.filter(pk__in=list(found)).values_list("key", "person"))
    children = known_children(viewer, set(people.values()))
    best: dict[str, tuple[float, str, tuple[Term, ...]]] = {}
    for key, (weight, terms) in found.items():
        who = people.get(key, "")
        if who in children and (who not in best or best[who][0] < weight):
            best[who] = (weight, key, terms)
    looked(viewer=viewer, subject="children", purpose=PURPOSE, records=_rows(viewer, children), now=now)
    ranked = sorted(best.items(), key=lambda each: (-each[1][0], each[0]))[:MOST]
    return [
        Possible(children[who], _own_ref(viewer, who), terms, key == exact) for who, (_, key, terms) in ranked
    ]


def _judged(viewer: Viewer, person: dict[str, Any]) -> dict[str, tuple[float, tuple[Term, ...]]]:
    """The files in the viewer's sight that share a key with what was asked, with the weight of each and its reasons."""
    asked = profile_of(ASKED, [told_by({**person, "part": "child"})])
    sources: set[str] = set()
    for some in parts({key for key, _ in key_rows([asked])}):
        sources.update(BlockingKey.objects.filter(key__in=some).values_list("source_id", flat=True))
    mine = [key for key in sources if sees(viewer, key)]
    model = model_in_force()
    said = {key: score(asked, profile, model) for key, profile in gather(mine).profiles.items()}
    return {key: (each.weight, each.terms) for key, each in said.items()}


def _own_ref(viewer: Viewer, person: str) -> str:
    """The asker's own agency's reference of a child; empty where it has none of its own."""
    refs = Source.objects.filter(agency=viewer.agency, person=person).exclude(ref__contains="#")
    return refs.order_by("key").values_list("ref", flat=True).first() or ""


def _rows(viewer: Viewer, people: dict[str, KnownChild]) -> list[int]:
    shown = Record.objects.visible_to(viewer).filter(
        mentions__source__person__in=list(people), mentions__part__in=CHILD_PARTS
    )
    return list(shown.values_list("pk", flat=True).distinct()) if people else []
