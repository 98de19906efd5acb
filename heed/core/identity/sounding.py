"""How a name sounds, roughly and alike in every engine: the bones of it, for names written down as heard.

A key of our own rather than Metaphone's: a dozen lines that anybody can check by hand, the same for Phillip and
Filip, Weronika and Veronica, Abbasi and Abbsi. It finds and compares; alone it never joins anybody.
"""

from functools import lru_cache

from heed.core.records.keys import plain

SOUNDS = (
    ("PH", "F"), ("GH", "G"), ("KH", "K"), ("CK", "K"), ("QU", "K"), ("SCH", "S"), ("SH", "S"), ("SZ", "S"),
    ("CZ", "S"), ("CH", "S"), ("TH", "T"), ("DH", "D"), ("CE", "SE"), ("CI", "SI"), ("CY", "SY"), ("X", "KS"),
    ("Z", "S"), ("C", "K"), ("Q", "K"), ("W", "V"), ("J", "Y"),
)  # fmt: skip
"""Spellings of one sound, read in this order. W and J as in Polish, since a name's own language is not known."""
SILENT = "AEIOUYH"
"""Letters that say least: left out but for the first of a name."""
REMEMBERED = 1 << 16

LETTERS = {
    "Ł": "L", "Ø": "O", "Đ": "D", "Ð": "D", "Þ": "TH", "Æ": "AE", "Œ": "OE", "ß": "SS", "ẞ": "SS", "Ħ": "H", "İ": "I",
    "ı": "I", "Ŋ": "N", "А": "A", "Б": "B", "В": "V", "Г": "G", "Ґ": "G", "Д": "D", "Е": "E", "Ё": "E", "Є": "YE",
    "Ж": "ZH", "З": "Z", "И": "I", "І": "I", "Ї": "YI", "Й": "Y", "К": "K", "Л": "L", "М": "M", "Н": "N", "О": "O",
    "П": "P", "Р": "R", "С": "S", "Т": "T", "У": "U", "Ф": "F", "Х": "KH", "Ц": "TS", "Ч": "CH", "Ш": "SH",
    "Щ": "SHCH", "Ъ": "", "Ы": "Y", "Ь": "", "Э": "E", "Ю": "YU", "Я": "YA", "Α": "A", "Β": "V", "Γ": "G", "Δ": "D",
    "Ε": "E", "Ζ": "Z", "Η": "I", "Θ": "TH", "Ι": "I", "Κ": "K", "Λ": "L", "Μ": "M", "Ν": "N", "Ξ": "X", "Ο": "O",
    "Π": "P", "Ρ": "R", "Σ": "S", "Τ": "T", "Υ": "Y", "Φ": "F", "Χ": "CH", "Ψ": "PS", "Ω": "O",
}  # fmt: skip
"""Letters that carry no accent to take off, Cyrillic and Greek, as British offices write them (BGN/PCGN, simplified)."""

_IN_LATIN = str.maketrans(LETTERS)


def in_latin(text: str) -> str:
    """Upper case with the letters of the table written in Latin ones: 'Łukasz' LUKASZ, 'Оксана' OKSANA."""
    return text.upper().translate(_IN_LATIN)


@lru_cache(maxsize=REMEMBERED)
def sound_of(name: str) -> str:
    """The bones of one plain upper-case name: its first sound and the consonants after it, in the order of the
    alphabet, each once. Sorted, since letters changed over are the commonest slip. Empty for an empty name, the name
    itself in another script.
    """
    if not name.isascii():
        return name
    word = plain(name).replace(" ", "")
    for spelt, sound in SOUNDS:
        word = word.replace(spelt, sound)
    first = "A" if word[:1] in tuple("AEIOU") else word[:1]
    return first + "".join(sorted(set(word[1:]) - set(SILENT)))
