"""What is known of a child's missing episodes, for the rules that nobody looks at: every agency's records count."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from heed.casework import sealed
from heed.casework.actions.kept import chunks
from heed.casework.models import Agency, Duty, Mention, Record, Source
from heed.casework.models.records import RecordQuerySet
from heed.casework.policy import policy
from heed.casework.policy.missing import missing_rules
from heed.core.duty.moves import OWED
from heed.core.records.kinds import Kind, Part
from heed.core.records.reading import parse
from heed.core.records.record import Record as Told
from heed.core.records.sources import source_key, source_of
from heed.core.review.chronology import span
from heed.core.review.episodes import Episode
from heed.core.review.missing_counts import NOT_THERE, Unreported, began, counted, never_reported, starts

WHY = "how often a child was missing, and what is owed for it"
KINDS = (
    Kind.MISSING, Kind.RETURN_INTERVIEW, Kind.DECISION, Kind.SCHOOL, Kind.HEALTH, Kind.CARE, Kind.CONTACT,
    Kind.VISIT, Kind.CONCERN, Kind.DISCLOSURE, Kind.REFERRAL,
)  # fmt: skip
OF_EPISODES = (Kind.MISSING, Kind.RETURN_INTERVIEW)
BACK = timedelta(days=400)
"""How far back the rules count: a year, and some days for an episode that went on. A trigger plan may be older, and so
may an episode that nobody has ended."""

type Name = tuple[str, str]
"""(agency, reference) of a record."""


@dataclass(frozen=True, slots=True)
class Known:
    """One child: her records that stand, the newest revision of each, and her episodes as of an instant."""

    person: str
    records: dict[Name, tuple[int, Told]]
    episodes: tuple[Episode, ...]
    unreported: tuple[Unreported, ...]

    @property
    def starts(self) -> list[datetime]:
        """When each of them began."""
        return starts(self.episodes, self.unreported)

    @property
    def counted(self) -> set[Name]:
        """Every record of an episode, or of days of which nobody reported her away."""
        silent = {(record.agency, record.ref) for run in self.unreported for record in run.records}
        return silent | {name for episode in self.episodes for name in self.told_beside(episode)}

    def told_beside(self, episode: Episode) -> set[Name]:
        """The records of an episode, and those by which she was not there on its days: before anybody reported her they
        may have counted already."""
        absent = {
            name
            for name, (_, record) in self.records.items()
            if NOT_THERE & set(record.observations)
            and span(record).earliest.date() <= episode.last
            and episode.first <= span(record).latest.date()
        }
        return names(episode) | absent

    def episode_of(self, name: Name) -> Episode | None:
        """The episode that a record tells of."""
        return next((each for each in self.episodes if name in names(each)), None)

    def is_over(self, episode: Episode, at: datetime) -> bool:
        """Whether it is history: she was back long ago, or it has no end and she went missing again since. It counts,
        and opens nothing. Who is away is never history, however long ago she went."""
        since = at - timedelta(days=missing_rules().history_days)
        if not episode.away_at(at):
            return max(span(each).latest for each in episode.records) < since
        start = began(episode)
        return start < since and any(began(each) > start for each in self.episodes)

    @property
    def born(self) -> list[str]:
        """Every date of birth that the missing records give her."""
        told = (each for episode in self.episodes for record in episode.records for each in record.people)
        return sorted({each.born for each in told if each.part == Part.CHILD and each.born})


def names(episode: Episode) -> set[Name]:
    """The records of an episode."""
    return {(record.agency, record.ref) for record in episode.records}


def known(person: str, at: datetime, kinds: Collection[Kind] = KINDS) -> Known:
    """Everything the rules need of one child, as it stands at an instant; of fewer kinds of record where that does."""
    of_her = Mention.objects.naming(person=person).filter(part=Part.CHILD).values("record")
    rows = Record.objects.system(WHY).current().filter(pk__in=of_her, kind__in=kinds)
    told = _told(rows.filter(Q(recorded_at__gte=at - BACK) | Q(kind__in=(Kind.DECISION, Kind.MISSING))))
    hers = [record for _, record in told.values() if record.kind == Kind.MISSING]
    found = counted(hers, at)
    rules = missing_rules()
    silent = never_reported(
        (record for _, record in told.values()), found, kinds_of_agencies(), rules.never_reported_by,
        rules.never_reported_agree,
    )  # fmt: skip
    return Known(person, told, tuple(found), tuple(silent))


def children(row: int) -> list[str]:
    """The children a record is about, as linked so far: whoever only went with her has an episode of her own."""
    mentions = Mention.objects.of([row]).filter(part=Part.CHILD).order_by("position")
    return list(dict.fromkeys(mentions.values_list("source__person", flat=True)))


def keys_of(person: str) -> set[str]:
    """The sources that are one child, as linked so far."""
    return set(Source.objects.filter(person=person).values_list("key", flat=True))


def children_told(episode: Episode) -> set[str]:
    """The sources of the children whom an episode's records are about."""
    return {
        source_key(source_of(record, each))
        for record in episode.records
        for each in record.people
        if each.part == Part.CHILD
    }


def of_the_same_night(record: Told, at: datetime) -> set[Name]:
    """The records that tell of the same episode of the same child, as far as she is linked; the record itself among
    them."""
    keys = [source_key(source_of(record, each)) for each in record.people if each.part == Part.CHILD]
    found = {(record.agency, record.ref)}
    for person in set(Source.objects.filter(key__in=keys).values_list("person", flat=True)):
        episode = known(person, at, (Kind.MISSING,)).episode_of((record.agency, record.ref))
        found |= names(episode) if episode else set()
    return found


def kinds_of_agencies() -> dict[str, str]:
    """The kind of each agency by its code."""
    known_kinds = {code: each.kind for code, each in policy().agencies.items()}
    return known_kinds | dict(Agency.objects.values_list("code", "kind"))


def recent(records: Collection[int], at: datetime) -> list[int]:
    """Those of these rows that tell of an episode or an interview lately enough to open anything, oldest first."""
    found: list[int] = []
    for some in chunks(list(records)):
        found += _late(at).filter(pk__in=some).values_list("pk", flat=True)
        found += _telling(_since(at).filter(pk__in=some))
    return sorted(found)


def told_beside(rows: RecordQuerySet, at: datetime) -> list[int]:
    """What else is told of the children of these rows' episodes and interviews, lately enough to open anything. Asked
    while they are still linked: once a record is withdrawn nothing says any more whom it was of."""
    of_episodes = rows.filter(kind__in=OF_EPISODES).order_by().values("pk")
    every = Mention.objects.system(WHY).filter(part=Part.CHILD)
    hers = every.filter(source__person__in=every.filter(record__in=of_episodes).values("source__person"))
    late = _late(at).filter(kind=Kind.MISSING, pk__in=hers.values("record"))
    return list(late.order_by("pk").values_list("pk", flat=True))


def lately(at: datetime) -> list[int]:
    """Every row that tells of an episode or an interview lately enough to open anything, oldest first."""
    return sorted([*_late(at).values_list("pk", flat=True), *_telling(_since(at))])


def _telling(rows: RecordQuerySet) -> list[int]:
    """Those by which an agency says that she was not where she should have been, which nobody may ever have reported, or
    what is noted where it comes together with an episode."""
    rule = missing_rules().together
    codes = NOT_THERE | rule.absent | rule.things
    told = _told(rows.filter(kind__in=[each for each in KINDS if each not in (*OF_EPISODES, Kind.DECISION)]))
    return [row for row, record in told.values() if codes & set(record.observations)]


def _late(at: datetime) -> RecordQuerySet:
    """An episode that has no end is never too long ago, nor is one of which nobody says when it began."""
    rows = Record.objects.system(WHY).current().filter(kind__in=OF_EPISODES)
    return rows.filter(_lasting_until(at) | Q(kind=Kind.MISSING, happened_to=None))


def _since(at: datetime) -> RecordQuerySet:
    return Record.objects.system(WHY).current().filter(_lasting_until(at))


def _lasting_until(at: datetime) -> Q:
    since = at - timedelta(days=missing_rules().history_days)
    return Q(happened_from__gte=since) | Q(happened_to__gte=since)


def newest_rows(of: Collection[Name]) -> list[int]:
    """The row of the newest revision of each of these records."""
    rows = Record.objects.system(WHY).current().filter(ref__in={ref for _, ref in of}).order_by("pk")
    return [pk for pk, *name in rows.values_list("pk", "agency_id", "ref") if tuple(name) in of]


def duties(about: str, of: Collection[Name], *, owed: bool = False) -> list[Duty]:
    """The duties about something for records of these names, oldest first."""
    found = Duty.objects.filter(about__startswith=about, record__ref__in={ref for _, ref in of})
    if owed:
        found = found.filter(state__in=OWED)
    rows = found.select_related("record", "owner").order_by("pk")
    return [duty for duty in rows if duty.record and (duty.record.agency_id, duty.record.ref) in of]


def first_written(of: Collection[Name]) -> datetime:
    """When the first of these records was first written down, whatever was added since."""
    rows = Record.objects.system(WHY).counted().filter(ref__in={ref for _, ref in of}).order_by("recorded_at")
    first: datetime = next(row.recorded_at for row in rows if (row.agency_id, row.ref) in of)
    return first


def _told(rows: RecordQuerySet) -> dict[Name, tuple[int, Told]]:
    """What cannot be opened any more counts for nothing here: whoever verifies says so of it."""
    found: dict[Name, tuple[int, Told]] = {}
    for row, document in sealed.documents(rows, "pk", shut=lambda name: None):
        record = parse(json.loads(document)).record
        if record is not None:
            found[(record.agency, record.ref)] = (row, record)
    return found
