"""Which words have lapsed: they were said of a place in a record, and a revision has put somebody else there.

Worked out at each reading from what is kept (revisions, verdicts, and the one order of the ledger), so that linking live
and linking everybody agree, and a word stands again where the record is put right.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import batched

from heed.casework import sealed
from heed.casework.models import Entry, Record
from heed.core.identity.lapsing import Place, lapses, place_of
from heed.core.identity.verdicts import Became, Said, Step

WHY = "linking: of whom a word on a place in a record was said"
AT_ONCE = 500
LAST = 1 << 62
"""The order of a step that is no row: after every row there is."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision of a record: its row, its number, whether it is the one that counts, and its entry's place."""

    row: int
    number: int
    current: bool
    seq: int


def lapsed(said: Collection[Said]) -> list[Became]:
    """A step for each of these verdicts that has lapsed."""
    placed = {one.order: list(_places(one)) for one in said}
    revised = _revisions({place[:2] for places in placed.values() for place in places})
    if not revised:
        return []
    given = _entries(f"verdict:{order}" for order, places in placed.items() if places)
    compared = {
        (order, place[2]): _compared(revised[place[:2]], given.get(f"verdict:{order}", 0))
        for order, places in placed.items()
        for place in places
        if place[:2] in revised
    }
    told = _documents({row for rows in compared.values() for row in rows if row})
    gone = {
        order
        for (order, position), (judged, current) in compared.items()
        if judged != current and judged in told and lapses(told[judged], told.get(current), position)
    }
    return [Became(LAST, order, Step.LAPSED) for order in sorted(gone)]


def _places(said: Said) -> Iterator[Place]:
    for key in (said.left, said.right):
        place = place_of(key)
        if place is not None:
            yield place


def _revisions(names: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], list[Revision]]:
    """The revisions of those records of which there is more than one, oldest first."""
    rows: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for some in batched(sorted({ref for _, ref in names}), AT_ONCE):
        found = Record.objects.system(WHY).filter(ref__in=some).order_by("revision")
        for row, agency, ref, number in found.values_list("pk", "agency_id", "ref", "revision"):
            if (agency, ref) in names:
                rows.setdefault((agency, ref), []).append((row, number))
    many = {name: found for name, found in rows.items() if len(found) > 1}
    keys = [row for found in many.values() for row, _ in found]
    seqs = _entries(f"record:{row}" for row in keys)
    current = {
        row
        for some in batched(keys, AT_ONCE)
        for row in Record.objects.system(WHY).current().filter(pk__in=some).values_list("pk", flat=True)
    }
    return {
        name: [Revision(row, number, row in current, seqs.get(f"record:{row}", 0)) for row, number in found]
        for name, found in many.items()
    }


def _compared(revisions: list[Revision], given: int) -> tuple[int, int]:
    """The rows of the newest revision that was there when a word was given, and of the one that counts; 0 for none."""
    judged = [one.row for one in revisions if one.seq < given]
    current = [one.row for one in revisions if one.current]
    return (judged or [0])[-1], (current or [0])[-1]


def _entries(subjects: Iterable[str]) -> dict[str, int]:
    """The place in the ledger of the first entry about each of these subjects."""
    found: dict[str, int] = {}
    for some in batched(subjects, AT_ONCE):
        rows = Entry.objects.filter(subject__in=some, kind__in=("collection", "combination"))
        for subject, seq in rows.order_by("-seq").values_list("subject", "seq"):
            found[subject] = seq
    return found


def _documents(rows: Collection[int]) -> dict[int, dict]:
    found: dict[int, dict] = {}
    shut: list[str] = []  # one that cannot be opened stops nobody's linking: verifying names it
    for some in batched(sorted(rows), AT_ONCE):
        kept = Record.objects.system(WHY).filter(pk__in=some)
        for row, document in sealed.documents(kept, "id", shut=shut.append):
            found[row] = json.loads(document)
    return found
