"""Whoever saw two files as one child's until somebody judged them different: they are told, and may say otherwise."""

from dataclasses import dataclass
from datetime import datetime

from heed.casework.doors.sight import agency_names
from heed.casework.linking.gathering import verdicts
from heed.casework.linking.seconding import sees
from heed.casework.models import Link, Relationship, Source, Verdict
from heed.casework.policy.linking import linking_rules
from heed.core.access.viewer import Viewer
from heed.core.identity.verdicts import Said, Word, pair, standing
from heed.core.records.sources import source_key
from heed.warehouse.linking.committed import current_model


@dataclass(frozen=True, slots=True)
class Parted:
    """A file that went out of somebody's sight: the file of theirs it was parted from, the agency whose file it is,
    the number of the verdict, and by whom (the agency, no name) and when."""

    verdict: int
    agency: str
    ref: str
    other: str
    by_agency: str
    at: datetime


def parted_from(viewer: Viewer, now: datetime) -> list[Parted]:
    """What was parted from the children the viewer works with, newest first, for a door that logs its own look."""
    if not viewer.sources:
        return []
    said = [one for one in standing(verdicts(viewer.sources)) if one.word is Word.DIFFERENT]
    lost = [one for one in said if _lost(viewer, one)]
    rows = Verdict.objects.filter(
        pk__in=[one.order for one in lost], at__gt=now - linking_rules().shown_for
    ).select_related("by")
    names = agency_names()
    found = []
    for row in rows.order_by("-pk"):
        if row.by_id != viewer.professional and _worked_then(viewer, row, now):
            mine, other = (row.left, row.right) if sees(viewer, row.left) else (row.right, row.left)
            (agency, _, ref), whose = mine.partition(" "), other.partition(" ")[0]
            found.append(
                Parted(
                    row.pk,
                    names.get(agency, agency),
                    ref,
                    names.get(whose, whose),
                    names[row.by.agency_id],
                    row.at,
                )
            )
    return found


def saw_both(viewer: Viewer, two: tuple[str, str], now: datetime) -> bool:
    """Whether a verdict that stands took one of these two files out of the viewer's sight."""
    said = [one for one in standing(verdicts({two[0]})) if pair(one.left, one.right) == two]
    rows = Verdict.objects.filter(pk__in=[one.order for one in said if _lost(viewer, one)])
    return any(_worked_then(viewer, row, now) for row in rows)


def _lost(viewer: Viewer, said: Said) -> bool:
    """Whether the viewer works with one of the two and sees nothing of the other, which the model or an earlier word
    holds to be the same child's."""
    seen = [sees(viewer, key) for key in (said.left, said.right)]
    if all(seen) or not any(key in viewer.sources for key in (said.left, said.right)):
        return False
    left, right = pair(said.left, said.right)
    joins = Link.objects.filter(left=left, right=right, probability__gte=current_model().link_at)
    before = (one for one in verdicts({left}) if pair(one.left, one.right) == (left, right))
    earlier = any(one.word is Word.SAME and one.order < said.order for one in before)
    return earlier or joins.exists()


def _worked_then(viewer: Viewer, said: Verdict, now: datetime) -> bool:
    """Whether a relationship that is live now was there when the verdict was given."""
    live = Relationship.objects.filter(professional=viewer.professional, since__lte=said.at, until__gt=now)
    hung = {source_key(two) for two in live.values_list("source_agency", "source_ref")}
    people = set(Source.objects.filter(pk__in=[said.left, said.right]).values_list("person", flat=True))
    return Source.objects.filter(pk__in=hung, person__in=people).exists()
