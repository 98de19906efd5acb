"""Who owes an answer: a named person, found by post at an instant. There is always one."""

from datetime import datetime
from typing import Protocol

from django.db.models import Q, QuerySet

from heed.casework.agencies import PLACEHOLDER_ORDER, ensure_all
from heed.casework.models import Absence, Duty, OnCall, Professional
from heed.casework.models import Post as Held
from heed.casework.policy.agencies import PARTNERSHIP
from heed.core.duty.ladder import Rung
from heed.core.duty.posts import WORDS, Post, at_or_above
from heed.core.duty.reaching import Holding, asked
from heed.core.records.explained import Explained


class Finder(Protocol):
    """Gives whoever is asked for a post of an agency at an instant, `then` of another body."""

    def __call__(self, agency: str, post: Post, at: datetime, then: str = PARTNERSHIP) -> Professional: ...


class Board:
    """Who holds which post, who is away and who is on call, asked once for each agency: for whoever finds many."""

    def __init__(self) -> None:
        self._held: dict[str, list[tuple[Held, list[Absence]]]] = {}
        self._turns: dict[str, list[OnCall]] = {}

    def holder(self, agency: str, post: Post, at: datetime, then: str = PARTNERSHIP) -> Professional:
        """Whoever is asked for a post of an agency at an instant, or stands in at the body `then`. Raises Explained where
        nobody active is left."""
        people: dict[int, Professional] = {}
        ours, theirs = (self._holdings(code, at, people) for code in (agency, then))
        found = asked(post, ours, theirs)
        if found is None:
            raise Explained(
                f"Nobody active holds {WORDS[post]} or another post at {agency} or at {then}, so nobody would "
                "owe the answer. Make somebody active again, or give the post to somebody."
            )
        return people[found.person]

    def _holdings(self, code: str, at: datetime, people: dict[int, Professional]) -> list[Holding]:
        if code not in self._held:
            self._read(code)
        found = []
        for held, absences in self._held[code]:
            people[held.holder_id] = held.holder
            found.append(
                Holding(
                    person=held.holder_id,
                    post=Post(held.post),
                    order=held.order,
                    active=held.holder.is_active,
                    away=any(_covers(each.since, each.until, at) for each in absences),
                    placeholder=held.order >= PLACEHOLDER_ORDER,
                    signs_in=held.holder.has_usable_password(),
                )
            )
        for turn in self._turns[code]:
            if _covers(turn.since, turn.until, at):
                people[turn.holder_id] = turn.holder
                away = any(each.person == turn.holder_id and each.away for each in found) or _is_away(
                    turn.holder, at
                )
                found.append(
                    Holding(
                        person=turn.holder_id,
                        post=Post(turn.post),
                        active=turn.holder.is_active,
                        away=away,
                        on_call=True,
                        signs_in=turn.holder.has_usable_password(),
                    )
                )
        return found

    def _read(self, code: str) -> None:
        ensure_all([code])
        rows = Held.objects.filter(agency=code).select_related("holder__agency")
        absences: dict[int, list[Absence]] = {}
        for absence in Absence.objects.filter(professional__in=rows.values("holder")):
            absences.setdefault(absence.professional_id, []).append(absence)
        self._held[code] = [(each, absences.get(each.holder_id, [])) for each in rows.order_by("order")]
        self._turns[code] = list(OnCall.objects.filter(agency=code).select_related("holder__agency"))


def holder(agency: str, post: Post, at: datetime) -> Professional:
    """The same, for whoever asks once."""
    return Board().holder(agency, post, at)


def of_rung(owing: str, rung: Rung, at: datetime, find: Finder | None = None) -> Professional:
    """Who owes on a rung what an agency owes: somebody there, or at the partnership on a rung of the partnership's."""
    first, then = (PARTNERSHIP, owing) if rung.at_partnership else (owing, PARTNERSHIP)
    return (find or Board().holder)(first, rung.post, at, then)


def may_answer(person: Professional, duty: Duty, rung: Rung) -> bool:
    """Whoever owes it, and whoever holds the post of its rung or a higher one at the agency that owes it; on a rung of
    the partnership's also there."""
    bodies = [duty.owing_agency_id] + ([PARTNERSHIP] if rung.at_partnership else [])
    return person.pk == duty.owner_id or any(
        holds_or_stands_above(person, each, rung.post) for each in bodies
    )


def away(at: datetime) -> QuerySet[Absence]:
    """The absences of an instant."""
    return Absence.objects.filter(Q(until=None) | Q(until__gt=at), since__lte=at)


def holds_or_stands_above(person: Professional, agency: str, post: Post) -> bool:
    """Whether somebody holds a post at an agency, or a higher one there."""
    return Held.objects.filter(agency=agency, holder=person, post__in=at_or_above(post)).exists()


def seen_by(
    rung: Rung, owing: str, raising: str | None, at: datetime, find: Finder | None = None
) -> list[Professional]:
    """Whoever sees a duty from a rung on, at both agencies and at the partnership; each once.

    Who opens many duties at once gives a `find` that remembers.
    """
    find = find or Board().holder
    agencies = dict.fromkeys(agency for agency in (owing, raising) if agency)
    people = [find(agency, post, at) for agency in agencies for post in rung.seen_by_both]
    people += [find(PARTNERSHIP, post, at) for post in rung.seen_by_partnership]
    return list({person.pk: person for person in people}.values())


def _is_away(person: Professional, at: datetime) -> bool:
    return away(at).filter(professional=person).exists()


def _covers(since: datetime, until: datetime | None, at: datetime) -> bool:
    return since <= at and (until is None or at < until)
