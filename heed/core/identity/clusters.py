"""Who is one person in the end: a pure function of the sources, the links and the verdicts.

Strongest first: what people judged the same, newest word first, then the model's links by weight. A merge
that would put two sources judged different into one cluster is refused, also when it comes about through
others. The model's links also stop where two clusters carry different numbers of one scheme that pass their
check, or other marks that cannot be one person's (see `carried`): a chain of small agreements does not make one
child of two NHS numbers, nor of two birth dates. Where one number stands in three linked files of three birth dates, no
link joins two of them (`births`). A link that fits two people about as well joins neither. (On an
unseen fictional county numbers took pairwise precision from 0.956 to 0.995, and the others to 0.999, at the same
recall.) The order of arrival changes nothing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from heed.core.identity.births import three_births
from heed.core.identity.carried import KEEPS, Schemes, by_scheme, contradicting, judged_by_pairs, together
from heed.core.identity.judgement import probability_of
from heed.core.identity.verdicts import Said, Word, pair, standing
from heed.core.records.sources import person_id

NO_NUMBERS: Mapping[str, Collection[str]] = {}
NO_MARKS: Mapping[str, Schemes] = {}


@dataclass(frozen=True, slots=True)
class Edge:
    """A pair of sources the model joins, with its weight in bits."""

    left: str
    right: str
    weight: float


@dataclass(frozen=True, slots=True)
class Refused:
    """A join that did not come about: by a link or a person's `same`, and what stood in its way.

    `why` is `word` (somebody judged different, of these two or of others of their people), `numbers` (what the two
    people carry cannot be one person's: numbers, birth dates, childhoods, two files of one agency), or `fits_two` (the
    link fits another person about as well, and the two cannot be one).
    """

    left: str
    right: str
    why: str


@dataclass(frozen=True, slots=True)
class Grouping:
    """The clusters, each sorted, and every pair that was to be joined and stands apart in the end, for the queue."""

    groups: list[list[str]]
    refused: tuple[Refused, ...]


WORD, MARKS, FITS = "word", "numbers", "fits_two"
"""Why a join was refused: somebody judged different; marks forbid it; it fits two people about as well."""
SURE = 10.0
"""Bits from which a link is never held back for want of a clear lead: odds of a thousand to one."""
WEIGHED = 3.17
"""Bits from which a link overrules marks that both its sources carry themselves, since the pair was weighed with them:
odds of nine to one."""
AGAIN = 4.0
"""Bits from which a link may bring two files of one agency together: odds of sixteen to one. Agencies do open a second
file for a child, but two files of one name and little more are as often namesakes."""
LEAD = 2.0
"""Bits by which the better of two people must lead where a source fits both and they cannot be one person."""


class Forest:
    """Union-find over source keys that knows which clusters must stay apart."""

    def __init__(
        self,
        sources: Iterable[str],
        apart: Iterable[tuple[str, str]],
        marks: Mapping[str, Schemes] = NO_MARKS,
    ) -> None:
        self._parent = {source: source for source in sources}
        self._members = {source: [source] for source in self._parent}
        self._own = {source: marks.get(source, {}) for source in self._parent}
        self._marks = dict(self._own)
        self._apart: dict[str, set[str]] = {}
        for left, right in apart:
            self._apart.setdefault(left, set()).add(right)
            self._apart.setdefault(right, set()).add(left)

    def find(self, source: str) -> str:
        """The cluster of a source, named by one of its members."""
        while self._parent[source] != source:
            self._parent[source] = self._parent[self._parent[source]]
            source = self._parent[source]
        return source

    def join(self, left: str, right: str) -> bool:
        """Join two clusters; False when they were judged different and stay apart."""
        a, b = self.find(left), self.find(right)
        if a == b:
            return True
        if len(self._members[a]) < len(self._members[b]):
            a, b = b, a
        if any(self.find(enemy) == a for one in self._members[b] for enemy in self._apart.get(one, ())):
            return False
        self._parent[b] = a
        self._members[a] += self._members.pop(b)
        self._marks[a] = together(self._marks[a], self._marks.pop(b))
        return True

    def numbers_agree(self, left: str, right: str, weight: float) -> bool:
        """Whether no scheme has marks on both sides without one in common. A link beyond doubt whose two sources carry
        such marks themselves has been weighed with them, and overrides them."""
        apart = contradicting(self._marks[self.find(left)], self._marks[self.find(right)])
        if weight >= AGAIN:
            apart = {scheme for scheme in apart if not scheme.startswith(KEEPS)}
        if apart and weight < WEIGHED:
            return False
        weighed = self._own[left].keys() & self._own[right].keys()
        return all(scheme in weighed and judged_by_pairs(scheme) for scheme in apart)

    def contradict(self, one: str, other: str) -> bool:
        """Whether the clusters of two sources are two people by their marks alone."""
        return bool(contradicting(self._marks[self.find(one)], self._marks[self.find(other)]))

    def fits_another(self, source: str, other: str, near: Mapping[str, Sequence[Edge]], least: float) -> bool:
        """Whether the cluster of `source` has a link of at least that weight to somebody who cannot be `other`."""
        mine, theirs = self.find(source), self.find(other)
        for member in self._members[mine]:
            for edge in near.get(member, ()):
                end = self.find(edge.right if edge.left == member else edge.left)
                if edge.weight >= least and end not in (mine, theirs) and self.contradict(end, theirs):
                    return True
        return False

    def clusters(self) -> list[list[str]]:
        """The members of every cluster, sorted."""
        return [sorted(members) for members in self._members.values()]


def clusters(
    sources: Iterable[str],
    edges: Iterable[Edge],
    verdicts: Iterable[Said],
    numbers: Mapping[str, Collection[str]] = NO_NUMBERS,
) -> list[list[str]]:
    """The clusters, each sorted. Edges and verdicts on sources that are not given are passed over.

    `verdicts` are those in force. `numbers` holds the checked numbers of a source, each as `scheme:value`; a person's
    word overrides them.
    """
    return grouping(sources, edges, verdicts, numbers).groups


def grouping(
    sources: Iterable[str],
    edges: Iterable[Edge],
    verdicts: Iterable[Said],
    numbers: Mapping[str, Collection[str]] = NO_NUMBERS,
) -> Grouping:
    """The same with what was refused: whoever reads the queue finds there every join that a word or numbers undid."""
    known = set(sources)
    said = [one for one in standing(verdicts) if one.left in known and one.right in known]
    different = [(one.left, one.right) for one in said if one.word is Word.DIFFERENT]
    marks = {source: by_scheme(numbers.get(source, ())) for source in known}
    forest = Forest(sorted(known), different, marks)
    refused: dict[tuple[str, str], str] = {}
    for one in said:
        if one.word is Word.SAME and not forest.join(one.left, one.right):
            refused[pair(one.left, one.right)] = WORD
    # Weights are rounded for the order alone, so that two ways of adding the same terms sort alike.
    ordered = sorted(
        (edge for edge in edges if edge.left in known and edge.right in known),
        key=lambda edge: (-round(edge.weight, 6), edge.left, edge.right),
    )
    near, three = _by_source(ordered), three_births(ordered, marks)
    for edge in ordered:
        if why := MARKS if pair(edge.left, edge.right) in three else _against(forest, edge, near):
            refused.setdefault(pair(edge.left, edge.right), why)
        elif not forest.join(edge.left, edge.right):
            refused[pair(edge.left, edge.right)] = WORD
    apart = {two: why for two, why in refused.items() if forest.find(two[0]) != forest.find(two[1])}
    return Grouping(forest.clusters(), tuple(Refused(*two, why) for two, why in sorted(apart.items())))


def _by_source(edges: Iterable[Edge]) -> dict[str, list[Edge]]:
    """The links of each source that are not beyond doubt."""
    near: dict[str, list[Edge]] = {}
    for edge in edges:
        if edge.weight < SURE:
            near.setdefault(edge.left, []).append(edge)
            near.setdefault(edge.right, []).append(edge)
    return near


def _against(forest: Forest, edge: Edge, near: Mapping[str, Sequence[Edge]]) -> str | None:
    """What stands in the way of a link: marks of the two clusters, or another person it fits as well."""
    if forest.find(edge.left) == forest.find(edge.right):
        return None
    if not forest.numbers_agree(edge.left, edge.right, edge.weight):
        return MARKS
    if edge.weight >= SURE:
        return None
    least = round(edge.weight - LEAD, 6)
    for one, other in ((edge.left, edge.right), (edge.right, edge.left)):
        if forest.fits_another(one, other, near, least):
            return FITS
    return None


def settled(probability: float, best_of_left: float, best_of_right: float) -> bool:
    """Whether a link between two people, short of beyond doubt, needs nobody's word: each of its sources has a stronger
    one within its own person (0 for none). Of some 520 such pairs on the fictional county two were one child.
    """
    return min(best_of_left, best_of_right) > probability and probability < probability_of(SURE)


def person_ids(groups: Sequence[Sequence[str]], first_seen: Mapping[str, tuple[int, int]]) -> dict[str, str]:
    """Source to person: each cluster is named by its oldest source, so that names stay as clusters grow.

    `first_seen` is (record row, position) of the first mention of a source; one never mentioned counts last.
    """
    never = (1 << 62, 0)
    people = {}
    for members in groups:
        oldest = min(members, key=lambda source: (first_seen.get(source, never), source))
        people.update(dict.fromkeys(members, person_id(oldest)))
    return people
