"""Given names and family names: same, swapped, short forms, other names, spelling, sound, initials, changed surnames.

Spelling is compared by Levenshtein and by a sound key of our own, which every engine decides alike.
"""

from rapidfuzz.distance import Levenshtein

from heed.core.identity.comparisons.comparison import OTHERWISE, Comparison, Level
from heed.core.identity.comparisons.letters import another_letter, another_letter_sql, slipped, slipped_sql
from heed.core.identity.nicknames import is_a_name
from heed.core.identity.profile import Profile

SHORT = 3
"""Letters a short form has at least: GUR may be GURPREET, J may be anybody."""
TAIL = 4
"""Letters the end of a name has at least to stand for the whole: NIKA may be WERONIKA."""
SLIP = 4
"""Letters a name has at least before one wrong letter counts as a slip: ANA and INA are two names. A letter lost or
added is a slip from SHORT on: RUY is RUBY. Two given names that are both in the list of names are never a slip of one
another: HAYDEN and JAYDEN may be twins. Nor is a name with another letter in one place, wherever the two stand: AYLA and
AYRA may be twins too."""
LEFT_OUT = 2
"""Letters a short form leaves out at least: one letter more makes another name (JOE, JOEL), or is a slip."""
FEMININE = "A"
"""The letter that makes a sister's name of a brother's: DANIEL and DANIELA are no slip of one another either."""
BONES = 3
"""Sounds a name has at least before names of one sound count as close: ALI and ELLA are two names."""
VOWELS = "AEIOU"
SWAPPED = "given_l <> given_r and family_l <> family_r and (given_l = family_r or family_l = given_r)"


def _swapped(a: Profile, b: Profile) -> bool:
    """Whether the given name of one is the family name of the other, and they agree in nothing else: the second pair of
    names is as often spelt otherwise as any."""
    given, family = (a.usual_given, b.usual_given), (a.usual_family, b.usual_family)
    if None in given or None in family or given[0] == given[1] or family[0] == family[1]:
        return False
    return given[0] == family[1] or family[0] == given[1]


def shortened(left: str, right: str) -> bool:
    """Whether of two plain given names one is the beginning or the end of the other. Not of two that are both in the list
    of names, which holds the short forms of each: PAUL and PAULA, ANN and ANNABEL."""
    short, long = sorted((left, right), key=len)
    if len(long) - len(short) < LEFT_OUT or (is_a_name(left) and is_a_name(right)):
        return False
    return (len(short) >= SHORT and long.startswith(short)) or (len(short) >= TAIL and long.endswith(short))


def twins_names(left: str, right: str) -> bool:
    """Whether two given names a slip apart are as well the names of twins: another letter in one place, or a last A."""
    return another_letter(left, right) or left + FEMININE == right or right + FEMININE == left


def two_spellings(left: str, right: str) -> bool:
    """Whether two names of the list differ as the names of twins do: MIA and MYA by another letter in one place, MARI and
    MARIA by a last A, ANNA and HANNA by how they begin. A letter lost or added within
    (LILLY, LILY) or changed over (KIERA, KEIRA) is a slip, PETE and ELIZA's LIZA are pet forms."""
    if not (is_a_name(left) and is_a_name(right) and Levenshtein.distance(left, right, score_cutoff=1) == 1):
        return False
    short, long = sorted((left, right), key=len)
    return (
        len(short) == len(long) or short + FEMININE == long or (long[0] not in VOWELS and long[1:] == short)
    )


def _close(left: str, right: str, sounds: tuple[str | None, str | None]) -> bool:
    shortest = min(len(left), len(right))
    if (shortest >= SLIP or (shortest >= SHORT and len(left) != len(right))) and slipped(left, right):
        return True
    return sounds[0] == sounds[1] and len(sounds[0] or "") >= BONES


def _close_sql(name: str) -> str:
    left, right = f"{name}_l", f"{name}_r"
    shortest = f"least(length({left}), length({right}))"
    long_enough = f"({shortest} >= {SLIP} or ({shortest} >= {SHORT} and length({left}) <> length({right})))"
    return (
        f"({long_enough} and {slipped_sql(name)})"
        f" or (sound_{name}_l = sound_{name}_r and length(sound_{name}_l) >= {BONES})"
    )


def given_level(a: Profile, b: Profile) -> str | None:
    """How two given names agree; None when one is not known."""
    left, right = a.usual_given, b.usual_given
    if left is None or right is None:
        return None
    if left == right:
        return "same"
    if _swapped(a, b):
        return "swapped"
    if a.name_families & b.name_families and two_spellings(left, right):
        return "two_spellings"
    if a.name_families & b.name_families or shortened(left, right):
        return "short_form"
    if left in b.called or right in a.called:
        return "known_as"
    if _close(left, right, (a.sound_given, b.sound_given)) and not (a.given_is_a_name and b.given_is_a_name):
        return "another_letter" if twins_names(left, right) else "close"
    if 1 in (len(left), len(right)) and left[0] == right[0]:
        return "initial"
    return "different"


def family_level(a: Profile, b: Profile) -> str | None:
    """How two family names agree; None when one is not known."""
    left, right = a.usual_family, b.usual_family
    if left is None or right is None:
        return None
    if left == right:
        return "same"
    if _swapped(a, b):
        return "swapped"
    if set(a.family) & set(b.family):
        return "former"
    if a.family_parts & b.family_parts:
        return "part"
    if _close(left, right, (a.sound_family, b.sound_family)):
        return "close"
    return "different"


TWO_NAMES = "(given_is_a_name_l and given_is_a_name_r)"
ONE_FAMILY = "list_has_any(name_families_l, name_families_r)"
TWO_SPELLINGS = (
    "levenshtein(given_l, given_r) = 1 and (length(given_l) = length(given_r)"
    f" or given_l || '{FEMININE}' = given_r or given_r || '{FEMININE}' = given_l"
    f" or substring(given_l, 2) = given_r and strpos('{VOWELS}', given_l[1]) = 0"
    f" or substring(given_r, 2) = given_l and strpos('{VOWELS}', given_r[1]) = 0)"
)
CLOSE_GIVEN = f"({_close_sql('given')}) and not {TWO_NAMES}"
SHORTENED = (
    f"not {TWO_NAMES} and abs(length(given_l) - length(given_r)) >= {LEFT_OUT}"
    f" and (least(length(given_l), length(given_r)) >= {SHORT}"
    " and (starts_with(given_l, given_r) or starts_with(given_r, given_l))"
    f" or least(length(given_l), length(given_r)) >= {TAIL}"
    " and (ends_with(given_l, given_r) or ends_with(given_r, given_l)))"
)
TWINS_NAMES = f"({another_letter_sql('given')} or given_l || '{FEMININE}' = given_r or given_r || '{FEMININE}' = given_l)"


def _shown_given(profile: Profile) -> str:
    return (profile.given[0] if profile.given else "").title()


def _shown_family(profile: Profile) -> str:
    return (profile.usual_family or "").title()


GIVEN = Comparison(
    name="given",
    title="Given name",
    unknown="given_l is null or given_r is null",
    levels=(
        Level("same", "given_l = given_r", "The given name is the same: {left}."),
        Level("swapped", SWAPPED, "Given name and family name stand in each other's place."),
        Level(
            "two_spellings",
            f"{ONE_FAMILY} and {TWO_NAMES} and {TWO_SPELLINGS}",
            "{left} and {right}: one name in two spellings, or the names of twins.",
        ),
        Level(
            "short_form",
            f"{ONE_FAMILY} or ({SHORTENED})",
            "{left} and {right} are forms of one name.",
        ),
        Level(
            "known_as",
            "list_contains(called_r, given_l) or list_contains(called_l, given_r)",
            "{left} and {right}: one is also recorded under the name the other gives.",
        ),
        Level(
            "another_letter",
            f"{TWINS_NAMES} and {CLOSE_GIVEN}",
            "{left} and {right} differ by one letter: a slip, or the names of twins.",
        ),
        Level(
            "close",
            CLOSE_GIVEN,
            "{left} and {right} differ as a slip of spelling would.",
        ),
        Level(
            "initial",
            "(length(given_l) = 1 or length(given_r) = 1) and given_l[1] = given_r[1]",
            "{left} and {right}: only an initial is known, and it fits.",
        ),
        Level("different", OTHERWISE, "{left} and {right} are different given names."),
    ),
    decide=given_level,
    shown=_shown_given,
    frequency_of=lambda profile: profile.usual_given,
)

FAMILY = Comparison(
    name="family",
    title="Family name",
    unknown="family_l is null or family_r is null",
    levels=(
        Level("same", "family_l = family_r", "The family name is the same: {left}."),
        Level("swapped", SWAPPED, "Given name and family name stand in each other's place."),
        Level(
            "former",
            "list_has_any(families_l, families_r)",
            "{left} and {right}: one agency has also recorded the other's family name.",
        ),
        Level(
            "part",
            "list_has_any(family_parts_l, family_parts_r)",
            "{left} and {right} share a part, as after a change of family name.",
        ),
        Level(
            "close",
            _close_sql("family"),
            "{left} and {right} differ as a slip of spelling would.",
        ),
        Level("different", OTHERWISE, "{left} and {right} are different family names."),
    ),
    decide=family_level,
    shown=_shown_family,
    frequency_of=lambda profile: profile.usual_family,
    household=True,
)
