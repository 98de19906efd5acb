"""A prompt in words: what was written, what may stand there, and why. It suggests; the writer decides."""

from collections.abc import Iterable
from dataclasses import dataclass

from heed.casework.policy.wording import Wording
from heed.core.language.phrases import Hit
from heed.web.presenters.wording import around


@dataclass(frozen=True, slots=True)
class Prompt:
    """One phrase in its words. `mark` is what a button sends; `reasons` those for keeping one's own words."""

    mark: str
    pair: str
    start: int
    end: int
    before: str
    words: str
    after: str
    instead: str
    advice: str
    why: str
    reasons: tuple[tuple[str, str], ...]


def prompts(text: str, found: Iterable[tuple[Hit, Wording]]) -> list[Prompt]:
    """The prompts of one text."""
    return [_prompt(text, hit, each) for hit, each in found]


def _prompt(text: str, hit: Hit, wording: Wording) -> Prompt:
    pair = wording.words.pairs[hit.pair]
    before, after = around(text, hit.start, hit.end)
    return Prompt(
        mark=f"{hit.start}:{hit.pair}",
        pair=hit.pair,
        start=hit.start,
        end=hit.end,
        before=before,
        words=hit.words,
        after=after,
        instead=hit.instead,
        advice=pair.advice,
        why=pair.why,
        reasons=tuple(wording.reasons.items()),
    )
