"""People without their names: keyed codes that a third party can compare and, without the key, cannot make.

Two ways behind one form. Exact tokens: HMAC-SHA256 over a number that passes its check, or full name and whole day of
birth. A Bloom filter for what is misspelt: every pair of neighbouring letters of the names and of figures of the date
sets ten of 1,024 bits, chosen by HMAC-SHA512 (Schnell, Bachteler and Reiher, "Privacy-preserving record linkage using
Bloom filters", BMC Medical Informatics and Decision Making 9:41, 2009; one filter for the whole person, as in their
"cryptographic longterm keys", 2011). Similar people set similar bits, which is the use of it and also its weakness:
who knows how common names are can attack a large set of them (Christen and others, "Precise and fast cryptanalysis for
Bloom filter based privacy-preserving record linkage", IEEE TKDE 31, 2019). Encodings are personal data, not anonymous.
"""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from heed.core.identity.profile import DAY_LENGTH, Profile

BITS = 1024
HASHES = 10
KEY_BYTES = 32
LEAST_ALIKE = 0.5
"""Two people that share a token and less of their bits than this are not taken for one: numbers are wrong at times."""
AT_ONCE = 1024
"""Rows compared in one go: four million comparisons are 16 MB."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """One person: the handle by which their own agency finds them again, tokens (hexadecimal), and the filter."""

    handle: str
    tokens: tuple[str, ...]
    bits: bytes


@dataclass(frozen=True, slots=True)
class Match:
    """A person of the left that is one of the right: their handles, and how alike the filters are (Dice, 0 to 1)."""

    left: str
    right: str
    dice: float


def encoded(profile: Profile, key: bytes, handle: str) -> Encoded | None:
    """One person under a key of 32 bytes; None for somebody without a name and without a date of birth, of whom a
    filter would say nothing. Names and numbers must be as a profile has them: plain upper case."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key of {KEY_BYTES} bytes, not of {len(key)}")
    parts = list(_bigrams(profile))
    if not profile.given + profile.family or not profile.born:
        return None
    tokens = {hmac.digest(key, f"token|{each}".encode(), hashlib.sha256).hex() for each in _exact(profile)}
    return Encoded(handle, tuple(sorted(tokens)), _filter(parts, key))


def fingerprint(key: bytes, project: str) -> str:
    """What two files hold against each other to see that they were made under one key for one project."""
    return hmac.digest(key, f"project|{project}".encode(), hashlib.sha256).hex()[:32]


def matches(left: Sequence[Encoded], right: Sequence[Encoded], at_least: float) -> list[Match]:
    """Who is whom, each person once: those that share a token first, then the most alike (greedy, one to one).

    `at_least` is the Dice coefficient from which filters alone are enough. The order of the files changes nothing.
    """
    if not left or not right:
        return []
    found = sorted(_candidates(left, right, at_least))
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    matched = []
    for _, minus_dice, _, _, one, other in found:
        if one not in taken_left and other not in taken_right:
            taken_left.add(one)
            taken_right.add(other)
            matched.append(Match(left[one].handle, right[other].handle, -minus_dice))
    return matched


type Candidate = tuple[int, float, str, str, int, int]
"""Without a token (0 or 1), minus the Dice coefficient, both handles, both places: sorts best first."""


def _candidates(left: Sequence[Encoded], right: Sequence[Encoded], at_least: float) -> Iterator[Candidate]:
    holders: dict[str, list[int]] = {}
    for place, each in enumerate(right):
        for token in each.tokens:
            holders.setdefault(token, []).append(place)
    others = _matrix(right)
    sizes = others.sum(axis=1)
    for start in range(0, len(left), AT_ONCE):
        some = left[start : start + AT_ONCE]
        dice = _dice(_matrix(some), others, sizes)
        shared = {(row, place) for row, each in enumerate(some) for token in each.tokens
                  for place in holders.get(token, ()) if dice[row, place] >= LEAST_ALIKE}  # fmt: skip
        alike = {(int(row), int(place)) for row, place in np.argwhere(dice >= at_least)}
        for row, place in shared | alike:
            # Rounded, so that adding up in another order on another machine sorts alike.
            value = round(float(dice[row, place]), 6)
            yield (
                (row, place) not in shared, -value, some[row].handle, right[place].handle, start + row, place,
            )  # fmt: skip


def _dice(
    some: NDArray[np.float32], others: NDArray[np.float32], sizes: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Twice what two filters share over what they have together; rows by columns, 0 to 1."""
    both = some.sum(axis=1)[:, None] + sizes[None, :]
    found: NDArray[np.float32] = 2 * (some @ others.T) / np.maximum(both, 1)
    return found


def _matrix(people: Sequence[Encoded]) -> NDArray[np.float32]:
    """Filters as rows of 0 and 1."""
    rows = np.frombuffer(b"".join(each.bits for each in people), dtype=np.uint8).reshape(
        len(people), BITS // 8
    )
    return np.unpackbits(rows, axis=1).astype(np.float32)


def _exact(profile: Profile) -> Iterator[str]:
    """What is either the same or not: checked numbers with their scheme, and every full name with a whole day."""
    yield from (f"number|{number}" for number in profile.checked_numbers)
    for given in profile.given:
        for family in profile.family:
            for day in profile.days:
                yield f"full|{'|'.join(sorted((given.split()[0], family)))}|{day}"


def _bigrams(profile: Profile) -> Iterator[str]:
    """Neighbouring letters of the usual names, whichever is first (they get swapped), and the date, figure by figure
    and pair by pair, so that one slip of a key leaves most of it."""
    names = [
        *(profile.given[0].split() if profile.given else ()),
        *(profile.family[0].split() if profile.family else ()),
    ]
    for name in names:
        whole = f"_{name}_"
        yield from (f"name|{whole[place : place + 2]}" for place in range(len(whole) - 1))
    born = profile.usual_born or ""
    figures = born.replace("-", "")
    yield from (f"born|{place}|{figure}" for place, figure in enumerate(figures))
    yield from (f"born|{figures[place : place + 2]}" for place in range(len(figures) - 1))
    if len(born) == DAY_LENGTH:
        yield from (f"born part|{part}" for part in (born[:4], born[5:7], born[8:]))


def _filter(parts: Sequence[str], key: bytes) -> bytes:
    """The bits of all parts: ten places each, ten bits of a keyed hash a place."""
    places = {place for part in parts for place in _places(part, key)}
    bits = np.zeros(BITS, dtype=np.uint8)
    bits[sorted(places)] = 1
    return np.packbits(bits).tobytes()


@lru_cache(maxsize=1 << 15)
def _places(part: str, key: bytes) -> tuple[int, ...]:
    """Where one part sets its bits. Remembered: a county has a few thousand pairs of letters, each a thousand times."""
    digest = hmac.digest(key, f"bits|{part}".encode(), hashlib.sha512)
    return tuple(int.from_bytes(digest[2 * n : 2 * n + 2]) % BITS for n in range(HASHES))
