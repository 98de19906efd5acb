"""What needs a person's word on who is who, in words: what each row is about, and what hangs on it."""

from dataclasses import dataclass

from heed.casework.doors.clashes import NumberClash
from heed.casework.doors.hanging import Hanging
from heed.casework.doors.links import Side
from heed.casework.doors.queue import APART, ASKED, JUDGED, NUMBER, UNSURE, Queue, Row
from heed.web.presenters import identity, wording

KINDS = {
    "": "All that waits",
    UNSURE: "The model is unsure",
    APART: "Kept apart",
    NUMBER: "One number, several births",
    ASKED: "Waits for a second person",
    JUDGED: "Judged already",
}
ABOUT = {
    "": "What most hangs on comes first: open duties about either child, then standing findings, then how likely the"
    " model holds it. The order is of work. It says nothing of any child.",
    UNSURE: "Two files that may be of one child, or two mentions of a person of concern that may be of one. The"
    " model joins nothing here.",
    APART: "The model, or a person, would join these. Somebody judged different, or what the files carry contradicts it,"
    " so they are counted as two.",
    NUMBER: "One number stands in files with several dates of birth: a slip, or one number for more than one child.",
    ASKED: "Somebody judged that two files are one child’s. Records would be seen across agencies, so it counts only"
    " once a second person has confirmed it.",
    JUDGED: "What people said, the newest first. Every verdict can be taken back by whoever gave it.",
}
NOBODY = "no name"
LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Choice:
    """One kind, with how many there are."""

    value: str
    words: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One row: a link's number, a verdict's, or a conflict's key says where it leads."""

    link: int
    verdict: int
    key: str
    heading: str
    files: str
    what: str
    hangs: str
    said: str


def choices(queue: Queue, kind: str) -> list[Choice]:
    """The kinds to choose from. All that waits is the sum of all but what was judged."""
    every = sum(count for name, count in queue.counts.items() if name != JUDGED)
    return [
        Choice(value, words, queue.counts.get(value, every), value == kind) for value, words in KINDS.items()
    ]


def rows(queue: Queue) -> list[Shown]:
    """The rows of this page."""
    return [_row(row) for row in queue.rows]


def _row(row: Row) -> Shown:
    waiting = row.waiting
    names = list(dict.fromkeys(_name(side) for side in row.sides))
    return Shown(
        link=0 if waiting.by_verdict else waiting.number,
        verdict=waiting.number if waiting.by_verdict else 0,
        key=waiting.key,
        heading=_heading(row, names),
        files=" · ".join(_file(side, row.whole) for side in row.sides[:6]),
        what=_what(row),
        hangs=hangs(row.hanging),
        said=_said(row),
    )


def _file(side: Side, whole: bool) -> str:
    """The agency and its reference; of a file that is out of sight the agency alone."""
    return identity.name_of(side) if whole or side.in_sight else side.agency_name


def _name(side: Side) -> str:
    return side.names[0] if side.names else NOBODY


def _heading(row: Row, names: list[str]) -> str:
    if row.waiting.kind == NUMBER:
        return wording.listed(names[:4]) if len(names) > 1 else f"{names[0]}, {len(row.sides)} files"
    return wording.listed([_name(side) for side in row.sides])


def _what(row: Row) -> str:
    waiting, of = row.waiting, identity.whom(*row.sides)
    match waiting.kind:
        case "unsure" if waiting.why == LAPSED:
            return "The model says nothing of these two; a person did."
        case "unsure":
            likely = wording.capital(identity.likely(waiting.probability, of))
            return f"{likely}: {identity.probability(waiting.probability)}."
        case "apart":
            return f"{identity.APART[waiting.why]} They count as {of.two}."
        case "number":
            births = {side.born[0] for side in row.sides if side.born}
            return f"One number in {len(row.sides)} files, with {len(births)} dates of birth."
        case "asked":
            asked = next(said for said in row.said if said.asked)
            return f"{of.verdicts[asked.verdict]}: asked for by {asked.by}, {asked.role}, {asked.agency}."
    newest = row.said[0]
    who = f"{newest.by}, {newest.role}, {newest.agency}"
    return f"{of.verdicts[newest.verdict]}: {who}, {wording.instant(newest.at)}."


def _said(row: Row) -> str:
    if row.waiting.kind == JUDGED:
        return identity.STATES[row.said[0].state]
    if row.said and row.said[0].state == LAPSED:
        return identity.STATES[LAPSED]
    unsure = [said for said in row.said if said.stands and said.verdict == "unsure"]
    return "Somebody was unsure already." if unsure else ""


def hangs(hanging: Hanging) -> str:
    """What hangs on a row, in words."""
    duties = wording.figure(hanging.duties, "open duty", "open duties") if hanging.duties else ""
    findings = wording.figure(hanging.findings, "standing finding") if hanging.findings else ""
    said = wording.listed([words for words in (duties, findings) if words])
    return (
        f"On these files: {said}." if said else "No open duty and no standing finding hangs on these files."
    )


def number(found: NumberClash) -> str:
    """The number in words."""
    return f"{found.scheme.upper()} number {found.value}"


def left_out(found: NumberClash) -> str:
    """A sentence where not all files are shown."""
    if found.files == len(found.sides):
        return ""
    return (
        f"{found.files - len(found.sides):,} more files carry it and are not shown: so many files under one number mean a"
        " placeholder. Ask the agencies to take it out."
    )
