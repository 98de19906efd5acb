"""Telephone numbers in free text. Source: Ofcom's numbering plan through phonenumbers; possible is enough, since numbers
kept for fiction are not valid. A number of a log or a case is not a telephone's.
"""

import re
from collections.abc import Iterator

from heed.core.language.named.found import Named, named
from heed.core.records.keys import phone_key

DIGITS = r"(?:\+|00)?\(?\d(?:[ ().-]{0,2}\d){5,14}"
NUMBER = re.compile(rf"(?<![\w.,/£$+-]){DIGITS}(?![\w/-]|\.\d)")
NOT_A_PHONE = re.compile(
    r"\b(?:ref(?:erence)?|crime|log|cad|case|invoice|order|nhs|upn|ni|niche|incident|account|sort code|badge|collar)"
    r"(?:[^\S\n](?:number|no\.?|code))?[^\S\n]?[:#]?[^\S\n]*$",
    re.IGNORECASE,
)
CUE = re.compile(
    r"\b(?:phones?|telephone|tel|mobile|mob|cell|number|texts?|texted|texting|called|calls|rang|rings|whatsapp|sim)"
    r"[^\S\n]?[:.]?(?:[^\S\n](?:number|no\.?|is|was|on|from|her|him|them|ending))*[^\S\n]*$",
    re.IGNORECASE,
)
LEAST, MOST = 9, 11
"""Figures of a number without its leading zero, and with it."""
BEFORE = 40


def numbers(text: str) -> Iterator[Named]:
    """Ten or eleven figures from a zero, +44 or 0044, unless a word before says they are something else's."""
    for match in NUMBER.finditer(text):
        if _national(match[0]) and not _said_before(NOT_A_PHONE, text, match.start()) and phone_key(match[0]):
            yield named(text, match.span(), "phone", "number")


def beside(text: str) -> Iterator[Named]:
    """Nine to eleven figures beside a cue, also without the leading zero, also from abroad."""
    for match in NUMBER.finditer(text):
        figures = len(re.sub(r"\D", "", match[0]))
        fits = LEAST <= figures <= MOST or (match[0].startswith("+") and figures > LEAST)
        said = _said_before(CUE, text, match.start()) and not _said_before(NOT_A_PHONE, text, match.start())
        if fits and said and phone_key(match[0]):
            yield named(text, match.span(), "phone", "number_beside")


def _national(words: str) -> bool:
    figures = re.sub(r"\D", "", words.replace("(0)", ""))
    figures = re.sub(r"^(?:00)?44", "0", figures) if words.startswith(("+44", "0044")) else figures
    return figures.startswith("0") and not figures.startswith("00") and len(figures) in (10, 11)


def _said_before(cue: re.Pattern[str], text: str, start: int) -> bool:
    return cue.search(text[max(0, start - BEFORE) : start]) is not None
