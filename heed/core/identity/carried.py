"""What a source brings into a cluster that speaks against joining it with another: pairs see two files, this sees all.

Each is a mark `scheme:value`. Two clusters with marks of one scheme and none in common are two people: two checked
numbers, two birth dates no slip explains, two childhoods that do not overlap, two children of one birth date in one
agency's files, two people of concern of other names or at two places in one record, and, to any link that is not strong,
two files of one agency. A link whose two sources both carry marks
of a scheme that pairs are judged by has been weighed with them already, and is not judged twice.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import product

from heed.core.identity.company import print_of
from heed.core.identity.comparisons.age import GROWN
from heed.core.identity.comparisons.letters import slipped
from heed.core.identity.comparisons.names import shortened, twins_names, two_spellings
from heed.core.identity.nicknames import families_of, is_a_name
from heed.core.identity.profile import DAY_LENGTH, Profile
from heed.core.identity.sounding import sound_of

BORN, CHILDHOOD, FILE, KEEPS = "born", "childhood", "file", "keeps"
GIVEN, FAMILY, PLACE = "given name", "family name", "place in"
"""Of a person of concern only: the names, and the place in the record that speaks of them."""
type Schemes = Mapping[str, frozenset[str]]
"""The marks of a source or of a cluster under the scheme of each."""

MONTHS = tuple(f"{month:02}" for month in range(1, 13))


def carried(profile: Profile) -> frozenset[str]:
    """Every mark of a profile."""
    marks = {*profile.checked_numbers, *of_a_life(profile)}
    if not profile.in_passing:
        marks.update(of_own_file(profile.source, profile.child, profile.usual_given, profile.days))
    return frozenset(marks)


def of_a_life(profile: Profile) -> Iterator[str]:
    """The marks of births and childhoods; of a person of concern with a name in passing, whom hardly more than that and
    what they were named with joins, also of their names and of the record."""
    yield from (f"{BORN}:{value}" for born in profile.born for value in _months(born))
    yield from (f"{CHILDHOOD}:{year}" for year in _years(profile))
    if by_nickname(profile):
        yield from (f"{GIVEN}:{name.split()[0]}" for name in profile.given)
        yield from (f"{FAMILY}:{name}" for name in profile.family)
        if profile.in_passing:
            record, _, position = profile.source.rpartition("#")
            yield f"{PLACE} {print_of(record)}:{position}"


def by_nickname(profile: Profile) -> bool:
    """Whether somebody may be joined by a name in passing."""
    return not profile.child and bool(profile.aliases)


def of_own_file(source: str, child: bool, given: str | None, days: Iterable[str]) -> Iterator[str]:
    """The marks of a file that an agency keeps of its own: of a child that it is one, and of a file with birth dates whom
    the agency calls so. Twins are two files of one day."""
    agency = source.partition(" ")[0]
    if child:
        yield f"{KEEPS} {agency}:{source}"
    if given is not None:
        yield from (f"{FILE} {agency} {day}:{given}" for day in days)


def judged_by_pairs(scheme: str) -> bool:
    """Whether a pair that both carry marks of the scheme has been weighed with them already."""
    return scheme in (BORN, CHILDHOOD, GIVEN, FAMILY) or scheme.startswith(KEEPS)


def reckoned(scheme: str) -> bool:
    """Whether the marks of a scheme are worked out from a file, and are not checked numbers."""
    return scheme in (BORN, CHILDHOOD, GIVEN, FAMILY) or scheme.startswith(
        (f"{FILE} ", f"{KEEPS} ", f"{PLACE} ")
    )


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


def by_scheme(marks: Iterable[str]) -> dict[str, frozenset[str]]:
    """The marks of each scheme."""
    found: dict[str, set[str]] = {}
    for mark in marks:
        found.setdefault(mark.partition(":")[0], set()).add(mark)
    return {scheme: frozenset(held) for scheme, held in found.items()}


def together(one: Schemes, other: Schemes) -> dict[str, frozenset[str]]:
    """The marks of two as those of one."""
    return {**one, **other} | {scheme: one[scheme] | other[scheme] for scheme in one.keys() & other.keys()}


def contradicting(one: Schemes, other: Schemes) -> set[str]:
    """The schemes in which the marks of two cannot be one person's."""
    shared = one.keys() & other.keys()
    one_number = any(not reckoned(scheme) and not one[scheme].isdisjoint(other[scheme]) for scheme in shared)
    return {
        scheme
        for scheme in shared
        if one[scheme].isdisjoint(other[scheme])
        and not _reconciled(scheme, one[scheme], other[scheme], one_number)
    }


def _reconciled(scheme: str, one: Set[str], other: Set[str], one_number: bool) -> bool:
    """Whether marks with none in common may be one person's all the same: forms or slips of one name."""
    if scheme == FAMILY:
        sides = ([mark.partition(":")[2] for mark in marks] for marks in (one, other))
        return any(_one_family(left, right) for left, right in product(*sides))
    return scheme.startswith((FILE, GIVEN)) and _alike(one, other, one_number or scheme == GIVEN)


def _one_family(left: str, right: str) -> bool:
    """Whether two family names may be one: a part in common, a slip, or one sound."""
    parts = ({word for word in name.split() if len(word) > 2} for name in (left, right))
    return bool(next(parts) & next(parts)) or slipped(left, right) or sound_of(left) == sound_of(right)


def _alike(one: Set[str], other: Set[str], one_number: bool) -> bool:
    """Whether one agency's names of one day may be one child's: forms of one name, or a slip of it. `one_number`: both
    sides hold one checked number, so that the agency has opened a second file for one child."""
    sides = ([mark.partition(":")[2] for mark in marks] for marks in (one, other))
    return any(_one_name(left, right, one_number) for left, right in product(*sides))


def _two_spellings(left: str, right: str) -> bool:
    """The same as between pairs, and letters changed over: an agency that writes both of one day means both."""
    changed_over = len(left) == len(right) and slipped(left, right) and is_a_name(left) and is_a_name(right)
    return changed_over or two_spellings(left, right)


def _one_name(left: str, right: str, one_number: bool) -> bool:
    """MIA and MYA, or ANNA and HANNA, are spellings of one name between two agencies. One agency that keeps a file for
    each, of one birth date, has two children: twins are named so, and whoever knows both writes both."""
    if not one_number and _two_spellings(left, right):
        return False
    if left == right or set(families_of(left)) & set(families_of(right)) or shortened(left, right):
        return True
    if is_a_name(left) and is_a_name(right):
        return False
    if twins_names(left, right):
        return False
    return slipped(left, right) or sound_of(left) == sound_of(right)
