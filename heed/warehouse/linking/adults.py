"""How well people of concern are linked where the truth is known, by kind of evidence: joined, shown to a person.

An adult of whom nothing is known but a nickname is in no truth: whoever is joined with such a one is counted as joined
wrongly, and two of them as joined without anybody's knowing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from heed.core.identity.judgement import weigh
from heed.core.identity.model import Model
from heed.core.identity.profile import Profile

NAMES = {"same": "one nickname", "spelt": "one nickname in two spellings", "different": "other nicknames"}
THINGS = {
    "vehicle": "one vehicle",
    "phone": "one telephone",
    "beside": "one and the same child",
    "handed_on": "one vehicle or telephone, years apart",
    "two_things": "two of place, part of a plate, feature",
    "place": "one place",
    "plate": "a part of a plate",
    "feature": "one feature",
    "name": "nothing else",
    "untold": "nothing else, in one agency or years apart",
    "none": "other vehicles, telephones, places",
}
JOINED, SHOWN, NEITHER, WRONG, UNKNOWN = "joined", "shown", "neither", "wrong", "unknown"


@dataclass(frozen=True, slots=True)
class OfConcern:
    """The figures: mentions and adults of known truth; pairs of one adult joined, shown and neither, pairs joined
    wrongly, and pairs joined of whom nothing is known, in all and by what the two have in common."""

    mentions: int
    adults: int
    evidence: Mapping[str, Mapping[str, int]]

    def total(self, what: str) -> int:
        """Pairs of one sort over all kinds of evidence."""
        return sum(each.get(what, 0) for each in self.evidence.values())

    @property
    def precision(self) -> float:
        """Of pairs joined of which the truth is known, the share that is one adult."""
        joined = self.total(JOINED) + self.total(WRONG)
        return self.total(JOINED) / joined if joined else 1.0

    @property
    def recall(self) -> float:
        """Of pairs that are one adult, the share that is joined."""
        return self._share(self.total(JOINED))

    @property
    def with_queue(self) -> float:
        """The same with those that a person is shown."""
        return self._share(self.total(JOINED) + self.total(SHOWN))

    def _share(self, pairs: int) -> float:
        every = sum(self.total(what) for what in (JOINED, SHOWN, NEITHER))
        return pairs / every if every else 1.0

    def lines(self) -> Iterator[str]:
        """The figures for a reader."""
        yield (
            f"  people of concern: {self.mentions:,} mentions of {self.adults:,} adults: pairwise precision"
            f" {self.precision:.4f}, recall {self.recall:.4f}, {self.with_queue:.4f} with what a person is shown"
        )
        for kind, each in sorted(self.evidence.items(), key=lambda one: -sum(one[1].values())):
            told = ", ".join(f"{each[what]:,} {words}" for what, words in SORTS.items() if each.get(what))
            yield f"    {kind}: {told}"


SORTS = {
    JOINED: "joined",
    SHOWN: "shown",
    NEITHER: "neither",
    WRONG: "joined wrongly",
    UNKNOWN: "joined, nobody knows",
}


def of_concern(
    profiles: Mapping[str, Profile],
    truth: Mapping[str, str],
    people: Mapping[str, str],
    shown: Iterable[tuple[str, str]],
    model: Model,
) -> OfConcern | None:
    """Hold the people found against the truth of adults (source to adult); None where no adult's truth is known.

    `shown` are the pairs that a person is shown, each sorted.
    """
    known = {source: adult for source, adult in truth.items() if source in profiles}
    if not known:
        return None
    evidence: dict[str, Counter[str]] = defaultdict(Counter)
    looked_at = set(shown)
    for left, right in _within(known):
        what = JOINED if people[left] == people[right] else SHOWN if (left, right) in looked_at else NEITHER
        evidence[kind_of(profiles[left], profiles[right], model)][what] += 1
    adults = {source: people[source] for source, one in profiles.items() if not one.child and one.aliases}
    for left, right in _within(adults):
        if known.get(left) != known.get(right) or left not in known:
            what = WRONG if left in known or right in known else UNKNOWN
            evidence[kind_of(profiles[left], profiles[right], model)][what] += 1
    return OfConcern(
        len(known), len(set(known.values())), {kind: dict(each) for kind, each in evidence.items()}
    )


def kind_of(left: Profile, right: Profile, model: Model) -> str:
    """What two people of concern have in common, in words."""
    levels = {one.comparison.name: one.level for one in weigh(left, right, model)}
    return in_words(levels)


def in_words(levels: Mapping[str, str]) -> str:
    """The same of the levels of their comparisons."""
    name = NAMES.get(levels.get("alias", ""), "no nickname to compare")
    low = {"doubted": ", graded low", "young": ", a child by the birth date"}.get(
        levels.get("doubted", ""), ""
    )
    return f"{name}, {THINGS.get(levels.get('thing', ''), 'nothing else')}{low}"


def _within(groups: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs of one group, each sorted."""
    members: dict[str, list[str]] = defaultdict(list)
    for source in sorted(groups):
        members[groups[source]].append(source)
    for sources in members.values():
        yield from combinations(sources, 2)
