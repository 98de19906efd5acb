"""Finding phrases of a word list in a text: whole words, any case, the longest first, never in quoted speech.

A phrase is words in order: `put|puts|putting herself|himself at risk`. `|` stands between forms of one word, brackets
around a word that may be missing. Between two words of a phrase stand spaces, one line end or a hyphen, nothing else.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product

from heed.core.language.quotes import quoted
from heed.core.language.spans import inside, longest_apart

WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+(?:['’](?:[^\W_][\u0300-\u036f]*)+)*")
BETWEEN = re.compile(r"[^\S\n]*\n?[^\S\n]*|[^\S\n]?[-‐‑][^\S\n]?")
SLOT = re.compile(r"\(([^()]+)\)|([^\s()]+)")
JOINED = frozenset("-‐‑_@#/\\.’'")
"""What joins a word to its neighbour: a handle, an address, a compound."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of a pair, and what may stand in its place: empty where only the writer can say it."""

    pattern: str
    instead: str


@dataclass(frozen=True, slots=True)
class Pair:
    """What to avoid, what to say, and why. `marks` name the guides it comes from."""

    id: str
    phrases: tuple[Phrase, ...]
    advice: str
    why: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: characters `start` to `end` of the text, its pair, and what may stand there instead."""

    start: int
    end: int
    words: str
    pair: str
    instead: str


@dataclass(frozen=True)
class WordList:
    """The pairs of one language, ready to look with."""

    language: str
    pairs: Mapping[str, Pair]

    @cached_property
    def by_first_word(self) -> Mapping[str, tuple[tuple[tuple[str, ...], str, str], ...]]:
        """Every way to write every phrase, under its first word, the longest first."""
        found: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        for pair in self.pairs.values():
            for phrase in pair.phrases:
                for words in spellings(phrase.pattern):
                    found.setdefault(words[0], []).append((words, pair.id, phrase.instead))
        return {first: tuple(sorted(each, key=lambda way: -len(way[0]))) for first, each in found.items()}


def spellings(pattern: str) -> Iterable[tuple[str, ...]]:
    """Every way to write a phrase, as tuples of folded words. Raises ValueError for one without a word."""
    slots: list[list[tuple[str, ...]]] = []
    for optional, needed in SLOT.findall(pattern):
        ways = [
            tuple(folded(match[0]) for match in WORD.finditer(form))
            for form in (optional or needed).split("|")
        ]
        slots.append([*ways, ()] if optional else ways)
    found = [tuple(word for part in way for word in part) for way in product(*slots)]
    if not found or not all(found):
        raise ValueError(f"a phrase without a word: {pattern!r}")
    return found


def folded(word: str) -> str:
    """A word for comparing: any case, one kind of apostrophe. Accents stay: they make another word in Welsh."""
    return word.casefold().replace("’", "'")


def hits(text: str, words: WordList) -> tuple[Hit, ...]:
    """Every phrase of the list in a text, in order, none overlapping. Never raises; offsets are characters."""
    tokens = [(match.start(), match.end(), folded(match[0])) for match in WORD.finditer(text)]
    spans = quoted(text)
    found = [
        hit
        for place in range(len(tokens))
        for hit in _from(text, tokens, place, words)
        if not inside(spans, hit.start, hit.end)
    ]
    return longest_apart(found, lambda hit: (hit.start, hit.end))


def _from(text: str, tokens: list[tuple[int, int, str]], place: int, words: WordList) -> Iterable[Hit]:
    """The phrases that begin with this word, at most one of each length."""
    for way, pair, instead in words.by_first_word.get(tokens[place][2], ()):
        run = tokens[place : place + len(way)]
        if tuple(word for _, _, word in run) != way or not _together(text, run):
            continue
        start, end = run[0][0], run[-1][1]
        if _stands_alone(text, start, end):
            yield Hit(start, end, text[start:end], pair, _capital(instead, text[start : start + 2]))


def _together(text: str, run: list[tuple[int, int, str]]) -> bool:
    gaps = (text[left[1] : right[0]] for left, right in pairwise(run))
    return all(BETWEEN.fullmatch(gap) for gap in gaps)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Not a piece of something longer: multi-unit, @naughty, naughty.boy, naughty_1."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    behind = text[end + 1] if end + 1 < len(text) else " "
    ends_here = after not in JOINED or (after in ".’'" and not behind.isalnum())
    starts_here = before not in JOINED or (before in "/.’'" and (start < 2 or not text[start - 2].isalnum()))
    return starts_here and ends_here


def _capital(instead: str, first: str) -> str:
    """As the phrase began: 'Absconded' becomes 'Went missing'; an abbreviation says nothing of capitals."""
    begins = first[:1].isupper() and not first[1:].isupper()
    return instead[:1].upper() + instead[1:] if begins else instead
