"""Names in passing, as adults nobody knows are called: what is nobody's name, and which spellings may be of one name.

A nickname is heard and written down: TAZ, TAZZ and TAZZA may be one. A form is the bones of it as English nicknames are
made, with its first vowel: doubled letters once, one letter for one sound, and the endings that come and go taken off
(-y, -ie, -a, -o, -er, -s). It finds and compares; alone it never joins anybody. Features are what a description says that
hardly anybody else has; a closed list, so that nobody is ever compared by sex, age, origin or colour of skin.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import product

from heed.core.identity.nicknames import all_names, families_of, is_a_name
from heed.core.records.keys import plain

_PLACEHOLDERS = """UNKNOWN UNKN UNK UNIDENTIFIED UNNAMED UNCONFIRMED NOT KNOWN NK NA NONE NO NAME NAMES TBC TBA ANON
    ANONYMOUS REDACTED SUSPECT OFFENDER PERPETRATOR PERP NOMINAL SUBJECT PERSON PEOPLE INDIVIDUAL SOMEONE SOMEBODY PARTY
    HIM HER HE SHE THEM"""
_RELATIONS = """BOYFRIEND BF GIRLFRIEND GF FRIEND MATE PAL PARTNER EX HUSBAND WIFE DAD DADDY FATHER STEPDAD STEPFATHER MUM
    MUMMY MOTHER STEPMUM NAN GRAN GRANDMA GRANDAD GRANDFATHER BRO BRUV BROTHER SISTER SON UNCLE AUNT AUNTY AUNTIE COUSIN
    NEIGHBOUR LANDLORD OWNER SHOPKEEPER DRIVER TAXI CAB MINICAB DELIVERY DEALER SUPPLIER BOSS MANAGER CUSTOMER WORKER
    COLLEAGUE ASSOCIATE"""
_DESCRIPTIONS = """ADULT MALE MALES FEMALE FEMALES MAN MEN WOMAN WOMEN BOY GIRL LAD GUY BLOKE GENT LADY ELDERLY OLDER
    YOUNGER OLD YOUNG BIG LITTLE LIL TALL SHORT SMALL LARGE FAT THIN SLIM STOCKY BALD BEARDED TEENAGE"""
_ORIGINS = """WHITE BLACK ASIAN BROWN MIXED RACE SOUTH EAST EASTERN WESTERN EUROPEAN AFRICAN CARIBBEAN ARAB CHINESE INDIAN
    PAKISTANI BANGLADESHI BENGALI SOMALI ERITREAN NIGERIAN GHANAIAN JAMAICAN AFGHAN IRAQI IRANIAN SYRIAN TURKISH KURDISH
    ALBANIAN POLISH ROMANIAN BULGARIAN LITHUANIAN LATVIAN CZECH SLOVAK HUNGARIAN RUSSIAN UKRAINIAN PORTUGUESE SPANISH
    ITALIAN FRENCH GERMAN GREEK VIETNAMESE FILIPINO ENGLISH IRISH SCOTTISH WELSH BRITISH FOREIGN TRAVELLER GYPSY ROMA
    MUSLIM CHRISTIAN JEWISH SIKH HINDU"""
_JOINING = "A AN THE OF FROM WITH AND HIS HERS THEIR MY MR MISTER MRS MISS MS SIR NUMBER NO"
ORIGINS = frozenset(_ORIGINS.split())
"""Words for where somebody comes from or what they believe: nobody is compared by them, in a name in passing neither."""
_SAID = frozenset(" ".join((_PLACEHOLDERS, _RELATIONS, _DESCRIPTIONS, _JOINING)).split())
NOBODY = frozenset({*_SAID, *(f"{word}S" for word in _RELATIONS.split()), *ORIGINS})
"""Words for a name that is not known, for what somebody is to a child, and for how somebody looks. What is made of them
alone ('Unknown male 2', 'Mum's boyfriend', 'Tall man') is nobody's name: of two such mentions nothing is known but that
there was somebody."""
COUNTED = re.compile(r"[A-Z]?\d+|[A-Z]|IC\d")
"""A number or a letter, as writers tell apart those whose names they do not know."""
NO_NAMES = frozenset(
    {
        "UNKNOWN", "UNKN", "UNK", "UNNAMED", "UNIDENTIFIED", "NOT KNOWN", "NOT GIVEN", "NOT STATED", "NK", "N K", "N A",
        "NO NAME", "TBC", "ANON", "ANONYMOUS", "REDACTED", "UNBORN", "UNKNOWN MALE", "UNKNOWN FEMALE", "X", "XX", "XXX",
    }
)  # fmt: skip
"""What is written for a given name or a family name that is not known."""
STANDING_IN = frozenset({"MALE", "FEMALE", "ADULT", "CHILD", "PERSON", "MAN", "WOMAN", "BOY", "GIRL", "BABY"})
"""Written for a family name beside a given name that is not known; beside any other it is one."""
TITLES = frozenset({"UNCLE", "AUNTIE", "AUNTY", "MR", "MISTER", "MRS", "MISS", "DJ", *ORIGINS})
"""Words before a name in passing that come and go."""
EPITHETS = {"BIG": 0, "LITTLE": 0, "LIL": 0, "OLD": 1, "YOUNG": 1}
"""Words that tell two of one name apart, each with what it speaks of. They come and go too, but Big Dave is not Little
Dave."""
TOLD_APART = (("BIG", "LITTLE"), ("OLD", "YOUNG"))
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
    return _bones(_read(alias)[0])


@lru_cache(maxsize=1 << 16)
def spellings_of(alias: str) -> frozenset[str]:
    """What two names in passing have one of in common where they may be spellings of one: the form, for each family of
    names it may belong to, and with what tells two of one name apart. A name of the list is no spelling of another
    (PAUL, PAULA), and BIG DAVE none of LITTLE DAVE; DAVE may be either, and DAVEY any name of his form."""
    form = form_of(alias)
    if not form or not alias.isascii():
        return frozenset({form} if form else ())
    word, said = _read(alias)
    heads = families_of(word) if is_a_name(word) else (*_named_so().get(form, ()), "")
    epithets = ([said[of]] if of in said else choices for of, choices in enumerate(TOLD_APART))
    return frozenset("|".join((form, *of)) for of in product(heads, *epithets))


def _read(alias: str) -> tuple[str, dict[int, str]]:
    """A plain name in passing in one word without what comes and goes, and what tells it apart from another."""
    words, said = plain(alias).split(), {}
    while len(words) > 1 and (words[0] in TITLES or words[0] in EPITHETS):
        if words[0] in EPITHETS:
            said[EPITHETS[words[0]]] = "LITTLE" if words[0] == "LIL" else words[0]
        words = words[1:]
    return "".join(words), said


def _bones(word: str) -> str:
    for spelt, sound in LETTERS:
        word = word.replace(spelt, sound)
    word = re.sub(r"(.)\1+", r"\1", word)
    return (word[:KEPT] + ENDINGS.sub("", word[KEPT:])).upper()


@cache
def _named_so() -> Mapping[str, tuple[str, ...]]:
    """Of each form the families of names whose names have it."""
    found: dict[str, set[str]] = {}
    for name in all_names():
        found.setdefault(_bones(name), set()).update(families_of(name))
    return {form: tuple(sorted(heads)) for form, heads in found.items()}


def is_somebody(alias: str) -> bool:
    """Whether a plain upper-case name in passing can be anybody's name."""
    return any(word not in NOBODY and not COUNTED.fullmatch(word) for word in alias.split())


def names_told(given: str | None, family: str | None) -> tuple[str | None, str | None]:
    """A plain given name and family name, without what only says that one is not known."""
    if given in NO_NAMES:
        return None, None if family in NO_NAMES | STANDING_IN else family
    return given, None if family in NO_NAMES else family


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
