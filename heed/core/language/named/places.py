"""Places in free text: an address by its shape, anything else only beside a cue.

Source of the postcode's shape: Royal Mail's, with the pseudo postcodes ZZ of the NHS and of fiction.
"""

import re
from collections.abc import Iterator

from heed.core.language.named.found import Named, named

TYPES = (
    "Street|Str|St|Road|Rd|Row|Lane|Ln|Close|Cl|Avenue|Ave|Terrace|Terr?|Way|Gardens|Gdns|Place|Pl|Crescent|Cres|"
    "Drive|Dr|Walk|Court|Ct|Grove|Gr|Hill|Mews|Square|Sq|Green|Parade|Rise|View|Yard|Wharf|Quay|Buildings"
)
NAME = r"(?:[A-Z][a-z'’-]+|St\.?)"
STREET = rf"(?:{NAME}[^\S\n]){{1,3}}(?:{TYPES})\b\.?"
POSTCODE = (
    r"(?:GIR ?0AA|ZZ\d{1,2} ?\d[A-Z]{2}|"
    r"[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRVWXY]) ?\d[ABD-HJLNP-UW-Z]{2})"
)
FLAT = r"(?:(?:[Ff]lat|[Uu]nit|[Rr]oom|[Aa]partment)[^\S\n]\d{1,3}[A-Za-z]?,?[^\S\n])?"
CUE = r"\b(?:at|near|outside|behind|opposite|from|in|on|to|around|round|off|by)[^\S\n]"
PREMISES = (
    "Hotel|Inn|Arms|Cafe|Café|Club|Bar|House|Lodge|Takeaway|Grill|Kitchen|Pizza|Kebabs?|Centre|Park|Station|Garage|"
    "Arcade|Market|School|Academy|College|Hospital|Church|Mosque|Library|Superstore|Guest House"
)
ADDRESS = re.compile(rf"\b{FLAT}\d{{1,4}}[A-Za-z]?,?[^\S\n]{STREET}(?:,?[^\S\n]+{POSTCODE}\b)?")
ON_STREET = re.compile(rf"(?:{CUE})(?:the[^\S\n])?({STREET}(?:,?[^\S\n]+{POSTCODE}\b)?)")
ABOVE = re.compile(
    r"\b((?:flat|room|rooms|house|bedsit|unit|office|yard)[^\S\n](?:above|over|behind|beside|next[^\S\n]to|opposite)"
    r"[^\S\n](?:(?:the|a|an)[^\S\n])?(?:[\w'’-]+[^\S\n])?(?:[\w'’-]+))",
    re.IGNORECASE,
)
NAMED_PREMISES = re.compile(rf"(?:{CUE})((?:[Tt]he[^\S\n])?(?:{NAME}[^\S\n]){{1,3}}(?:{PREMISES})\b)")
ALONE = re.compile(rf"\b{POSTCODE}\b")


def addresses(text: str) -> Iterator[Named]:
    """A number, a name and a word such as Street; a flat before it and a postcode behind it belong to it."""
    for match in ADDRESS.finditer(text):
        yield named(text, match.span(), "place", "address")


def streets(text: str) -> Iterator[Named]:
    """A street without a number, beside a cue."""
    for match in ON_STREET.finditer(text):
        yield named(text, match.span(1), "place", "street")


def above(text: str) -> Iterator[Named]:
    """A flat above the launderette."""
    for match in ABOVE.finditer(text):
        yield named(text, match.span(1), "place", "above")


def premises(text: str) -> Iterator[Named]:
    """A hotel, a cafe, a club by its name, beside a cue."""
    for match in NAMED_PREMISES.finditer(text):
        yield named(text, match.span(1), "place", "premises")


def postcodes(text: str) -> Iterator[Named]:
    """A postcode by itself, in capitals: in small letters too much else looks like one."""
    for match in ALONE.finditer(text):
        yield named(text, match.span(), "place", "postcode")
