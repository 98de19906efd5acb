"""The door to packs of a child for a review: who asks for one, who reads it first, and the file.

A pack holds what whoever asked may see, emergencies left out. The second person reads it as it will leave, under
pseudonyms, with what was left out in doubt. Every look is written down first.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from heed.casework.actions import packing
from heed.casework.actions.packing import Request
from heed.casework.doors.children import child
from heed.casework.doors.knew import narrowed
from heed.casework.doors.looks import looked, refused
from heed.casework.doors.sight import agency_names
from heed.casework.doors.viewing import viewer_for
from heed.casework.models import Entry, Mention, Professional, Record, Source
from heed.casework.packs import Made, digest_of, put_together
from heed.casework.policy.exports import read_exports
from heed.core.access.viewer import Viewer, without_glass
from heed.core.records.explained import Explained
from heed.core.review.knowing import Knowledge
from heed.core.review.pack.compose import Composed
from heed.core.review.pack.content import Pack
from heed.core.review.pack.redacting import Doubt

PURPOSE = "a pack for a review"
MOST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A request in a list or on its page, without the pack. `mine`: the viewer asked; `may`: they may be the second."""

    number: int
    person: str
    on: date
    form: str
    reason: str
    purpose: str
    by: str
    at: datetime
    state: str
    second: str
    decided_at: datetime | None
    why_not: str
    mine: bool
    may: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A request with the pack as the second person reads it, and the digest that stands for it."""

    line: Line
    pack: Pack | None = None
    doubts: tuple[Doubt, ...] = ()
    digest: str = ""
    trouble: str = ""
    """Why there is no pack to read, where it cannot be put together."""


def sees(*, viewer: Viewer, person: str, now: datetime) -> bool:
    """Whether there is anything of this child the viewer may see; logged either way."""
    return child(viewer=viewer, person=person, now=now) is not None


def ask(
    *, viewer: Viewer, person: str, on: date, form: str, reason: str, purpose: str, now: datetime
) -> int | None:
    """Ask for a pack of a child; its number, or None where there is nothing of her for the viewer. Raises Explained."""
    if not sees(viewer=viewer, person=person, now=now):
        return None
    by = Professional.objects.get(pk=viewer.professional)
    records = _rows(viewer, person)
    entry = packing.ask(
        person=person, on=on, form=form, reason=reason, purpose=purpose, records=records, by=by, now=now
    )
    return int(entry.seq)


def requests(*, viewer: Viewer, now: datetime) -> list[Line]:
    """What the viewer asked for or decided on, and what waits for them; what waits first."""
    entries = Entry.objects.filter(kind=packing.ASKED).select_related("actor__agency").order_by("-seq")[:MOST]
    me = Professional.objects.get(pk=viewer.professional)
    lines = [line for each in packing.read(list(entries)) if (line := _line(each, viewer, me)) is not None]
    looked(viewer=viewer, subject="packs", purpose=PURPOSE, now=now)
    return sorted(lines, key=lambda line: line.state not in ("waits", "agreed"))


def request(
    *, viewer: Viewer, number: int, now: datetime, keep: Collection[str] = (), also: Collection[str] = ()
) -> Shown | None:
    """One request, for the second person with the pack; None for everybody else. Logged either way."""
    row = packing.request_of(number)
    line = row and _line(row, viewer, Professional.objects.get(pk=viewer.professional))
    if row is None or line is None:
        refused(viewer=viewer, subject=f"pack:{number}", purpose=PURPOSE, now=now)
        return None
    if not line.may:
        looked(viewer=viewer, subject=f"pack:{number}", purpose=PURPOSE, now=now)
        return Shown(line)
    try:
        found, made = _made(row, now, keep, also)
    except Explained as trouble:
        looked(viewer=viewer, subject=f"pack:{number}", purpose=PURPOSE, now=now)
        return Shown(line, trouble=str(trouble))
    shown = [each.row for each in found.records]
    looked(viewer=viewer, subject=row.person, purpose=PURPOSE, records=shown, now=now)
    return Shown(line, made.pack, made.doubts, digest_of(made))


def agree(
    *, viewer: Viewer, number: int, seen: str, keep: Collection[str], also: Collection[str], now: datetime
) -> bool:
    """Agree to what was shown; False where there is nothing for the viewer. Raises Explained where it may not be."""
    row = packing.request_of(number)
    me = Professional.objects.get(pk=viewer.professional)
    if row is None or _line(row, viewer, me) is None:
        return False
    _, made = _made(row, now, keep, also)
    packing.agree(number=number, made=made, seen=seen, keep=keep, also=also, by=me, now=now)
    return True


def take(*, viewer: Viewer, number: int, now: datetime) -> Made | None:
    """The file for whoever asked, once; None for everybody else. Raises Explained where it may not leave."""
    row = packing.request_of(number)
    if row is None or row.by.pk != viewer.professional:
        refused(viewer=viewer, subject=f"pack:{number}", purpose=PURPOSE, now=now)
        return None
    found, made = _made(row, now)
    return packing.take(number=number, found=found, made=made, by=row.by, now=now)


def _made(
    row: Request, now: datetime, keep: Collection[str] = (), also: Collection[str] = ()
) -> tuple[Knowledge, Composed]:
    """The pack in the eyes of whoever asked for it, as they are now."""
    theirs = without_glass(viewer_for(row.by, now))
    return put_together(
        wanted=row.wanted(keep, also), rows=Record.objects.visible_to(theirs), looks_of=theirs.agency,
        narrowed=lambda facts: narrowed(theirs, facts),
    )  # fmt: skip


def _line(row: Request, viewer: Viewer, me: Professional) -> Line | None:
    sources = set(Source.objects.filter(person=row.person).values_list("key", flat=True))
    mine, decided = row.by.pk == me.pk, row.second is not None and row.second.pk == me.pk
    may = row.state == "waits" and not packing.why_not_second(row, me)
    if sources & viewer.barred or not (mine or decided or may):
        return None
    names = agency_names()
    second = f"{row.second}, {names.get(row.second.agency_id, '')}" if row.second else ""
    return Line(
        row.number, row.person, row.on, row.form, read_exports().reasons.get(row.reason, row.reason), row.purpose,
        f"{row.by}, {names.get(row.by.agency_id, '')}", row.at, row.state, second, row.decided_at, row.why_not, mine, may,
    )  # fmt: skip


def _rows(viewer: Viewer, person: str) -> list[int]:
    """The rows of hers that whoever asks may see."""
    sources = list(Source.objects.filter(person=person).values_list("key", flat=True))
    named = set(Mention.objects.naming(sources=sources).values_list("record_id", flat=True))
    seen = Record.objects.visible_to(without_glass(viewer))
    return sorted(
        seen.filter(mentions__source__in=sources, pk__in=named).values_list("pk", flat=True).distinct()
    )
