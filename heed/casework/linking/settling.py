"""Which links between two people need nobody's word, because the rest of the links has settled them already."""

from collections.abc import Collection

from django.db.models import F, Q

from heed.casework.linking.gathering import parts
from heed.casework.models import Link
from heed.core.identity.clusters import settled


def settled_among(links: Collection[tuple[str, str, float]]) -> set[tuple[str, str]]:
    """Of links between two people, each (left, right, probability), the pairs that are settled as all stand now."""
    best: dict[str, float] = {}
    for part in parts({source for left, right, _ in links for source in (left, right)}):
        joined = Link.objects.filter(Q(left__in=part) | Q(right__in=part), left__person=F("right__person"))
        for left, right, probability in joined.values_list("left_id", "right_id", "probability"):
            best[left], best[right] = (
                max(best.get(left, 0.0), probability),
                max(best.get(right, 0.0), probability),
            )
    return {
        (left, right)
        for left, right, probability in links
        if settled(probability, best.get(left, 0.0), best.get(right, 0.0))
    }
