"""The door to introductions: another agency may hold a record of the same child, or of the same person of concern, and
whom to ask there.

It names an agency and a post and nothing else: no name, no reason, no word of what the other file says, nor how likely
it is. It is there for people of the agency whose file it is, on a child whose file they may see.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from heed.casework.doors.links import Side, sides_of
from heed.casework.doors.looks import looked, refused
from heed.casework.doors.parties import posts_held
from heed.casework.doors.sight import agency_names
from heed.casework.linking.gathering import parts, verdicts
from heed.casework.linking.meeting import unsaid
from heed.casework.linking.seconding import sees
from heed.casework.linking.settling import of_concern
from heed.casework.models import Introduction, IntroductionAnswer, Source
from heed.casework.policy.linking import linking_rules
from heed.core.access.viewer import Viewer
from heed.core.duty.posts import WORDS
from heed.core.identity.verdicts import Word, pair, standing

SAME = Word.SAME


@dataclass(frozen=True, slots=True)
class Introduced:
    """One introduction as one side sees it. `source` and `ref` are its own file; `agency` and `post` whom to ask;
    `ours` what this side answered, `theirs_same` whether the other said that it is the same person. `of_concern`: of a
    person of concern, whom no agency keeps a file of; `ref` is the record that speaks of them."""

    number: int
    source: str
    person: str
    ref: str
    agency: str
    post: str
    at: datetime
    ours: str = ""
    theirs_same: bool = False
    of_concern: bool = False

    @property
    def open(self) -> bool:
        """Whether this side still has to say what came of it."""
        return not self.ours


@dataclass(frozen=True, slots=True)
class Meeting:
    """One introduction with the viewer's own side."""

    introduced: Introduced
    side: Side


def of_sources(viewer: Viewer, sources: Collection[str], now: datetime) -> list[Introduced]:
    """The open introductions over these files of the viewer's own agency, for a door that logs its own look."""
    mine = [key for key in sources if key.partition(" ")[0] == viewer.agency and sees(viewer, key)]
    rows = [
        row
        for part in parts(mine)
        for row in Introduction.objects.filter(Q(left__in=part) | Q(right__in=part), _fresh(now))
    ]
    return [one for one in _told(viewer, rows) if one.open]


def today(viewer: Viewer, now: datetime) -> list[Introduced]:
    """Those the viewer has to answer: over children they work with, or all of their agency's for whoever is asked."""
    ours = Q(left__startswith=f"{viewer.agency} ") | Q(right__startswith=f"{viewer.agency} ")
    rows = list(Introduction.objects.filter(ours, _fresh(now)).order_by("-pk"))
    asked = linking_rules().ask in posts_held(viewer)
    return [one for one in _told(viewer, rows) if one.open and (asked or one.source in viewer.sources)]


def meeting(*, viewer: Viewer, number: int, now: datetime) -> Meeting | None:
    """One introduction, answered or not; None for whoever is not of either side."""
    subject, purpose = f"introduction:{number}", "who else may know this child"
    rows = list(Introduction.objects.filter(pk=number))
    found = _told(viewer, rows, joined=True)
    if not found:
        refused(viewer=viewer, subject=subject, purpose=purpose, now=now)
        return None
    side = sides_of(viewer, {found[0].source})[found[0].source]
    looked(viewer=viewer, subject=subject, purpose=purpose, records=side.shown, now=now)
    return Meeting(found[0], side)


def _fresh(now: datetime) -> Q:
    return Q(at__gt=now - linking_rules().shown_for)


def _told(viewer: Viewer, rows: list[Introduction], *, joined: bool = False) -> list[Introduced]:
    """As the viewer's side sees each. One that is settled (the two are one child now, or judged different) is not
    shown any more, except on its own page (`joined`)."""
    if not rows:
        return []
    people = _people(rows)
    answers = _answers(rows)
    gone = unsaid(people)
    different = {
        pair(one.left, one.right)
        for one in standing(verdicts({row.left for row in rows}))
        if one.word is Word.DIFFERENT
    }
    names, post = agency_names(), WORDS[linking_rules().ask]
    adults = of_concern([(row.left, row.right) for row in rows])
    found = []
    for row in rows:
        mine = next((key for key in (row.left, row.right) if key.partition(" ")[0] == viewer.agency), "")
        other = row.right if mine == row.left else row.left
        settled = people.get(row.left) == people.get(row.right) or (row.left, row.right) in different
        if not mine or mine not in people or not sees(viewer, mine) or (settled and not joined):
            continue
        if other not in people or gone & {mine, other}:
            continue  # what was erased or withdrawn is nobody's to ask after
        whose = other.partition(" ")[0]
        said = answers.get(row.pk, {})
        found.append(
            Introduced(
                row.pk, mine, people[mine], _known_as(mine), names.get(whose, whose), post, row.at,
                said.get(viewer.agency, ""), said.get(whose) == SAME, (row.left, row.right) in adults,
            )
        )  # fmt: skip
    return found


def _known_as(source: str) -> str:
    """The agency's own reference: of a file, or of the record that mentions somebody in passing."""
    return source.partition(" ")[2].partition("#")[0]


def _people(rows: list[Introduction]) -> dict[str, str]:
    keys = {key for row in rows for key in (row.left, row.right)}
    return {
        key: person
        for part in parts(keys)
        for key, person in Source.objects.filter(pk__in=part).values_list("key", "person")
    }


def _answers(rows: list[Introduction]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for part in parts(row.pk for row in rows):
        told = IntroductionAnswer.objects.filter(introduction__in=part).order_by("pk")
        for number, agency, answer in told.values_list("introduction", "agency", "answer"):
            found.setdefault(number, {})[agency] = answer
    return found
