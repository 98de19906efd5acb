"""What people said of the pairs of a draw, one word a pair."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from heed.casework.models import ClericalSample, Judged, SampledPair
from heed.core.identity.sampling import BANDS, Told


class Word(StrEnum):
    """What can be said of a sampled pair."""

    SAME = "same"
    DIFFERENT = "different"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Design:
    """How a sample was drawn: pairs of each band in all, by agency, and drawn."""

    pairs: Mapping[str, int]
    agencies: Mapping[str, Mapping[str, int]]
    drawn: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Answered:
    """A sampled pair with the one word that counts for it, and when it was last judged. `terms`: name to bits."""

    band: str
    left: str
    right: str
    word: Word
    at: datetime
    terms: Mapping[str, float] = field(default_factory=dict)

    @property
    def agencies(self) -> frozenset[str]:
        """The agencies whose files these two are."""
        return frozenset(key.partition(" ")[0] for key in (self.left, self.right))


def design_of(sample: ClericalSample) -> Design:
    """The design as it was kept."""
    told = json.loads(sample.design)
    return Design(told["pairs"], told["agencies"], told["drawn"])


def answered(sample: ClericalSample) -> list[Answered]:
    """Every pair of a sample of which somebody said something, in the order of the last word.

    Each person's newest word counts; where two people differ nobody can tell.
    """
    said: dict[int, dict[int, Word]] = {}
    last: dict[int, datetime] = {}
    rows = Judged.objects.filter(pair__sample=sample).order_by("pk")
    for pair, by, word, at in rows.values_list("pair_id", "by_id", "word", "at"):
        said.setdefault(pair, {})[by] = Word(word)
        last.pop(pair, None)
        last[pair] = at
    pairs = {row.pk: row for row in SampledPair.objects.filter(sample=sample, pk__in=list(said))}
    return [_answered(pairs[key], set(said[key].values()), at) for key, at in last.items()]


def first_said(sample: ClericalSample) -> list[Answered]:
    """Every pair with the first clear word ever said of it, in the order of those words. What is said of a pair again
    changes nothing here: by saying it, and looking before and after, somebody could learn what is recorded of few."""
    clear = Judged.objects.filter(pair__sample=sample).exclude(word=Word.CANNOT_TELL).order_by("pk")
    first: dict[int, tuple[Word, datetime]] = {}
    for pair, word, at in clear.values_list("pair_id", "word", "at"):
        first.setdefault(pair, (Word(word), at))
    pairs = {row.pk: row for row in SampledPair.objects.filter(sample=sample, pk__in=list(first))}
    return [_answered(pairs[key], {word}, at) for key, (word, at) in first.items()]


def told(design: Design, found: Iterable[Answered], agency: str = "") -> list[Told]:
    """The words by band, as the estimates take them; of one agency's pairs only where one is named."""
    counts: dict[str, dict[Word, int]] = {band: dict.fromkeys(Word, 0) for band in BANDS}
    for each in found:
        if not agency or agency in each.agencies:
            counts[each.band][each.word] += 1
    sizes = {band: design.agencies.get(band, {}).get(agency, 0) for band in BANDS} if agency else design.pairs
    return [
        Told(band, sizes.get(band, 0), said[Word.SAME], said[Word.DIFFERENT], said[Word.CANNOT_TELL])
        for band, said in counts.items()
    ]


def _answered(row: SampledPair, words: set[Word], at: datetime) -> Answered:
    word = words.pop() if len(words) == 1 else Word.CANNOT_TELL
    terms = {name: bits for name, _, bits in json.loads(row.terms or "[]")}
    return Answered(row.band, row.left, row.right, word, at, terms)
