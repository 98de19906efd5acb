"""Number plates in free text. Source: the DVLA's formats; ZZ never stands on a real plate and is fiction's.

Old and partial ones (`DEC 123`, `A 12`) are read only beside a cue: anything can look like them.
"""

import re
from collections.abc import Iterator

from heed.core.language.named.found import Named, named

CURRENT = r"(?:[A-HJ-PR-Y]{2}|ZZ)(?!00|01|50)\d{2} ?[A-HJ-PR-Z]{3}"
PREFIX = r"[A-HJ-NPR-TV-Y]\d{1,3} ?[A-HJ-PR-Z]{3}"
SUFFIX = r"[A-HJ-PR-Z]{3} ?\d{1,3}[A-HJ-NPR-TV-Y]"
Q_PLATE = r"Q\d{1,3} ?[A-HJ-PR-Z]{3}"
NORTHERN = r"(?:[A-Z]{1,2}[IZ][A-Z]?|[A-Z]I[A-Z]) ?\d{1,4}"
DATELESS = r"(?:\d{1,4} ?[A-Z]{1,3}|[A-Z]{1,3} ?\d{1,4})"
PARTIAL = r"(?=[A-Z0-9?* ]*[?*])(?=[A-Z0-9?* ]*[A-Z0-9]{2})[A-Z0-9?*]{2,4} ?[A-Z0-9?*]{1,4}"
PLATE = re.compile(rf"(?<![\w-])(?:{CURRENT}|{PREFIX}|{SUFFIX}|{Q_PLATE})(?![\w-])")
CUE = (
    r"\b(?:reg(?:istration)?(?:[^\S\n](?:number|no\.?|plate|mark))?|index(?:[^\S\n](?:number|no\.?))?|"
    r"(?:number[^\S\n])?plates?|v\.?r\.?[mn]\.?)"
)
FILLING = (
    r"(?:[^\S\n]?[:=-]|[^\S\n](?:is|was|of|begins?|began|starting|starts|with|like|reads?|partial|ending))*"
    r"[^\S\n]*"
)
ANY = rf"(?:{CURRENT}|{PREFIX}|{SUFFIX}|{Q_PLATE}|{PARTIAL}|{NORTHERN}|{DATELESS})"
BESIDE = re.compile(
    rf"{CUE}{FILLING}[\"'“‘]?((?-i:{ANY})|{CURRENT}|{PREFIX}|{SUFFIX})(?![\w-])", re.IGNORECASE
)


def plates(text: str) -> Iterator[Named]:
    """A plate of today's form, or with a year's letter before or behind, in capitals."""
    for match in PLATE.finditer(text):
        yield named(text, match.span(), "vehicle", "plate")


def beside(text: str) -> Iterator[Named]:
    """Any plate beside a cue, also an old one, one of Northern Ireland, or one with a `?` for what was not seen."""
    for match in BESIDE.finditer(text):
        yield named(text, match.span(1), "vehicle", "plate_beside")
