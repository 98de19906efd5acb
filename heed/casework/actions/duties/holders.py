"""Who owes an answer: a named person, found by post. There is always one."""

from collections.abc import Callable

from heed.casework.agencies import ensure_all
from heed.casework.models import Post as Held
from heed.casework.models import Professional
from heed.casework.policy.agencies import PARTNERSHIP
from heed.core.duty.ladder import Rung
from heed.core.duty.posts import WORDS, Post, at_or_above
from heed.core.records.explained import Explained

type Finder = Callable[[str, Post], Professional]


def holder(agency: str, post: Post) -> Professional:
    """Whoever holds a post at an agency: the active one of lowest order, else of the next post up, else at the
    partnership."""
    for code in (agency, PARTNERSHIP):
        ensure_all([code])
        found = _first_active(code, post)
        if found is not None:
            return found
    raise Explained(
        f"Nobody active holds {WORDS[post]} or a higher post at {agency} or at the partnership, so nobody would owe "
        "the answer. Make somebody active again, or give the post to somebody."
    )


def holds_or_stands_above(person: Professional, agency: str, post: Post) -> bool:
    """Whether somebody holds a post at an agency, or a higher one there."""
    return Held.objects.filter(agency=agency, holder=person, post__in=at_or_above(post)).exists()


def seen_by(rung: Rung, owing: str, raising: str | None, find: Finder = holder) -> list[Professional]:
    """Whoever sees a duty from a rung on, at both agencies and at the partnership; each once.

    Who opens many duties at once gives a `find` that remembers.
    """
    agencies = dict.fromkeys(agency for agency in (owing, raising) if agency)
    people = [find(agency, post) for agency in agencies for post in rung.seen_by_both]
    people += [find(PARTNERSHIP, post) for post in rung.seen_by_partnership]
    return list({person.pk: person for person in people}.values())


def _first_active(agency: str, post: Post) -> Professional | None:
    for level in at_or_above(post):
        held = Held.objects.filter(agency=agency, post=level, holder__is_active=True).order_by("order")
        first = held.select_related("holder__agency").first()
        if first is not None:
            return first.holder
    return None
