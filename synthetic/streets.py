"""Streets and numbers for a county of any size: a postcode has some fifteen addresses, a number has one child."""

from collections.abc import Iterator
from itertools import count

from synthetic.chance import Chance
from synthetic.names import place_words
from synthetic.numbers import POSTCODE_LETTERS

FILES_A_STREET = 30
"""So many files, so many fewer streets: about one address for two files, fifteen addresses in a street."""
AREAS, DIGITS = 9, 9
EVERY_CODE = AREAS * DIGITS * len(POSTCODE_LETTERS) ** 2


class Streets:
    """Hands out addresses, each once while the street has numbers left."""

    def __init__(self, files: int, chance: Chance) -> None:
        self._chance = chance
        words = place_words()
        self._names = [f"{stem} {suffix}" for stem in words["stems"] for suffix in words["suffixes"]]
        self._next = [0] * max(20, min(EVERY_CODE, files // FILES_A_STREET))

    def address(self) -> tuple[str, str]:
        """First line and postcode of a home."""
        street = self._chance.randrange(len(self._next))
        self._next[street] += 1
        return f"{self._next[street]} {self._names[street * 7 % len(self._names)]}", code(street)


def code(number: int) -> str:
    """The number-th postcode of areas that do not exist, ZZ1 to ZZ9: 32,400 different ones."""
    place, letters = divmod(number * 7919 % EVERY_CODE, len(POSTCODE_LETTERS) ** 2)
    first, second = divmod(letters, len(POSTCODE_LETTERS))
    inward = f"{1 + place // AREAS}{POSTCODE_LETTERS[first]}{POSTCODE_LETTERS[second]}"
    return f"ZZ{1 + place % AREAS} {inward}"


def checked_nhs_numbers() -> Iterator[str]:
    """NHS numbers of the range that is never issued (999), each once, with a right check digit: some 900,000."""
    for serial in count(1):
        nine = f"999{serial * 7919 % 1_000_000:06d}"
        total = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True))
        check = (11 - total % 11) % 11
        if check < 10:
            yield f"{nine}{check}"
