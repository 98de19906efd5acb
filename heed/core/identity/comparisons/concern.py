"""People of concern, of whom hardly more than a nickname is known: the name in passing, and what they were named with.

A nickname alone never joins anybody. With one vehicle, one telephone or one and the same child it joins; with one place,
a part of a plate, a feature of a description, or nothing but that it is rare in this house it is shown to a person; and
where the police grade source or information low, what would join is shown to a person instead. Who is joined here is a
person of concern in both records: unproven, source-graded, never an assertion of guilt. The weights are declared, not
learned: no town's truth is large enough to learn them, and whoever signs the model signs them.
"""

from itertools import combinations

from heed.core.identity.comparisons.age import GROWN
from heed.core.identity.comparisons.comparison import OTHERWISE, Comparison, Level
from heed.core.identity.profile import Profile

JOINING = ("vehicle", "phone", "beside")
"""Kinds of which one in common, with a nickname, joins."""
SHOWING = ("place", "plate", "feature")
"""Kinds of which one in common is shown to a person, and two join."""


HANDED_ON = 5
"""Years between two records, from which on one vehicle or telephone may have changed hands."""
YEARS_APART = 2
"""Years between two records, up to which a name alone may be of one person: names in passing come and go."""
BETWEEN = "greatest(first_year_l, first_year_r) - least(last_year_l, last_year_r)"
OF_ONE_TIME = f"first_year_l is not null and first_year_r is not null and {BETWEEN} <= {YEARS_APART}"
IN_ONE_HAND = f"coalesce({BETWEEN} < {HANDED_ON}, true)"


def alias_level(a: Profile, b: Profile) -> str | None:
    """Whether two people of concern go by one nickname; None for children, or where one has none."""
    if a.child or b.child or not a.aliases or not b.aliases:
        return None
    if set(a.aliases) & set(b.aliases):
        return "same"
    return "spelt" if a.spellings & b.spellings else "different"


def thing_level(a: Profile, b: Profile) -> str | None:
    """The most telling thing two people of concern were both named with; None where one was named with none."""
    if a.child or b.child or not a.things or not b.things:
        return None
    shared = {thing.partition(":")[0] for thing in set(a.things) & set(b.things)}
    if kind := next((kind for kind in JOINING if kind in shared), None):
        if kind == "beside" or _between(a, b) < HANDED_ON:
            return kind
        return "beside" if "beside" in shared else "handed_on"
    if len(shared.intersection(SHOWING)) > 1:
        return "two_things"
    if kind := next((kind for kind in SHOWING if kind in shared), None):
        return kind
    if a.hard_things and b.hard_things:
        return "none"
    named = "name" in shared and a.agency != b.agency and a.spellings & b.spellings
    return "name" if named and _of_one_time(a, b) else "untold"


def _of_one_time(a: Profile, b: Profile) -> bool:
    """Whether few years lie between the records of two people."""
    return a.years_seen is not None and b.years_seen is not None and _between(a, b) <= YEARS_APART


def _between(a: Profile, b: Profile) -> int:
    """The years between the records of two people; 0 where they are not known."""
    if a.years_seen is None or b.years_seen is None:
        return 0
    return max(a.years_seen[0], b.years_seen[0]) - min(a.years_seen[1], b.years_seen[1])


def doubted_level(a: Profile, b: Profile) -> str | None:
    """Whether all that is said of one of two people of concern is graded low, or was said of a child by the birth date it
    gives: a child may be named as one who harms. None otherwise."""
    if a.child or b.child:
        return None
    if a.doubted or b.doubted:
        return "doubted"
    return "young" if _was_a_child(a) or _was_a_child(b) else None


def _was_a_child(one: Profile) -> bool:
    if one.year_born is None or one.years_seen is None:
        return False
    return one.years_seen[0] - one.year_born < GROWN


def _shares(kind: str) -> str:
    return f"list_has_any({kind}_things_l, {kind}_things_r)"


_YOUNG = " or ".join(
    f"coalesce(first_year_{side} - year_born_{side} < {GROWN}, false)" for side in ("l", "r")
)

ALIAS = Comparison(
    name="alias",
    title="Name in passing",
    unknown="child_l or child_r or len(nicknames_l) = 0 or len(nicknames_r) = 0",
    levels=(
        Level("same", "list_has_any(nicknames_l, nicknames_r)", "Both are known by one name in passing."),
        Level(
            "spelt",
            "list_has_any(spellings_l, spellings_r)",
            "Their names in passing, {left} and {right}, may be one name spelt in two ways.",
        ),
        Level("different", OTHERWISE, "They are known by different names in passing."),
    ),
    decide=alias_level,
    shown=lambda profile: ", ".join(profile.aliases).title(),
)

THING = Comparison(
    name="thing",
    title="Named with",
    unknown="child_l or child_r or len(things_l) = 0 or len(things_r) = 0",
    levels=(
        Level("vehicle", f"{_shares('vehicle')} and {IN_ONE_HAND}", "Both were named with one vehicle."),
        Level("phone", f"{_shares('phone')} and {IN_ONE_HAND}", "Both were named with one telephone."),
        Level("beside", _shares("beside"), "Both were named beside one and the same other person."),
        Level(
            "handed_on",
            f"{_shares('vehicle')} or {_shares('phone')}",
            "Both were named with one vehicle or telephone, years apart: it may have changed hands.",
        ),
        Level(
            "two_things",
            " or ".join(f"{_shares(one)} and {_shares(other)}" for one, other in combinations(SHOWING, 2)),
            "Two of these fit: a place, a part of a plate, a feature that is described.",
        ),
        Level("place", _shares("place"), "Both were named with one place."),
        Level("plate", _shares("plate"), "A part of a plate fits: half of it, or all but one character."),
        Level("feature", _shares("feature"), "One and the same feature is described of both."),
        Level(
            "name",
            f"{_shares('name')} and agency_l <> agency_r and list_has_any(spellings_l, spellings_r)"
            f" and (len(hard_things_l) = 0 or len(hard_things_r) = 0) and {OF_ONE_TIME}",
            "Nothing else can be compared; the name in passing is rare in these records. A name alone joins nobody.",
        ),
        Level(
            "untold",
            "len(hard_things_l) = 0 or len(hard_things_r) = 0",
            "Of one of them no vehicle, telephone or place is told.",
        ),
        Level("none", OTHERWISE, "They were named with different vehicles, telephones and places."),
    ),
    decide=thing_level,
    shown=lambda profile: f"{len(profile.things)} things",
)

DOUBTED = Comparison(
    name="doubted",
    title="How sure the source is",
    unknown=f"child_l or child_r or not (doubted_l or doubted_r or {_YOUNG})",
    levels=(
        Level(
            "doubted",
            "doubted_l or doubted_r",
            "What is said of one of them is graded low: a person has to look.",
        ),
        Level(
            "young",
            _YOUNG,
            "By the birth date that is given, one of them was a child then: a person has to look.",
        ),
        Level("trusted", OTHERWISE, "Neither is graded low."),
    ),
    decide=doubted_level,
    shown=lambda profile: "",
)
