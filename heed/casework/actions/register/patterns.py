"""A pattern that names a person of concern or a place of the register asks for disruption: considered, which, why not."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property

from django.db import transaction
from django.db.models import Q

from heed.casework import sealed
from heed.casework.actions import ledger
from heed.casework.actions.kept import chunks
from heed.casework.actions.register import owing
from heed.casework.actions.register.rows import told
from heed.casework.models import Duty, Mention, Professional, Record, Registered, RegisterStep, Source
from heed.casework.policy.register import DISRUPTION, register_rules
from heed.core.duty.moves import OWED
from heed.core.patterns.finding import Finding
from heed.core.records.kinds import Part
from heed.core.records.sources import source_key
from heed.core.register.moves import Kind, State

INDEX = {"place": "things", "premises": "things", "alias": "aliases"}
"""Under which index a hub's key stands in the register."""
CARRIED = ("vehicle", "phone", "account")
"""Things by which a pattern knows a person of concern: those that stand in the records that name them. Which of several
adults a car is of no record says; to be asked once too often does less harm than not to be asked."""
WHY = "which vehicles and telephones stand beside a person of concern"
LONGEST = 110
"""Of what a duty is about, so that the number of children fits behind it."""
WORDS = "A pattern across agencies names it. Write down on its page which measures were considered, and why no others."


def owe_disruption(*, found: Iterable[Finding], by: Professional | None, now: datetime) -> int:
    """Owe it for each pattern and each page it names, and anew when more children are in the pattern than when it was
    asked last; gives how many were opened."""
    opened, pages = 0, _Pages()
    for finding in found:
        for row in pages.named(finding):
            about = f"{owing.DISRUPTION_ABOUT}{row.reference}:{finding.finding}"[:LONGEST]
            if not _is_new(about, len(finding.children)):
                continue
            with transaction.atomic():
                rules = register_rules().duties[DISRUPTION]
                about = f"{about}#{len(finding.children)}"
                _, act = owing.opened(row, about, rules, WORDS, now, now, by=by)
                ledger.append_many([act])
            opened += 1
    return opened


def _is_new(about: str, children: int) -> bool:
    """Whether nothing is owed about a pattern on a page, and nobody considered it with so many children in it."""
    asked = Duty.objects.filter(Q(about=about) | Q(about__startswith=f"{about}#"))
    if asked.filter(state__in=OWED).exists():
        return False
    counts = [
        int(each.rpartition("#")[2]) if "#" in each else 0 for each in asked.values_list("about", flat=True)
    ]
    return not counts or children > max(counts)


def settle_disruption(
    row: Registered, words: str, by: Professional, now: datetime, *, used: bool
) -> list[ledger.Act]:
    """What a pattern asked about it is answered by what was considered. Where no measure is used nothing is done
    against whoever causes the harm: where a child is in danger that takes two people."""
    rules = register_rules()
    about = f"{owing.DISRUPTION_ABOUT}{row.reference}:"
    return owing.answered(about, rules.disruption if used else rules.done, words, by, now)


class _Pages:
    """The open pages of persons and places, by every key a pattern may know them by. Read once, when a hub asks."""

    @cached_property
    def _open(self) -> list[Registered]:
        rows = Registered.objects.filter(kind__in=(Kind.PERSON, Kind.PLACE)).exclude(state=State.ENDED)
        return list(rows.select_related("owner__agency", "agency").order_by("pk"))

    @cached_property
    def _keyed(self) -> Mapping[str, list[Registered]]:
        first = RegisterStep.objects.filter(registered__in=self._open, number=1).order_by("registered")
        found: dict[str, list[Registered]] = {}
        for row, said in zip(self._open, told(list(first)), strict=True):
            for key in {row.thing, *said.get("aliases", ())} - {""}:
                found.setdefault(key, []).append(row)
        return found

    @cached_property
    def _carried(self) -> Mapping[str, list[Registered]]:
        """The open pages of persons by what stands in any record that names them, as they are linked now."""
        persons = [
            (row, source_key((row.source_agency, row.source_ref)))
            for row in self._open
            if row.kind == Kind.PERSON
        ]
        sources = {key for _, key in persons}
        linked = dict(Source.objects.filter(key__in=sources).values_list("key", "person"))
        pages: dict[str, list[Registered]] = {}
        for row, key in persons:
            if key in linked:
                pages.setdefault(linked[key], []).append(row)
        found: dict[str, list[Registered]] = {}
        for some in chunks(sorted(pages)):
            mentions = Mention.objects.system(WHY).filter(
                source__person__in=some, part=Part.PERSON_OF_CONCERN, record__things__kind__in=CARRIED
            )
            current = Record.objects.system(WHY).current().values("pk")
            told = mentions.filter(record__in=current).exclude(record__things__key="")
            for person, key in told.values_list("source__person", "record__things__key").distinct():
                found.setdefault(key, []).extend(pages[person])
        return found

    def named(self, finding: Finding) -> list[Registered]:
        """Those that one of its hubs names, each once."""
        rows = {row.pk: row for hub in finding.hubs for row in self._of(hub)}
        return [rows[key] for key in sorted(rows)]

    def _of(self, hub: Mapping[str, str]) -> Sequence[Registered]:
        kind = hub.get("kind", "")
        if kind in CARRIED:
            return self._carried.get(sealed.keyed("things", hub["key"]), ())
        return self._keyed.get(sealed.keyed(INDEX[kind], hub["key"]), ()) if kind in INDEX else ()
