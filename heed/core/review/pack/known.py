"""The words by which somebody or something is known, so that a text can be searched for all of them.

A word is compared without case, accents and invisible characters, so that "ZOË", "Zoe" and "Zoe's" are one name.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

TOKEN = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
SHORTEST = 2
"""Letters of a part of a name that is looked for by itself. An initial alone is a letter of the language."""

type Words = tuple[str, ...]
"""Folded words in a row."""


def clean(text: str) -> str:
    """A text without invisible characters, in which a name could hide, and with every letter written one way."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(
        each for each in plain if each in "\n\t" or unicodedata.category(each) not in ("Cf", "Cc", "Cs")
    )


def fold(word: str) -> str:
    """One word as it is compared."""
    bare = "".join(each for each in unicodedata.normalize("NFKD", word) if not unicodedata.combining(each))
    return bare.casefold().translate(_LETTERS)


_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})


def words_of(text: str) -> Words:
    """The folded words of a text."""
    return tuple(fold(match[0]) for match in TOKEN.finditer(clean(text)))


def figures(text: str) -> str:
    """The figures of a number, without the country: +44 7700 900371 and 07700 900371 are one."""
    bare = re.sub(r"\D", "", text.replace("(0)", ""))
    return re.sub(r"^(?:00)?44(?=\d{9,10}$)", "0", bare)


@dataclass(slots=True)
class Known:
    """What to look for, and what stands in its place: runs of words by their first word, and numbers by figures."""

    runs: dict[str, dict[Words, str]] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    initials: set[str] = field(default_factory=set)

    def name(self, names: Iterable[str], label: str) -> None:
        """Names of one person. A whole name, every part of it, and the parts written as one word."""
        whole = [words for words in map(words_of, names) if words]
        joined = tuple(word for words in whole for word in words)
        for words in (*whole, joined, joined[::-1]):
            self.run(words, label)
            if len(words) > 1:
                self.run(("".join(words),), label)
        for word in joined:
            if len(word) >= SHORTEST:
                self.run((word,), label)
        if len(joined) > 1:
            self.initials.add("".join(word[0] for word in joined))

    def phrase(self, text: str, label: str) -> None:
        """Words that stand together, as the name of a place."""
        self.run(words_of(text), label)

    def number(self, text: str, label: str) -> None:
        """A number or a plate, however it is written. Fewer than four signs say nothing."""
        bare = fold("".join(each for each in clean(text) if each.isalnum()))
        if len(bare) >= 4:
            self.numbers.setdefault(figures(bare) if bare.isdigit() else bare, label)

    def address(self, text: str, label: str) -> None:
        """An address: whole, each line of it, and each line without the number of the house."""
        self.phrase(text, label)
        for line in text.split(","):
            words = words_of(line)
            self.run(words, label)
            bare = words[1:] if words and words[0][:1].isdigit() else words
            if len("".join(bare)) > 3:
                self.run(bare, label)

    def run(self, words: Words, label: str) -> None:
        """Folded words in a row; whoever was known by them first keeps them."""
        if words and (len(words) > 1 or len(words[0]) >= SHORTEST):
            self.runs.setdefault(words[0], {}).setdefault(words, label)

    def all_words(self) -> Iterator[Words]:
        """Every run of words that is looked for."""
        for found in self.runs.values():
            yield from found
