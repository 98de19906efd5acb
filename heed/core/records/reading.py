"""The whole of records version 1: from a JSON object to a Record, or to what is wrong with it.

Closed lists (kind, part, grade, a thing's kind, handling) refuse an unknown word by name: guessing would
change who is told or who may look. Open ones (observations, schemes, categories, places) keep it with a note.
"""

import re
from dataclasses import dataclass

from heed.core.records import people as reading_people
from heed.core.records.kinds import (
    HANDLING_CODES,
    INFORMATION_GRADES,
    KINDS_WITHOUT_A_CHILD,
    MISSING_CATEGORIES,
    SOURCE_GRADES,
    Kind,
    Part,
)
from heed.core.records.observations import OBSERVATIONS
from heed.core.records.opened import Desk, Opened
from heed.core.records.problems import Problem, clip
from heed.core.records.record import Answer, Author, Document, Grading, Missing, PersonMentioned, Record, Told
from heed.core.records.soundness import unsound
from heed.core.records.unknown import RECORD, moved

__all__ = ["Problem", "Reading", "parse"]

AGENCY = re.compile(r"[A-Za-z0-9_.-]{1,40}")
_HIGHEST_REVISION = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Reading:
    """A record with its notes, or the problems that keep it out. A note is `kind: words`."""

    record: Record | None
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def parse(document: Document, *, is_sound: bool = False) -> Reading:
    """Read one JSON object as a record of version 1. Never raises for what the object holds. `is_sound` says that it
    was read from a line of which `is_plainly_sound` is true: it is not gone through once more."""
    trouble = None if is_sound else unsound(document)
    if trouble:
        return Reading(None, (trouble,))
    desk = Desk()
    whole = moved(document, RECORD, desk)
    record = _record(Opened(desk, "", whole), whole)
    if desk.problems or record is None:
        return Reading(None, tuple(desk.problems))
    _notes_on_time(record, desk)
    return Reading(record, (), tuple(desk.notes))


def _record(opened: Opened, document: Document) -> Record | None:
    if type(document.get("v")) is not int or document["v"] != 1:
        opened.refuse("v", "1")
    agency, ref = _identity(opened)
    kind = opened.choice("kind", Kind, required=True)
    recorded_at = opened.instant("recorded_at")
    if document.get("recorded_at") in (None, ""):
        opened.refuse("recorded_at", "when the agency wrote it down, an instant with its offset")
    people = tuple(reading_people.person(each, n) for n, each in enumerate(opened.objects("people")))
    _a_child(opened, kind, people)
    record = Record(
        agency=agency or "",
        ref=ref or "",
        revision=opened.whole("revision", low=1, high=_HIGHEST_REVISION) or 1,
        kind=kind or Kind.CONCERN,
        recorded_at=recorded_at,  # type: ignore[arg-type]  # without it there is a problem, and no record
        document=document,
        happened_from=opened.when("happened_from"),
        happened_to=opened.when("happened_to"),
        author=reading_people.author(opened.object("author")),
        people=people,
        things=tuple(reading_people.thing(each, n) for n, each in enumerate(opened.objects("things"))),
        observations=_observations(opened),
        text=opened.text("text"),
        childs_words=opened.text("childs_words"),
        missing=_missing(opened.object("missing")),
        told=tuple(_told(each) for each in opened.objects("told")),
        answer=_answer(opened.object("answer")),
        grading=_grading(opened.object("grading")),
    )
    return None if opened.desk.problems else record


def _identity(opened: Opened) -> tuple[str | None, str | None]:
    agency = opened.text("agency", required=True)
    if agency and not AGENCY.fullmatch(agency):
        opened.refuse("agency", "1 to 40 letters, digits, hyphens, dots or underscores")
    ref = opened.text("ref", longest=reading_people.LONGEST_REF, required=True)
    if ref and not ref.isprintable():
        opened.refuse("ref", "a reference without control characters")
    return agency, ref


def _a_child(opened: Opened, kind: Kind | None, people: tuple[PersonMentioned, ...]) -> None:
    """A record is about a child, unless its kind may stand alone; said once, not on top of a broken person."""
    if kind is None or kind in KINDS_WITHOUT_A_CHILD or any(each.part is Part.CHILD for each in people):
        return
    if not any(problem.key.startswith("people") for problem in opened.desk.problems):
        opened.refuse("people", f"at least one child in a record of kind {kind}")


def _observations(opened: Opened) -> tuple[str, ...]:
    codes = opened.texts("observations")
    for code in codes:
        if code not in OBSERVATIONS:
            opened.desk.note("unknown observation", f"{clip(code)} is kept, for mapping")
    return codes


def _missing(opened: Opened | None) -> Missing | None:
    if opened is None:
        return None
    category = opened.text("category")
    if category and category not in MISSING_CATEGORIES:
        opened.desk.note("unknown category", f"missing.category {clip(category)} is kept")
    return Missing(
        category=category,
        risk=opened.text("risk"),
        risk_reason=opened.text("risk_reason"),
        missing_from=opened.text("missing_from"),
    )


def _told(opened: Opened) -> Told:
    """Who was told. A day without an hour is read as known by that day's end, never as known at midnight."""
    at = opened.when("at")
    return Told(reading_people.author(opened) or Author(), at.latest if at else None)


def _answer(opened: Opened | None) -> Answer | None:
    if opened is None:
        return None
    at = opened.when("at")
    return Answer(
        decision=opened.text("decision", required=True) or "",
        reason=opened.text("reason"),
        by=reading_people.author(opened.object("by")),
        at=at.latest if at else None,
    )


def _grading(opened: Opened | None) -> Grading | None:
    if opened is None:
        return None
    return Grading(
        source=opened.code("source", SOURCE_GRADES),
        information=opened.code("information", INFORMATION_GRADES),
        handling=opened.code("handling", HANDLING_CODES),
        conditions=opened.text("conditions"),
    )


def _notes_on_time(record: Record, desk: Desk) -> None:
    """Times that contradict each other are noted, not refused.

    An end before its start is a slip of the pen in a record that still says a child was missing; a refusal
    would lose the event until somebody types again (the return's own rule 567 is a query, not a rejection).
    """
    start, end = record.happened_from, record.happened_to
    if start and end and end.latest < start.earliest:
        desk.note("dates out of order", "happened_to is before happened_from; both are kept as sent")
    if start and start.earliest > record.recorded_at:
        desk.note("recorded before it happened", "happened_from is later than recorded_at; both are kept")
