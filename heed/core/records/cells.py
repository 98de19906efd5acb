"""Text in a cell of a spreadsheet that no program takes for a formula.

A cell that begins with = + - @, a tab, a carriage return or NUL may be run as a formula by whoever opens the file, also
after spaces and in the full-width forms some keyboards type (OWASP CSV injection; ASVS 5.0 requirement 1.2.10).
"""

import unicodedata

STARTS = frozenset("=+-@\t\r\n\0|%")
"""What must not be the first thing a spreadsheet sees. | and % begin commands of older programs."""
GUARD = "'"
LONGEST = 32_767
"""Characters a cell of a workbook holds."""


def plain_cell(value: object) -> str:
    """The text of a value, made safe to open: a guard before what could run, no control characters, cut to a cell.

    None becomes an empty text. What is safe comes back as it was.
    """
    text = "" if value is None else str(value)
    bare = "".join(each for each in text if each in "\n\t" or not _is_control(each))
    guarded = GUARD + bare if is_live(text) or is_live(bare) else bare
    return guarded if len(guarded) <= LONGEST else guarded[: LONGEST - 1] + "…"


def is_live(text: str) -> bool:
    """Whether a spreadsheet might run this text: by its first character that is neither space nor invisible."""
    for each in text:
        if each in STARTS or unicodedata.normalize("NFKC", each)[:1] in STARTS:
            return True
        if not (each.isspace() or unicodedata.category(each) in ("Cf", "Cc", "Zs", "Zl", "Zp", "Mn")):
            return False
    return False


def _is_control(each: str) -> bool:
    return unicodedata.category(each) in ("Cc", "Cs") or each in "\ufffe\uffff"
