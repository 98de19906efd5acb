"""The sum and its reasons: one pair of profiles, weighed field by field.

The weight is absolute. It is never divided by the best candidate's, so a lone bad candidate stays bad.
"""

from dataclasses import dataclass
from math import log2

from heed.core.identity.comparisons import COMPARISONS, Comparison
from heed.core.identity.model import Model
from heed.core.identity.profile import Profile

START = "start"
HOUSEHOLD = "household"
WORTH_SAYING = 0.01
"""Bits from which a brother or a sister as the other explanation is put into words."""
HOUSEHOLD_SENTENCE = (
    "A brother, a sister or a twin would look like this too: what a household shares does not tell them apart, and"
    " given names and birth dates count by how often theirs agree so."
)


@dataclass(frozen=True, slots=True)
class Term:
    """One reason: which comparison, at which level, its weight in bits, and the sentence that says why."""

    name: str
    level: str
    weight: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the model says of a pair: the sum of the terms in bits, and the probability that it stands for."""

    weight: float
    probability: float
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """One comparison decided: the level that held and its weight in bits, without words yet."""

    comparison: Comparison
    level: str
    weight: float


def probability_of(weight: float) -> float:
    """The probability a weight in bits stands for: odds of 2 to the weight."""
    if weight > 1000:
        return 1.0
    odds: float = 2.0**weight
    return odds / (1 + odds)


def weigh(a: Profile, b: Profile, model: Model) -> tuple[Weighed, ...]:
    """Every comparison that both profiles have something to say to."""
    decided = ((comparison, comparison.decide(a, b)) for comparison in COMPARISONS)
    return tuple(
        Weighed(comparison, level, _weight(comparison, level, a, b, model))
        for comparison, level in decided
        if level is not None
    )


def total(weighed: tuple[Weighed, ...], model: Model) -> float:
    """The weight of the pair: the start, the terms, less what speaks for a brother or a sister as well."""
    return model.start + sum(one.weight for one in weighed) - _as_kin(weighed, model)


def score(a: Profile, b: Profile, model: Model) -> Judgement:
    """Judge one pair. Symmetric in weight and probability; the sentences name `a` first."""
    weighed = weigh(a, b, model)
    terms = [Term(START, model.version, model.start, _start_sentence(model))]
    terms += [Term(one.comparison.name, one.level, one.weight, _sentence(one, a, b)) for one in weighed]
    as_kin = _as_kin(weighed, model)
    if as_kin >= WORTH_SAYING:
        terms.append(Term(HOUSEHOLD, "counted_once", -as_kin, HOUSEHOLD_SENTENCE))
    weight = total(weighed, model)
    return Judgement(weight, probability_of(weight), tuple(terms))


def _weight(comparison: Comparison, level: str, a: Profile, b: Profile, model: Model) -> float:
    """log2(m / u); at the first level of a name, u is how common the name itself is."""
    weight = model.weight(comparison.name, level)
    rarity_of = comparison.frequency_of
    if rarity_of is None or level != comparison.levels[0].name:
        return weight
    chances = model.chances[comparison.name][level]
    common = max(model.frequency(comparison.name, rarity_of(one) or "") for one in (a, b))
    return weight + log2(chances.u) - log2(common)


def _as_kin(weighed: tuple[Weighed, ...], model: Model) -> float:
    """How far a brother or a sister, twins among them, explains the pair as well, in bits, never below 0.

    The odds are those against a stranger and against kin together: 1 / (1 / odds of strangers + 1 / odds of kin). Kin
    share what a household shares, so that it counts nothing between one child and two of them; given names and birth
    dates count by how often kin agree so. Everything else counts as it does between strangers, and falls out here.
    """
    excess = model.start - model.kin_start
    for one in weighed:
        if one.comparison.household:
            excess += max(0.0, one.weight)
        elif one.comparison.name in model.kin:
            excess += one.weight - model.kin_weight(one.comparison.name, one.level)
    return log2(1.0 + 2.0**excess)


def _sentence(one: Weighed, a: Profile, b: Profile) -> str:
    level = one.comparison.level(one.level)
    return level.sentence.format(left=one.comparison.shown(a), right=one.comparison.shown(b))


def _start_sentence(model: Model) -> str:
    return f"Before anything is compared: about 1 in {round(1 / model.prior):,} pairs are one person."
