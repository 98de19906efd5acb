"""What hangs on files that may be one child's: facts counted for the order of work, never for a child."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from heed.casework.doors.noticed import FRESH
from heed.casework.doors.sight import CHILD_PARTS
from heed.casework.linking.gathering import parts
from heed.casework.models import Duty, FindingChild
from heed.core.duty.moves import OWED


@dataclass(frozen=True, slots=True)
class Hanging:
    """How many answers are owed about records that name these files, and in how many standing findings their children
    are."""

    duties: int = 0
    findings: int = 0


class Hangs:
    """What hangs on each of many sources, read once. `people` is source to person."""

    def __init__(self, people: Mapping[str, str], now: datetime) -> None:
        self._people = people
        self._duties: dict[str, set[int]] = {}
        self._findings: dict[str, set[str]] = {}
        for part in parts(people):
            owed = Duty.objects.filter(
                state__in=OWED, record__mentions__source__in=part, record__mentions__part__in=CHILD_PARTS
            )
            for source, duty in owed.values_list("record__mentions__source", "pk"):
                self._duties.setdefault(source, set()).add(duty)
        for part in parts(set(people.values())):
            stands = FindingChild.objects.filter(person__in=part, finding__as_of__gt=now.date() - FRESH)
            for person, finding in stands.values_list("person", "finding"):
                self._findings.setdefault(person, set()).add(finding)

    def on(self, sources: Collection[str]) -> Hanging:
        """What hangs on these together, each duty and finding once."""
        duties = {duty for source in sources for duty in self._duties.get(source, ())}
        people = {self._people[source] for source in sources if source in self._people}
        findings = {finding for person in people for finding in self._findings.get(person, ())}
        return Hanging(len(duties), len(findings))
