"""What a writer did with the prompts, as it travels with the page: `absconded=accepted siblings=kept:quoted`."""

import re

from heed.casework.actions.writing import Choice
from heed.casework.policy.wording import Wording
from heed.core.language.phrases import Hit, hits

DONE = re.compile(r"([a-z0-9-]{1,40})=(accepted|rewritten|kept)(?::([a-z_]{1,20}))?")
MOST = 200


def prompts(text: str, done: str, wordings: tuple[Wording, ...]) -> list[tuple[Hit, Wording]]:
    """The phrases to ask about, in order: those of pairs the writer has not said they keep."""
    kept = {match[1] for match in DONE.finditer(done) if match[2] == "kept"}
    found = [(hit, each) for each in wordings for hit in hits(text, each.words) if hit.pair not in kept]
    return sorted(found, key=lambda pair: pair[0].start)


def choices(done: str, wordings: tuple[Wording, ...]) -> list[Choice]:
    """What became of the prompts, without anything policy does not know: a page can be sent by hand."""
    found = []
    for pair, choice, why in DONE.findall(done)[:MOST]:
        for each in wordings:
            if pair in each.words.pairs:
                reason = why if choice == "kept" and why in each.reasons else ""
                found.append(Choice(each.words.language, pair, choice, reason))
                break
    return found


def taken(text: str, mark: str, wordings: tuple[Wording, ...]) -> tuple[str, str]:
    """The text with one alternative put in, and what to note. `mark` is start:pair; unchanged when it is not there."""
    start, _, pair = mark.partition(":")
    for each in wordings:
        for hit in hits(text, each.words):
            if str(hit.start) == start and hit.pair == pair and hit.instead:
                return text[: hit.start] + hit.instead + text[hit.end :], f"{pair}=accepted"
    return text, ""
