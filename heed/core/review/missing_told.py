"""A missing episode as it is told: each agency writes its own record, and each entry is a newer revision of it.

What was graded then and what was graded later both stay, because no revision replaces another: the older is read as it
was. Source of what an entry says: College of Policing, Missing persons (record the information used, who gave it and
when; review the risk continually), and the field's forms for a report, a hand-over and a return.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from heed.core.records.record import Author, Record
from heed.core.records.when import parse_instant

EPISODE = "episode"
"""The block under a record's `extra` in which an entry says what records version 1 has no key for."""
NOT_SAID: Mapping[str, Any] = {}


class Entry(StrEnum):
    """What an entry is."""

    REPORTED = "reported"
    REGRADED = "regraded"
    PICTURE = "picture"
    RETURNED = "returned"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Step:
    """One entry: who wrote it and when, what they graded, and whether that differs from the entry before."""

    agency: str
    ref: str
    revision: int
    entry: Entry
    at: datetime
    by: Author | None
    words: str
    category: str
    risk: str
    reason: str
    despite: str
    facts: tuple[str, ...]
    regraded: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """How an episode stands: the newest grade of each agency, the newest picture for the next shift, when she is back."""

    grades: tuple[Step, ...]
    picture: Step | None
    review_at: datetime | None
    back: Record | None


def block(record: Record, name: str) -> Mapping[str, Any]:
    """What a record says under `extra` in a block of that name; nothing where it is no object."""
    extra = record.document.get("extra")
    found = extra.get(name) if isinstance(extra, dict) else None
    return found if isinstance(found, dict) else NOT_SAID


def said(record: Record, key: str, name: str = EPISODE) -> str:
    """One text of such a block; empty where nothing, or something else, is said."""
    value = block(record, name).get(key)
    return value.strip() if isinstance(value, str) else ""


def steps(revisions: Iterable[Record]) -> list[Step]:
    """The entries of one agency's record, oldest first: one for each revision, whoever sent it."""
    found: list[Step] = []
    for record in sorted(revisions, key=lambda each: each.revision):
        found.append(_step(record, found[-1] if found else None))
    return found


def told(tellings: Iterable[Sequence[Record]]) -> list[Step]:
    """The entries of every agency that tells of an episode, in the order in which they were written down."""
    every = [step for revisions in tellings for step in steps(revisions)]
    return sorted(every, key=lambda step: (step.at, step.agency, step.revision))


def picture(tellings: Iterable[Sequence[Record]]) -> Picture:
    """How an episode stands by everything that is told of it."""
    given = [sorted(each, key=lambda record: record.revision) for each in tellings if each]
    every = told(given)
    grades = {step.agency: step for step in every if step.risk or step.category}
    latest = sorted((revisions[-1] for revisions in given), key=lambda record: record.recorded_at)
    reviews = [at for record in latest if (at := _instant(said(record, "review_at"))) is not None]
    pictures = [step for step in every if step.entry is Entry.PICTURE and step.words]
    return Picture(
        grades=tuple(sorted(grades.values(), key=lambda step: step.at, reverse=True)),
        picture=pictures[-1] if pictures else None,
        review_at=reviews[-1] if reviews else None,
        back=next((record for record in reversed(latest) if record.happened_to is not None), None),
    )


def _step(record: Record, before: Step | None) -> Step:
    missing = record.missing
    category, risk = (missing.category or "", missing.risk or "") if missing else ("", "")
    return Step(
        agency=record.agency,
        ref=record.ref,
        revision=record.revision,
        entry=_entry(record, before),
        at=record.recorded_at,
        by=record.author,
        words=said(record, "words") or ("" if before else record.text or ""),
        category=category,
        risk=risk,
        reason=(missing.risk_reason or "") if missing else "",
        despite=said(record, "despite"),
        facts=_facts(record),
        regraded=before is not None and (before.category, before.risk) != (category, risk),
    )


def _entry(record: Record, before: Step | None) -> Entry:
    """As it says itself; a revision from a system that knows no entries is the report, a return or a correction."""
    try:
        return Entry(said(record, "entry"))
    except ValueError:
        if before is None:
            return Entry.REPORTED
        return Entry.RETURNED if record.happened_to is not None else Entry.CORRECTED


def _facts(record: Record) -> tuple[str, ...]:
    facts = block(record, EPISODE).get("facts")
    return tuple(each for each in facts if isinstance(each, str)) if isinstance(facts, list) else ()


def _instant(words: str) -> datetime | None:
    try:
        return parse_instant(words)
    except ValueError:
        return None
