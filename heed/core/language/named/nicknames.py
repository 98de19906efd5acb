"""Nicknames of adults in free text: a name in capitals just behind a cue. Whether an adult is meant, a person says."""

import re
from collections.abc import Iterator

from heed.core.language.named.found import Named, named

CUE = (
    r"(?:known(?:[^\S\n]only)?[^\S\n](?:to[^\S\n]\w+[^\S\n])?(?:as|by)|a\.?k\.?a\.?|street[^\S\n]name(?:[^\S\n](?:is|of|was))?|"
    r"nick-?name(?:d|[^\S\n]is|[^\S\n]was|[^\S\n]of)?|calls?[^\S\n](?:himself|herself|themselves|themself|him|her)|"
    r"called[^\S\n](?:himself|herself|themselves)|go(?:es|ing)?[^\S\n]by(?:[^\S\n]the[^\S\n]name(?:[^\S\n]of)?)?|"
    r"answers[^\S\n]to|(?:adult|man|male|men|woman|female|bloke|lad|guy|driver|person|somebody|someone)"
    r"(?:[^\S\n](?:she|he|they)[^\S\n]knows?[^\S\n]as|[^\S\n](?:called|named)))"
)
NAME = r"[A-Z][A-Za-z'’-]{0,19}"
CALLED = re.compile(rf"\b(?i:{CUE})[:,]?[^\S\n]+[\"'“‘]?({NAME}(?:[^\S\n]{NAME})?)(?![\w@])")
NOBODY = frozenset({
    "The", "A", "An", "I", "He", "She", "They", "It", "Mr", "Mrs", "Ms", "Miss", "Dr", "Who", "What", "Which",
})  # fmt: skip


def called(text: str) -> Iterator[Named]:
    """`a man known as Taz`, `calls himself "Unc"`, `street name Razor`."""
    for match in CALLED.finditer(text):
        if match[1].split()[0] not in NOBODY:
            yield named(text, match.span(1), "nickname", "called")
