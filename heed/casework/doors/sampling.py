"""The door to the quality of linking: its figures, and the pairs drawn for people to judge blind.

A sampled pair is there only for somebody who may see all of both files, as on the door to links: their own agency's, and
those of a child they work with. There is no wider sight for the sake of a figure; what nobody may judge is said. What
the model says of a pair, and whether it is joined, is not handed out here: who knows it judges the model, not the pair.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from heed.casework.doors.links import Side, sides_of
from heed.casework.doors.looks import looked, refused
from heed.casework.linking.seconding import sees
from heed.casework.models import ClericalSample, Judged, SampledPair, Source, Verdict
from heed.casework.quality.report import ByFact, Counted, Figure, Month, Report, Sample, report
from heed.core.access.viewer import Viewer

__all__ = [
    "Blind", "ByFact", "Counted", "Figure", "Month", "Report", "Sample", "Waiting", "quality", "sampled", "waiting",
]  # fmt: skip
SUBJECT = "linking quality"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is left for one viewer: the next pair's number, how many wait, how many they have judged; of how many."""

    sample: int | None
    next: int | None
    waiting: int
    judged: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Blind:
    """A sampled pair as its judge sees it: two files, and the judge's own last word on it."""

    id: int
    row: SampledPair
    left: Side
    right: Side
    said: str


def quality(*, viewer: Viewer, now: datetime) -> Report:
    """The figures: counts and shares, of nobody by name."""
    looked(viewer=viewer, subject=SUBJECT, purpose="quality", now=now)
    return report()


def waiting(*, viewer: Viewer, now: datetime) -> Waiting:
    """The pairs of the newest draw this viewer may judge and has not judged."""
    looked(viewer=viewer, subject=SUBJECT, purpose="pairs to judge", now=now)
    sample = ClericalSample.objects.order_by("-pk").first()
    if sample is None:
        return Waiting(None, None, 0, 0, 0)
    drawn = SampledPair.objects.filter(sample=sample)
    left = _theirs(viewer, sample)
    judged = Judged.objects.filter(pair__sample=sample, by=viewer.professional)
    return Waiting(
        sample=sample.pk,
        next=left[0].pk if left else None,
        waiting=len(left),
        judged=judged.values("pair").distinct().count(),
        drawn=drawn.count(),
    )


def sampled(*, viewer: Viewer, id: int, now: datetime) -> Blind | None:
    """One sampled pair, or None when it is not there for this viewer."""
    row = SampledPair.objects.filter(pk=id).first()
    subject = f"sampled:{id}"
    if row is None or not _may_judge(viewer, row) or not _both_there(row):
        refused(viewer=viewer, subject=subject, purpose="sampled pair", now=now)
        return None
    sides = sides_of(viewer, {row.left, row.right})
    rows = sides[row.left].shown | sides[row.right].shown
    looked(viewer=viewer, subject=subject, purpose="sampled pair", records=rows, now=now)
    said = Judged.objects.filter(pair=row, by=viewer.professional).order_by("-pk").first()
    return Blind(row.pk, row, sides[row.left], sides[row.right], said.word if said else "")


def _theirs(viewer: Viewer, sample: ClericalSample) -> list[SampledPair]:
    """In the order of the draw, without those the viewer judged, or gave a verdict on: they would not be blind."""
    said = Judged.objects.filter(pair=OuterRef("pk"), by=viewer.professional)
    verdict = Verdict.objects.filter(by=viewer.professional, left=OuterRef("left"), right=OuterRef("right"))
    rows = SampledPair.objects.filter(sample=sample).exclude(Exists(said)).exclude(Exists(verdict))
    seen = [row for row in rows.order_by("number") if _may_judge(viewer, row)]
    keys = {key for row in seen for key in (row.left, row.right)}
    there = set(Source.objects.filter(pk__in=keys).values_list("pk", flat=True))
    return [row for row in seen if {row.left, row.right} <= there]


def _may_judge(viewer: Viewer, row: SampledPair) -> bool:
    """Whether all of both files is in sight: their own agency's, or of a child they work with."""
    return sees(viewer, row.left) and sees(viewer, row.right)


def _both_there(row: SampledPair) -> bool:
    """Whether neither file was erased since the draw."""
    return Source.objects.filter(pk__in=[row.left, row.right]).count() == 2
