"""Records as the agencies sent them, and the columns computed from them."""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar, NoReturn

from django.apps import apps
from django.db import models

from heed.casework.models.agencies import Agency, Professional
from heed.casework.models.kept import Kept, KeptQuerySet
from heed.casework.system_reads import noted
from heed.core.access.viewer import Viewer
from heed.core.records.batches import WITHHELD

SHORTEST_WHY = 4


class Unscoped(RuntimeError):
    """Somebody tried to read records without saying who is looking and why."""


class RecordQuerySet(KeptQuerySet):
    """Records somebody may see."""

    def current(self) -> "RecordQuerySet":
        """Only the highest revision of each record, among those that count."""
        newer = (
            RecordQuerySet(self.model)
            .counted()
            .filter(
                agency=models.OuterRef("agency"),
                ref=models.OuterRef("ref"),
                revision__gt=models.OuterRef("revision"),
            )
        )
        return self.counted().filter(~models.Exists(newer))

    def counted(self) -> "RecordQuerySet":
        """Without what came in a batch that is held or was withdrawn: it is kept, and counts for nothing."""
        arrivals = apps.get_model("casework", "BatchRecord")._base_manager
        return self.exclude(pk__in=arrivals.filter(batch__state__in=WITHHELD).values("record"))


class RecordManager(models.Manager["Record"]):
    """The only door to records. The bare manager refuses; a system job says why."""

    def get_queryset(self) -> NoReturn:
        raise Unscoped("say who is looking: Record.objects.visible_to(viewer), or .system('why')")

    def visible_to(self, viewer: Viewer) -> RecordQuerySet:
        """Own agency's records, and records of a child whom the viewer works with or has opened in an emergency;
        never one that names somebody with whom they have a conflict of interest."""
        related = Mention._base_manager.filter(record=models.OuterRef("pk"), source__in=viewer.reaches)
        mine = models.Q(agency_id=viewer.agency) if viewer.sees_own_agency else models.Q(pk__in=[])
        there = RecordQuerySet(self.model, using=self._db).exclude(document="")
        if viewer.barred:
            # Also where only a later revision names them: the words were the same.
            whole = {f"record__{part}": models.OuterRef(part) for part in ("agency", "ref")}
            named = Mention._base_manager.filter(source__in=viewer.barred, **whole)
            there = there.exclude(models.Exists(named))
        return there.filter(mine | models.Exists(related))

    def system(self, why: str) -> RecordQuerySet:
        """All records, for a job that nobody looks at. It says why; the worker writes into the ledger how often."""
        _said(why)
        return RecordQuerySet(self.model, using=self._db)


class HangingManager(models.Manager[Any]):
    """The only door to what hangs on records: by the rows that somebody was let see, or for a system job."""

    def get_queryset(self) -> NoReturn:
        raise Unscoped("say of which records: .of(rows), or .system('why')")

    def of(self, records: Iterable[int]) -> models.QuerySet[Any]:
        """What hangs on these rows. Whoever asks was let see them, by `Record.objects`."""
        return self._all().filter(record__in=list(records))

    def naming(self, *, person: str = "", sources: Collection[str] = ()) -> models.QuerySet[Any]:
        """Which rows name a person, or one of these sources: only to choose among rows that `Record.objects` gives."""
        return self._all().filter(source__person=person) if person else self._all().filter(source__in=sources)

    def system(self, why: str) -> models.QuerySet[Any]:
        """All of them, for a job that nobody looks at."""
        _said(why)
        return self._all()

    def _all(self) -> models.QuerySet[Any]:
        return models.QuerySet(self.model, using=self._db)


def _said(why: str) -> None:
    if len(why.strip()) < SHORTEST_WHY:
        raise Unscoped("a system job says why it reads records, in words that a stranger understands")
    noted(why)


class Record(Kept):
    """One revision of one record. `document`, sealed, is the truth; every other column is computed from it. It is
    empty, and so is `digest`, once the record was erased by order."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    ref = models.CharField(max_length=200)
    revision = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    document = models.TextField()
    digest = models.CharField(max_length=64)
    happened_from = models.DateTimeField(null=True)
    happened_to = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Professional, models.PROTECT, null=True, related_name="+")

    objects = RecordManager()

    class Meta:
        base_manager_name = "kept"
        constraints = [
            models.UniqueConstraint(fields=["agency", "ref", "revision"], name="one_revision_of_a_record"),
        ]
        indexes = [models.Index(fields=["agency", "kind", "recorded_at"])]

    kept = KeptQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.agency_id} {self.ref} r{self.revision}"


class Mention(models.Model):
    """A person in a record (computed)."""

    record = models.ForeignKey(Record, models.DO_NOTHING, related_name="mentions")
    position = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=20)
    source = models.ForeignKey("casework.Source", models.DO_NOTHING, related_name="mentions")

    objects: ClassVar[HangingManager] = HangingManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "position"], name="one_mention_per_position")
        ]


class ThingSeen(models.Model):
    """A thing in a record (computed). `key` is a keyed hash of what two records share when they speak of the same
    thing: it says where nothing is, and still finds it."""

    record = models.ForeignKey(Record, models.DO_NOTHING, related_name="things")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    part = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=200, blank=True, db_index=True)

    objects: ClassVar[HangingManager] = HangingManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "position"], name="one_thing_per_position")]
