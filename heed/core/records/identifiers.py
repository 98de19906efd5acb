"""Check digits of the numbers people are known by. A failing digit marks a number; it never refuses a child.

Sources: NHS number, modulus 11 (NHS Data Dictionary, NHS NUMBER); Unique Pupil Number, check letter
(DfE, UPN guide 1.2, section "Constructing a UPN"). Published test data fails both, so a mark is all it is.
"""

import re
from collections.abc import Callable
from functools import lru_cache

REMEMBERED = 8192
"""Numbers kept as checked: the same children come again and again."""
_NHS = re.compile(r"[0-9]{10}")
_UPN = re.compile(r"[A-Z][0-9]{11}[0-9A-Z]")
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""Twenty-three letters: I, O and S are left out because they read as 1, 0 and 5."""


def nhs_passes(value: str) -> bool:
    """Whether ten digits carry the check digit of modulus 11. Spaces and hyphens do not count."""
    digits = re.sub(r"[\s-]", "", value)
    if not _NHS.fullmatch(digits):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def upn_passes(value: str) -> bool:
    """Whether the first letter of a pupil number is the one its twelve other characters call for.

    A temporary number ends in a letter, which counts as its place among the check letters.
    """
    upn = value.strip().upper()
    if not _UPN.fullmatch(upn) or upn[12] in "IOS":
        return False
    last = int(upn[12]) if upn[12].isdigit() else _UPN_LETTERS.index(upn[12])
    numbers = [int(digit) for digit in upn[1:12]] + [last]
    return _UPN_LETTERS[sum(n * weight for weight, n in enumerate(numbers, start=2)) % 23] == upn[0]


CHECKS: dict[str, Callable[[str], bool]] = {"nhs": nhs_passes, "upn": upn_passes}


@lru_cache(maxsize=REMEMBERED)
def passes(scheme: str, value: str) -> bool | None:
    """True or false where a scheme has a check digit, None where it has none."""
    check = CHECKS.get(scheme)
    return check(value) if check else None
