"""What Heed read in a text, as lines a person can agree to with one key."""

from dataclasses import dataclass

from heed.casework.doors.agreed import Read, ReadIn
from heed.core.language.named import KINDS, RULES
from heed.web.presenters.wording import around


@dataclass(frozen=True, slots=True)
class ReadShown:
    """One thing read, in its words. `mark` is what a button sends; `first`: the next one nobody has spoken on."""

    mark: str
    kind: str
    before: str
    words: str
    after: str
    why: str
    offsets: str
    where: str
    said: str
    first: bool


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A record's lines. `left` is how many nobody has spoken on."""

    key: int
    reference: str
    lines: tuple[ReadShown, ...]
    left: int


def page(read: ReadIn) -> ReadPage:
    """Everything read in one record."""
    open_ = [each for each in read.found if not each.said]
    lines = tuple(_line(each, bool(open_) and each is open_[0]) for each in read.found)
    return ReadPage(read.row.pk, read.row.ref, lines, len(open_))


def _line(read: Read, first: bool) -> ReadShown:
    named, text = read.named, read.text
    before, after = around(text, named.start, named.end)
    said = {"agreed": f"Agreed by {read.by}", "declined": f"Declined by {read.by}"}.get(read.said, "")
    return ReadShown(
        mark=f"{read.place}@{named.start}",
        kind=KINDS[named.kind],
        before=before,
        words=named.words,
        after=after,
        why=RULES[named.rule].words,
        offsets=f"characters {named.start + 1:,} to {named.end:,}",
        where="in the text" if read.place == "text" else "in what was pasted",
        said=said,
        first=first,
    )
