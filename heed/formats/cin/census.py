"""What has to be known of a whole census before one of its records is made: its year, and what is in it twice."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from heed.formats.elements import Element, Piece, pieces
from heed.formats.ssda903.days import EARLIEST, LATEST, CollectionYear, inferred

HEADER, CHILD = "Header", "Child"
STEMS = {
    CHILD: "child",
    "CINdetails": "referral",
    "Assessments": "assessment",
    "CINPlanDates": "plan",
    "Section47": "enquiry",
    "ChildProtectionPlans": "protection-plan",
    "CPPreviewDate": "review",
    "DateOfInitialCPC": "conference",
}
"""The elements that are accounted for, each with the word for it in its record's reference."""
UNITS = frozenset(STEMS)
DAYS = {
    "CINdetails": ("CINreferralDate", None),
    "Assessments": ("AssessmentActualStartDate", "AssessmentAuthorisationDate"),
    "CINPlanDates": ("CINPlanStartDate", "CINPlanEndDate"),
    "Section47": ("S47ActualStartDate", None),
    "ChildProtectionPlans": ("CPPstartDate", "CPPendDate"),
}
"""Where a part says on what day it began and ended; a part without an end is of one day."""
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def day(text: str) -> date | None:
    """A day written yyyy-mm-dd; None for anything else."""
    match = _DAY.fullmatch(text)
    try:
        found = date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None
    return found if found and EARLIEST <= found.year <= LATEST else None


def began(part: Element) -> date | None:
    """The day a part began, or the day it is."""
    return day(part.get(DAYS[part.tag][0]) if part.tag in DAYS else part.words)


def raw(element: Element) -> Any:
    """An element as JSON, without the parts of it that have records of their own."""
    inside: dict[str, Any] = {}
    for each in element.inside:
        if not each.number and (value := raw(each)):
            inside.setdefault(each.tag, []).append(value)
    found = {tag: values[0] if len(values) == 1 else values for tag, values in inside.items()}
    if element.stray:
        found["stray_text"] = element.stray
    return found or element.words


def identifier(child: Element) -> str:
    """The council's number of the child."""
    return next((each.get("LAchildID") for each in child.all("ChildIdentifiers")), "")


@dataclass(slots=True)
class Census:
    """What a first reading of a file found."""

    ids: Counter[str] = field(default_factory=Counter)
    upns: Counter[str] = field(default_factory=Counter)
    contents: dict[str, set[bytes]] = field(default_factory=dict)
    reference: str = ""
    named: str = ""
    latest: date | None = None
    year: CollectionYear | None = None
    how: str = ""

    @property
    def children(self) -> int:
        """How many Child elements are whole."""
        return self.ids.total()

    def year_told(self) -> CollectionYear:
        """The year of the reference date, of the header, or of the latest day in it. Raises Explained."""
        reference = day(self.reference)
        if reference:
            self.how = "from its reference date"
            return CollectionYear(reference.year + (reference.month > 3))
        if re.fullmatch("(19|20)[0-9]{2}", self.named):
            self.how = "from the year in its header"
            return CollectionYear(int(self.named))
        self.how = "inferred from the latest day on which something in it began"
        return inferred([self.latest] if self.latest else [])

    def year_known(self) -> CollectionYear:
        """The year, once it is settled."""
        if self.year is None:
            raise ValueError("the year of the census is settled before its children are read")
        return self.year

    def ref(self, child: Element, part: Element) -> str:
        """The reference of a part: what it is, whose, and when; with a number where two parts share these."""
        stem = self._stem(child, part)
        place = sorted(self.contents[stem]).index(_digest(part))
        return f"{stem}/{place + 1}" if place else stem

    def see(self, child: Element) -> None:
        """Count a child and the contents of its parts."""
        self.ids[identifier(child)] += 1
        for upn in _upns(child):
            self.upns[upn] += 1
        for part in child.units():
            start = began(part) if part is not child else None
            self.latest = max([each for each in (self.latest, start) if each], default=None)
            self.contents.setdefault(self._stem(child, part), set()).add(_digest(part))

    def _stem(self, child: Element, part: Element) -> str:
        stem = f"cin/{STEMS[part.tag]}/{identifier(child)}"
        return stem if part is child else f"{stem}/{began(part) or 'no-day'}"


def survey(file: Path) -> Census:
    """Read a file through once. Holds its children's numbers and a digest of each part, nothing else."""
    census = Census()
    for piece in pieces(file, (HEADER, CHILD), UNITS):
        if isinstance(piece, Piece) and piece.whole and piece.element.tag == CHILD:
            census.see(piece.element)
        elif isinstance(piece, Piece) and piece.whole:
            for details in piece.element.all("CollectionDetails"):
                census.reference, census.named = details.get("ReferenceDate"), details.get("Year")
    return census


def _upns(child: Element) -> Iterator[str]:
    return (upn for each in child.all("ChildIdentifiers") if (upn := each.get("UPN")))


def _digest(part: Element) -> bytes:
    return sha256(json.dumps(raw(part), sort_keys=True).encode()).digest()[:12]
