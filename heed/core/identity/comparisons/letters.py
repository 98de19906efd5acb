"""One slip of a hand between two words, decided alike by every engine: a letter wrong, lost, added or changed over.

Levenshtein's distance and equality only: they give one result in Python, DuckDB and Spark, which Jaro-Winkler does
not. Letters changed over are two steps of Levenshtein with the same letters in all. Words in a script without a
transliteration are not compared letter by letter: engines count their letters differently.
"""

from rapidfuzz.distance import Levenshtein


def letters_of(word: str | None) -> str | None:
    """The letters of a word in order, for telling which were changed over; None where slips are not looked for."""
    return "".join(sorted(word)) if word and word.isascii() else None


def slipped(left: str | None, right: str | None) -> bool:
    """Whether two different words are one slip apart."""
    if not left or not right or not (left.isascii() and right.isascii()):
        return False
    steps = Levenshtein.distance(left, right, score_cutoff=2)
    return steps == 1 or (steps == 2 and sorted(left) == sorted(right))


ALIKE = {"Y": "I", "J": "I", "Z": "S", "K": "C", "Q": "C", "V": "F", "W": "F"}
"""Letters written for one sound: one of them in the place of another is a slip of spelling as much as of a hand."""
_ALIKE = str.maketrans(ALIKE)
FROM, TO = "".join(ALIKE), "".join(ALIKE.values())


def another_letter(left: str | None, right: str | None) -> bool:
    """Whether two words differ by one letter in the place of another, and the two are not written for one sound: what a
    slip seldom does, and what tells the names of twins apart (LENA, LINA)."""
    if not left or not right or len(left) != len(right) or not slipped(left, right):
        return False
    return Levenshtein.distance(left, right) == 1 and left.translate(_ALIKE) != right.translate(_ALIKE)


def another_letter_sql(name: str) -> str:
    """The same of columns; false where one is null."""
    left, right = f"{name}_l", f"{name}_r"
    return (
        f"coalesce({name}_letters_l is not null and {name}_letters_r is not null and length({left}) = length({right})"
        f" and levenshtein({left}, {right}) = 1"
        f" and translate({left}, '{FROM}', '{TO}') <> translate({right}, '{FROM}', '{TO}'), false)"
    )


def slipped_sql(name: str) -> str:
    """The same of columns: `name` and `name_letters`, which is null where slips are not looked for."""
    left, right = f"{name}_l", f"{name}_r"
    steps = f"levenshtein({left}, {right})"
    return (
        f"coalesce({name}_letters_l is not null and {name}_letters_r is not null and ({steps} = 1"
        f" or ({steps} = 2 and {name}_letters_l = {name}_letters_r)), false)"
    )
