"""Names in passing, as adults nobody knows are called: what is nobody's name, and which spellings may be of one name.

A nickname is heard and written down: TAZ, TAZZ and TAZZA may be one. A form is the bones of it as English nicknames are
made, with its first vowel: doubled letters once, one letter for one sound, and the endings that come and go taken off
(-y, -ie, -a, -o, -er, -s). It finds and compares; alone it never joins anybody. Features are what a description says that
hardly anybody else has; a closed list, so that nobody is ever compared by sex, age, origin or colour of skin.
"""

import re
from functools import lru_cache

from heed.core.records.keys import plain

NOBODY = frozenset(
    """UNKNOWN|UNKNOWN MALE|UNKNOWN FEMALE|UNKNOWN ADULT|UNKNOWN MAN|UNKNOWN WOMAN|UNNAMED|NOT KNOWN|N A|NK|NONE|NO NAME
    |ADULT|ADULT MALE|ADULT FEMALE|MALE|FEMALE|MAN|WOMAN|OLDER MAN|OLDER MALE|OLDER BOY|A MAN|HIM|HER|SOMEONE|SOMEBODY
    |BOYFRIEND|BF|GIRLFRIEND|FRIEND|A FRIEND|MATE|DRIVER|TAXI DRIVER|DEALER|BOSS|BRO|BRUV|UNCLE|AUNTY|COUSIN|DAD|STEPDAD
    |BROTHER|OWNER|SHOPKEEPER|NEIGHBOUR|LANDLORD|PARTNER|EX""".replace("\n", "")
    .replace(" |", "|")
    .split("|")
)
"""What is written where a name is not known, and words for what somebody is to a child: nobody's name."""
TITLES = frozenset(
    {"UNCLE", "AUNTIE", "AUNTY", "BIG", "LITTLE", "LIL", "OLD", "YOUNG", "MR", "MISTER", "MRS", "MISS", "DJ"}
)
"""Words before a name in passing that come and go."""
ENDINGS = re.compile(r"(?:[EO]R|[AEIOUS])+$")
KEPT = 3
"""Letters of a form that no ending is taken from."""
LETTERS = (
    ("TCH", "c"), ("CH", "c"), ("PH", "F"), ("CK", "K"), ("QU", "K"), ("X", "KS"), ("Z", "S"), ("C", "K"), ("Q", "K"),
    ("EE", "I"), ("IE", "I"), ("OO", "U"), ("EW", "U"), ("Y", "I"),
)  # fmt: skip
"""Spellings of one sound within a nickname, read in this order; `c` is CH."""

FEATURES = {
    "scar": "SCAR SCARRED SCARRING",
    "tattoo": "TATTOO TATTOOS TATTOOED TATOO TAT TATS",
    "tooth": "TOOTH TEETH TOOTHLESS",
    "limp": "LIMP LIMPS LIMPING",
    "stick": "CRUTCH CRUTCHES CANE WHEELCHAIR",
    "stammer": "STAMMER STAMMERS STUTTER STUTTERS",
    "finger": "FINGER FINGERS",
    "eye": "PATCH SQUINT",
    "piercing": "PIERCING PIERCED PIERCINGS",
}
"""Kinds of features, each with the words for it."""
WHERE = frozenset(
    {
        "FACE", "CHEEK", "CHIN", "EYEBROW", "FOREHEAD", "LIP", "NOSE", "EAR", "NECK", "THROAT", "ARM", "FOREARM", "WRIST",
        "HAND", "KNUCKLES", "CHEST", "LEG", "CALF", "FRONT", "GOLD", "SILVER", "MISSING", "BROKEN", "LEFT", "RIGHT",
        "LOWER", "UPPER",
    }
)  # fmt: skip
"""Where a feature is, or what of it: without such a word it is one that many have."""
NEAR = 4
"""Words between a feature and where it is, at most."""


@lru_cache(maxsize=1 << 16)
def form_of(alias: str) -> str:
    """The form of one plain upper-case name in passing: 'TAZZA' and 'TAZ' TAS, 'UNCLE MITCHY' MIC. A name in another
    script stays as it is; empty for nobody's name."""
    if not alias.isascii():
        return alias
    words = plain(alias).split()
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    word = "".join(words)
    for spelt, sound in LETTERS:
        word = word.replace(spelt, sound)
    word = re.sub(r"(.)\1+", r"\1", word)
    return (word[:KEPT] + ENDINGS.sub("", word[KEPT:])).upper()


def is_somebody(alias: str) -> bool:
    """Whether a plain upper-case name in passing can be anybody's name."""
    return bool(alias) and alias not in NOBODY


def features_in(description: str) -> frozenset[str]:
    """The features of a description, each with where it is: 'long scar on his left cheek' {'scar cheek left'}. Whatever
    else a description says is read by nothing."""
    words = plain(description).split()
    found = set()
    for place, word in enumerate(words):
        around = set(words[max(0, place - NEAR) : place + NEAR + 1]) & WHERE
        for feature, spelt in FEATURES.items():
            if word in spelt.split() and around:
                found.add(" ".join((feature, *sorted(around))).lower())
    return frozenset(found)
