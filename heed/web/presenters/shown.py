"""Text as others wrote it, made safe to show: what turns the direction of writing or controls a terminal goes.

Escaping is the template's (always on). Here go only the characters that could make a line read as another one:
Unicode's bidirectional controls (UAX #9) and control characters. The stored text keeps them all.
"""

import unicodedata

BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
KEPT_CONTROLS = frozenset("\n\t")


def shown(text: str) -> str:
    """The text without bidirectional and control characters; lines end in a plain newline."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in lines if _harmless(letter))


def _harmless(letter: str) -> bool:
    if letter in KEPT_CONTROLS:
        return True
    return letter not in BIDI_CONTROLS and unicodedata.category(letter) not in ("Cc", "Cs")
