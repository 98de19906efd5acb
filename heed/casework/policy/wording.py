"""policy/wording.yaml (and wording.cy.yaml, where a partnership has one): words to question, and what to say instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from heed.casework.policy.page import Page, has_page, open_page
from heed.core.language.phrases import Pair, Phrase, WordList, spellings

LANGUAGES = ("en", "cy")
MARK, WHY = 40, 20
"""What the columns for a pair's id and for a reason hold."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The word list of one language, and the reasons from which a writer who keeps their own words may choose."""

    words: WordList
    reasons: Mapping[str, str]


def wording() -> tuple[Wording, ...]:
    """Every language there is a page for, English first."""
    return _read(str(settings.POLICY))


@cache
def _read(folder: str) -> tuple[Wording, ...]:
    names = ["wording", *(f"wording.{language}" for language in LANGUAGES[1:])]
    return tuple(read_wording(name) for name in names if name == "wording" or has_page(name))


def read_wording(name: str = "wording") -> Wording:
    """One page. A pair without a phrase, a why or a known mark is a mistake; so is a phrase without a word."""
    page = open_page(name)
    language = page.text("language")
    if language not in LANGUAGES:
        raise page.wrong(("language",), f"one of {', '.join(LANGUAGES)}")
    pairs = {key: _pair(page, key) for key in page.keys("pairs")}
    reasons = {key: page.text("reasons", key) for key in page.keys("reasons")}
    for key in reasons:
        if len(key) > WHY:
            raise page.wrong(("reasons", key), f"a name of at most {WHY} characters")
    return Wording(WordList(language, pairs), reasons)


def _pair(page: Page, key: str) -> Pair:
    where = ("pairs", key)
    if len(key) > MARK:
        raise page.wrong(where, f"a name of at most {MARK} characters")
    marks = page.texts(*where, "marks")
    for place, mark in enumerate(marks):
        if mark not in page.keys("marks") and not page.has("marks", mark):
            raise page.wrong((*where, "marks", place), f"one of {', '.join(page.keys('marks'))}")
    phrases = tuple(_phrase(page, where, pattern) for pattern in page.keys(*where, "phrases"))
    return Pair(key, phrases, page.text(*where, "advice"), page.text(*where, "why"), marks)


def _phrase(page: Page, where: tuple[str, ...], pattern: str) -> Phrase:
    try:
        list(spellings(pattern))
    except ValueError:
        raise page.wrong((*where, "phrases", pattern), "a phrase of words") from None
    stated = page.data["pairs"][where[-1]]["phrases"][pattern]
    if not isinstance(stated, str):
        raise page.wrong((*where, "phrases", pattern), "words to say instead, or empty quotation marks")
    return Phrase(pattern, stated)
