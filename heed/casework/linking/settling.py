"""Which links between two people need nobody's word, because the rest of the links has settled them already."""

from collections.abc import Collection

from django.db.models import F, Q, QuerySet

from heed.casework.linking.gathering import parts
from heed.casework.models import Link
from heed.core.identity.clusters import settled


def settled_among(
    links: Collection[tuple[str, str, float]], by: QuerySet[Link] | None = None
) -> set[tuple[str, str]]:
    """Of links between two children, each (left, right, probability), the pairs that are settled as all stand now.

    `by`: the links that may settle them, for a viewer those of which they see both files. A pair that left somebody's
    queue because of files they may not see would hint that there are such files, and would ask nobody who knows the two.
    Of people of concern nothing is settled: see `of_concern`.
    """
    best: dict[str, float] = {}
    by = Link.objects.all() if by is None else by
    for part in parts({source for left, right, _ in links for source in (left, right)}):
        joined = by.filter(Q(left__in=part) | Q(right__in=part), left__person=F("right__person"))
        for left, right, probability in joined.values_list("left_id", "right_id", "probability"):
            best[left], best[right] = (
                max(best.get(left, 0.0), probability),
                max(best.get(right, 0.0), probability),
            )
    found = {
        (left, right)
        for left, right, probability in links
        if settled(probability, best.get(left, 0.0), best.get(right, 0.0))
    }
    return found - of_concern(found)


def of_concern(pairs: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of linked pairs whose reasons speak of people of concern: a mention that is joined to one mention may as well
    be another's, so that a stronger link elsewhere settles nothing."""
    found: set[tuple[str, str]] = set()
    for part in parts({left for left, _ in pairs}):
        rows = Link.objects.filter(left__in=part).filter(
            Q(terms__contains='["alias", ') | Q(terms__contains='["thing", ')
        )
        found.update(rows.values_list("left_id", "right_id"))
    return found.intersection(pairs)
