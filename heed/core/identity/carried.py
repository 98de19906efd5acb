"""What a source brings into a cluster that speaks against joining it with another: pairs see two files, this sees all.

Each is a mark `scheme:value`. Two clusters with marks of one scheme and none in common are two people: two checked
numbers, two birth dates no slip explains, two childhoods that do not overlap, two children of one birth date in one
agency's files, and, to any link that is not strong, two files of one agency. A link whose two sources both carry marks
of a scheme that pairs are judged by has been weighed with them already, and is not judged twice.
"""

from collections.abc import Iterable, Iterator, Set
from itertools import product

from heed.core.identity.comparisons.age import GROWN
from heed.core.identity.comparisons.letters import slipped
from heed.core.identity.comparisons.names import shortened, twins_names
from heed.core.identity.nicknames import families_of, is_a_name
from heed.core.identity.profile import DAY_LENGTH, Profile
from heed.core.identity.sounding import sound_of

BORN, CHILDHOOD, FILE, KEEPS = "born", "childhood", "file", "keeps"
MONTHS = tuple(f"{month:02}" for month in range(1, 13))


def carried(profile: Profile) -> frozenset[str]:
    """Every mark of a profile."""
    marks = set(profile.checked_numbers)
    marks.update(f"{BORN}:{value}" for born in profile.born for value in _months(born))
    marks.update(f"{CHILDHOOD}:{year}" for year in _years(profile))
    marks.update(_file(profile))
    if profile.child and not profile.in_passing:
        marks.add(f"{KEEPS} {profile.agency}:{profile.source}")
    return frozenset(marks)


def judged_by_pairs(scheme: str) -> bool:
    """Whether a pair that both carry marks of the scheme has been weighed with them already."""
    return scheme in (BORN, CHILDHOOD) or scheme.startswith(KEEPS)


def numbers_of(marks: Iterable[str]) -> set[str]:
    """Those of marks that are checked numbers."""
    return {mark for mark in marks if not _reckoned(mark.partition(":")[0])}


def _reckoned(scheme: str) -> bool:
    return scheme in (BORN, CHILDHOOD) or scheme.startswith((f"{FILE} ", f"{KEEPS} "))


def _months(born: str) -> Iterator[str]:
    """Year and month, also with day and month exchanged; of a year alone, every month of it and its neighbours."""
    if len(born) == 4:
        for year in (int(born) - 1, int(born), int(born) + 1):
            yield from (f"{year}-{month}" for month in MONTHS)
        return
    yield born[:7]
    if len(born) == DAY_LENGTH and born[8:] in MONTHS:
        yield f"{born[:4]}-{born[8:]}"


def _years(profile: Profile) -> Iterator[int]:
    """The years somebody can be born in who gave these birth dates, or who is in these records as a child."""
    if profile.born:
        yield from (int(born[:4]) + step for born in profile.born for step in (-1, 0, 1))
    elif profile.child and profile.years_seen:
        first, last = profile.years_seen
        yield from range(last - GROWN - 1, first + 1)


def _file(profile: Profile) -> Iterator[str]:
    """Of a file of its own with a birth date: whom the agency calls so. Twins are two files of one day."""
    if profile.in_passing or profile.usual_given is None:
        return
    for day in profile.days:
        yield f"{FILE} {profile.agency} {day}:{profile.usual_given}"


def contradicting(one: Set[str], other: Set[str]) -> set[str]:
    """The schemes in which two sets of marks cannot be one person's."""
    schemes = schemes_of(one) & schemes_of(other)
    if not schemes:
        return schemes
    apart = schemes - schemes_of(one & other)
    return {scheme for scheme in apart if not scheme.startswith(FILE) or not _alike(scheme, one, other)}


def schemes_of(marks: Iterable[str]) -> set[str]:
    """The schemes of marks."""
    return {mark.partition(":")[0] for mark in marks}


def _alike(scheme: str, one: Set[str], other: Set[str]) -> bool:
    """Whether one agency's names of one day may be one child's: forms of one name, or a slip of it."""
    sides = (
        [mark.partition(":")[2] for mark in marks if mark.startswith(f"{scheme}:")] for marks in (one, other)
    )
    return any(_one_name(left, right) for left, right in product(*sides))


def _one_name(left: str, right: str) -> bool:
    if left == right or set(families_of(left)) & set(families_of(right)) or shortened(left, right):
        return True
    if is_a_name(left) and is_a_name(right):
        return False
    if twins_names(left, right):
        return False
    return slipped(left, right) or sound_of(left) == sound_of(right)
