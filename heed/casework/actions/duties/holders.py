"""Who owes an answer: a named person, found by post at an instant. There is always one."""

from bisect import bisect_right
from collections.abc import Collection, Iterable
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
    """Who holds which post, who is away and who is on call, asked once for each agency: for whoever finds many.

    Between two instants at which somebody goes, comes back or hands over a turn the answer is the same one, so it is
    worked out once for each such stretch of time.
    """

    def __init__(self, without: Collection[int] = ()) -> None:
        """`without`: professionals who are asked for nothing."""
        self._without = frozenset(without)
        self._staff: dict[str, Staff] = {}
        self._found: dict[tuple[object, ...], Professional] = {}

    def holder(self, agency: str, post: Post, at: datetime, then: str = PARTNERSHIP) -> Professional:
        """Whoever is asked for a post of an agency at an instant, or stands in at the body `then`. Raises Explained where
        nobody active is left."""
        ours, theirs = self._of(agency), self._of(then)
        place = (agency, ours.stretch(at), post, then, theirs.stretch(at))
        if place not in self._found:
            self._found[place] = self._asked(agency, post, then, at)
        return self._found[place]

    def forget(self) -> None:
        """Read anew: what was read, or made, in a transaction that failed may not be there."""
        self._staff.clear()
        self._found.clear()

    def _asked(self, agency: str, post: Post, then: str, at: datetime) -> Professional:
        ours, theirs = self._of(agency), self._of(then)
        found = asked(post, self._free(ours.holdings(at)), self._free(theirs.holdings(at)))
        if found is None:
            raise Explained(
                f"Nobody active holds {WORDS[post]} or another post at {agency} or at {then}, so nobody would "
                "owe the answer. Make somebody active again, or give the post to somebody."
            )
        return ours.people.get(found.person) or theirs.people[found.person]

    def _free(self, holdings: Iterable[Holding]) -> list[Holding]:
        return [each for each in holdings if each.person not in self._without]

    def _of(self, code: str) -> "Staff":
        if code not in self._staff:
            self._staff[code] = Staff(code)
        return self._staff[code]


class Staff:
    """Who holds a post or takes a turn at one agency, and when they are away, as it stands in the tables."""

    def __init__(self, code: str) -> None:
        ensure_all([code])
        rows = Held.objects.filter(agency=code).select_related("holder__agency")
        self._held = list(rows.order_by("order"))
        self._turns = list(OnCall.objects.filter(agency=code).select_related("holder__agency"))
        everybody: list[Held | OnCall] = [*self._held, *self._turns]
        self.people: dict[int, Professional] = {each.holder_id: each.holder for each in everybody}
        self._absences: dict[int, list[Absence]] = {}
        for absence in Absence.objects.filter(professional__in=list(self.people)):
            self._absences.setdefault(absence.professional_id, []).append(absence)
        spans: list[OnCall | Absence] = [
            *self._turns,
            *(each for some in self._absences.values() for each in some),
        ]
        self._changes = sorted({at for each in spans for at in (each.since, each.until) if at is not None})

    def stretch(self, at: datetime) -> int:
        """Which of the stretches between two changes an instant lies in."""
        return bisect_right(self._changes, at)

    def holdings(self, at: datetime) -> list[Holding]:
        """Everybody who holds a post or takes a turn at an instant."""
        found = [
            self._holding(each, at, order=each.order, placeholder=each.order >= PLACEHOLDER_ORDER)
            for each in self._held
        ]
        turns = [each for each in self._turns if _covers(each.since, each.until, at)]
        return found + [self._holding(each, at, on_call=True) for each in turns]

    def _holding(
        self,
        each: Held | OnCall,
        at: datetime,
        *,
        order: int = 0,
        on_call: bool = False,
        placeholder: bool = False,
    ) -> Holding:
        absences = self._absences.get(each.holder_id, ())
        return Holding(
            person=each.holder_id,
            post=Post(each.post),
            order=order,
            active=each.holder.is_active,
            away=any(_covers(absence.since, absence.until, at) for absence in absences),
            on_call=on_call,
            placeholder=placeholder,
            signs_in=each.holder.has_usable_password(),
        )


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


def _covers(since: datetime, until: datetime | None, at: datetime) -> bool:
    return since <= at and (until is None or at < until)
