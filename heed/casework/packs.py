"""A pack of what was known of a child or a finding by a day: put together, checked that no name is left, then written.

The order matters. Nothing is put together without a reason; where a name is still in it nothing leaves; and the entry
of the export stands in the ledger before the first file is made.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import batched

from heed.casework import sealed
from heed.casework.actions.exporting import Asked, take_out
from heed.casework.knowing import facts_of, ledger_now
from heed.casework.models import Agency, Finding, Professional, Record, Source
from heed.casework.models.records import RecordQuerySet
from heed.casework.policy.exports import read_exports
from heed.casework.subjects import hers_of
from heed.core.records.canonical import canonical
from heed.core.records.explained import Explained
from heed.core.review.asof import Kept, end_of
from heed.core.review.knowing import Facts, Knowledge, knew
from heed.core.review.pack.compose import Brief, Composed, composed
from heed.core.review.pack.content import Pack, as_json
from heed.core.review.pack.known import fold
from heed.formats.pack import WRITE

WHY = "a pack of a review: asked for on the command line, and written into the ledger"
EVER = datetime(9999, 12, 31, tzinfo=UTC)
"""Names are learnt from whatever was written, later too: they are only ever taken out."""
AT_ONCE = 500
type Narrowed = Callable[[Facts], Facts]
"""What somebody may see of what was gathered."""
NOT_OPENED = (
    "a record about this person cannot be opened, because it is not what was sealed there, or its key is not in the "
    "keyring. Run `heed ledger verify`: a pack without that record would be a false one."
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be put together. `own`: her own copy, in which she and professionals keep their names. `keep` are words
    that whoever checked found to be no names, `also` are names that no record lists."""

    subject: str
    on: date
    formats: tuple[str, ...]
    reason: str
    purpose: str
    own: bool = False
    keep: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """The number of its entry, its files by format, what was left out in doubt, and the key of its pseudonyms."""

    number: int
    files: Mapping[str, bytes]
    composed: Composed


def make(*, wanted: Wanted, by: Professional | None, now: datetime) -> Made:
    """Put a pack together from all there is and write it down as taken out. Raises Explained for a day to come, a format
    or a reason that is none, nobody of that id, records that cannot be opened, and where a name is left in it."""
    check(wanted, now)
    found, made = put_together(wanted=wanted, rows=Record.objects.system(WHY))
    return written(wanted=wanted, found=found, composed=made, by=by, now=now)


def put_together(
    *,
    wanted: Wanted,
    rows: RecordQuerySet,
    looks_of: str | None = None,
    narrowed: Narrowed = lambda facts: facts,
) -> tuple[Knowledge, Composed]:
    """The answer in the rows somebody may read, and the pack of it. Nothing is written down. Raises Explained."""
    end = end_of(wanted.on)
    hers = hers_of(wanted.subject, rows)
    try:
        found = knew(narrowed(facts_of(rows, hers, end, looks_of=looks_of)), end, "")
        everything = facts_of(rows, hers, EVER, looks_of=looks_of).kept
    except sealed.Unreadable:
        raise Explained(NOT_OPENED) from None
    made = composed(found, everything, _persons(everything), _brief(wanted, found))
    if made.left:
        raise Explained(
            f"{len(made.left)} names or numbers that were to be taken out are still in the pack. Nothing was "
            "written. This is a fault of Heed's: tell whoever runs it, and take the records out with `heed export` "
            "meanwhile."
        )
    return found, made


def written(
    *, wanted: Wanted, found: Knowledge, composed: Composed, by: Professional | None, now: datetime
) -> Made:
    """The files of a pack, the entry that says it was taken out before them. Raises Explained for no reason."""
    asked = Asked(f"pack {' '.join(wanted.formats)}", _opaque(wanted.subject), wanted.reason, wanted.purpose)
    entry = take_out(asked=asked, records=[each.row for each in found.records], by=by, now=now)
    pack = _numbered(composed.pack, entry.seq)
    files = {name: WRITE[name](pack) for name in wanted.formats}
    return Made(entry.seq, files, replace(composed, pack=pack))


def digest_of(made: Composed) -> str:
    """What is in a pack, as one number: the same for the same sections, whatever the ledger has grown to meanwhile."""
    return sha256(canonical(as_json(Pack("", (), made.pack.sections)))).hexdigest()


def check(wanted: Wanted, now: datetime) -> None:
    """Raises Explained for a format that is none, a day to come, or somebody's own copy of a finding."""
    unknown = [each for each in wanted.formats if each not in WRITE]
    if unknown or not wanted.formats:
        raise Explained(f"a pack is written as {', '.join(WRITE)}; not as {', '.join(unknown) or 'nothing'}.")
    if end_of(wanted.on) > end_of(now.date()):
        raise Explained(f"{wanted.on} has not come yet: ask for a day up to {now.date()}.")
    if wanted.own and Finding.objects.filter(pk=wanted.subject).exists():
        raise Explained("a finding is about several people: her own copy is made of one child, by her id.")
    read_exports().check(wanted.reason, wanted.purpose, "", "")


def _brief(wanted: Wanted, found: Knowledge) -> Brief:
    ledger = ledger_now()
    about = (
        ("As of", f"the end of {wanted.on} (UTC), knowing nothing that was written down later"),
        ("Reason", read_exports().reasons[wanted.reason]),
        ("Purpose", wanted.purpose.strip()),
        ("Records", str(len(found.records))),
        ("Conditions of handling", "; ".join(sorted(_conditions(found))) or "none is recorded"),
        ("Ledger", f"{ledger.entries} entries, root {ledger.root}"),
        ("Computed again by", "whoever holds the ledger's export: heed ledger export, heed knew"),
    )
    title = "What was written about you" if wanted.own else "Who knew what, when: a pack for review"
    finding = Finding.objects.filter(pk=wanted.subject).exists()
    return Brief(
        title,
        about,
        () if finding else (wanted.subject,),
        wanted.subject if wanted.own else "",
        frozenset(map(fold, wanted.keep)),
        wanted.also,
        tuple(Agency.objects.order_by("code").values_list("code", "name")),
    )


def _conditions(found: Knowledge) -> Collection[str]:
    graded = (kept.told.grading for kept in found.records if kept.told is not None)
    told = (f"{each.handling or ''} {each.conditions or ''}".strip() for each in graded if each is not None)
    return {words for words in told if words}


def _persons(everything: Sequence[Kept]) -> dict[str, str]:
    """The person behind each source that any of these records names."""
    keys = {
        f"{kept.agency} {each.ref}" if each.ref else f"{kept.agency} {kept.ref}#{each.position}"
        for kept in everything
        if kept.told is not None
        for each in kept.told.people
    }
    found: dict[str, str] = {}
    for some in batched(sorted(keys), AT_ONCE):
        found |= dict(Source.objects.filter(key__in=some).values_list("key", "person"))
    return found


def _numbered(pack: Pack, number: int) -> Pack:
    return replace(pack, about=(("Number in the ledger", str(number)), *pack.about))


def _opaque(subject: str) -> str:
    return f"finding:{subject}" if Finding.objects.filter(pk=subject).exists() else subject
