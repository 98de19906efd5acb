"""Taking names out of words: what is known is replaced, what only looks like a name is left out and shown to a checker.

Source: ICO, "How to disclose information safely": text is removed, never covered. A name in small letters that no list
knows cannot be found by rule; that is why a person reads the pack before it leaves.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from heed.core.language.named import proposals
from heed.core.language.spans import longest_apart
from heed.core.review.pack.known import TOKEN, Known, clean, figures, fold
from heed.core.review.pack.ordinary import ORDINARY

LEFT_OUT = "[left out]"
CONTACT = re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.-]+|\bhttps?://\S+|\bwww\.\S+|(?<!\w)@\w[\w.]+")
NUMBER = re.compile(r"(?<![\w£])\+?\(?\d[\d ().-]{4,}\d(?!\w)")
DATE = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)
LEAST_FIGURES = 6
INSIDE = 4
"""Letters of a name that is looked for inside a longer word, as in a name for an account."""
AROUND = 40


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word that looks like a name and is known to nobody: left out unless the checker keeps it."""

    word: str
    around: str


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    label: str
    doubt: str = ""


@dataclass(slots=True)
class Redactor:
    """Replaces in texts. `keep` are folded words a checker found to be no names; `doubts` grows as texts are read."""

    known: Known
    keep: Collection[str] = frozenset()
    vocabulary: Collection[str] = frozenset()
    guess: bool = True
    """Whether what only looks like a name, a number or an address is left out too."""
    doubts: dict[str, Doubt] = field(default_factory=dict)

    def text(self, text: str | None) -> str:
        """The text with every known name, number and address replaced, and every doubt left out."""
        if not text:
            return ""
        bare = clean(text)
        found = [*self._certain(bare)]
        taken = longest_apart(found, lambda each: (each.start, each.end))
        if self.guess:
            free = [each for each in self._guessed(bare) if not _meets(each, taken)]
            taken = longest_apart([*taken, *free], lambda each: (each.start, each.end))
        out, reached = [], 0
        for each in taken:
            if each.doubt and each.doubt not in self.doubts:
                around = bare[max(0, each.start - AROUND) : each.end + AROUND]
                self.doubts[each.doubt] = Doubt(bare[each.start : each.end], " ".join(around.split()))
            out += [bare[reached : each.start], each.label]
            reached = each.end
        whole = "".join((*out, bare[reached:]))
        return re.sub(r"\[left out\](?:\s+\[left out\])+", LEFT_OUT, whole)

    def _certain(self, text: str) -> Iterator[_Span]:
        for match in CONTACT.finditer(text):
            yield _Span(match.start(), match.end(), LEFT_OUT)
        tokens = [(match.start(), match.end(), fold(match[0])) for match in TOKEN.finditer(text)]
        for place, (start, end, word) in enumerate(tokens):
            yield from self._run(text, tokens, place)
            yield from self._numbers(text, tokens, place)
            bare = word.strip("0123456789")
            if bare != word and (bare,) in self.known.runs.get(bare, {}):
                yield _Span(start, end, self.known.runs[bare][bare,])

    def _run(self, text: str, tokens: list[tuple[int, int, str]], place: int) -> Iterator[_Span]:
        for words, label in self.known.runs.get(tokens[place][2], {}).items():
            those = tokens[place : place + len(words)]
            if tuple(word for _, _, word in those) == words and _together(text, those):
                yield _Span(those[0][0], those[-1][1], label)

    def _numbers(self, text: str, tokens: list[tuple[int, int, str]], place: int) -> Iterator[_Span]:
        """A number or a plate, in however many pieces it is written."""
        bare = ""
        for last in range(place, min(place + 6, len(tokens))):
            if not _together(text, tokens[place : last + 1]):
                return
            bare += tokens[last][2]
            key = figures(bare) if bare.isdigit() else bare
            if (label := self.known.numbers.get(key)) is not None:
                start = tokens[place][0]
                yield _Span(start - (text[start - 1 : start] == "+"), tokens[last][1], label)

    def _guessed(self, text: str) -> Iterator[_Span]:
        for match in NUMBER.finditer(text):
            if len(figures(match[0])) >= LEAST_FIGURES and not DATE.match(match[0].strip()):
                yield _Span(match.start(), match.end(), "[number left out]")
        for match in POSTCODE.finditer(text):
            yield _Span(match.start(), match.end(), "[address left out]")
        for each in proposals(text):
            if each.rule != "above":
                yield _Span(each.start, each.end, f"[{each.kind} left out]")
        for match in TOKEN.finditer(text):
            word = fold(match[0])
            if word not in self.keep and self._doubtful(text, match.start(), match[0], word):
                yield _Span(match.start(), match.end(), LEFT_OUT, word)

    def _doubtful(self, text: str, start: int, written: str, word: str) -> bool:
        if written.isupper() and word in self.known.initials:
            return True
        if any(len(name) >= INSIDE and name in word and name != word for name in self._single()):
            return word not in ORDINARY
        if not written[0].isupper() or word in ORDINARY or len(word) < 2:
            return False
        return not (_begins(text, start) and word in self.vocabulary)

    def _single(self) -> Iterator[str]:
        return (words[0] for words in self.known.all_words() if len(words) == 1)


def surviving(texts: Collection[str], known: Known, spare: Collection[str]) -> list[str]:
    """Names and numbers that are still there, other than `spare` (folded). Nothing may be."""
    look = Redactor(known, guess=False)
    found = []
    for text in texts:
        bare = clean(text)
        for each in look._certain(bare):
            said = bare[each.start : each.end]
            if not all(fold(match[0]) in spare for match in TOKEN.finditer(said)):
                found.append(said)
    return found


def _together(text: str, tokens: list[tuple[int, int, str]]) -> bool:
    """Whether nothing but a little stands between the words."""
    return all(
        later[0] - before[1] <= 3
        and not any(
            each in ".;:!?\n" and later[0] - before[1] > 1 and each != "."
            for each in text[before[1] : later[0]]
        )
        for before, later in pairwise(tokens)
    )


def _meets(span: _Span, others: Collection[_Span]) -> bool:
    return any(span.start < each.end and each.start < span.end for each in others)


def _begins(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t\"'“‘(-")
    return not before or before[-1] in ".!?:\n•"
