"""Who is compared with whom: keys two sources must share one of before they are weighed.

A person taken for a child is found by several weaker keys. Everybody else (a person of concern, a relative)
only by a number, by full name and full date of birth, or by a nickname, however it is spelt, with what they were named
with: a vehicle or a part of its plate, a telephone, a place, a feature, one and the same child; and by the nickname alone
where it is rare in this house, never to be joined by it. A profile without a key is
unlinkable: it stays a person of its own, and is counted, never silently merged.
"""

from collections.abc import Iterator
from hashlib import blake2b

from heed.core.identity.nicknames import families_of
from heed.core.identity.profile import Profile

PREFIX = 3
"""Letters of each name in the key that survives a slip of spelling."""


def keys_of(profile: Profile) -> tuple[str, ...]:
    """The keys of a profile, sorted, in words: `name|CARTER|ELIZABETH`. Empty: unlinkable."""
    keys = set(_strong(profile))
    if profile.child:
        keys.update(_by_names(profile))
        keys.update(_by_day(profile))
        keys.update(_by_postcode(profile))
        keys.update(_by_sound(profile))
        keys.update(_by_company(profile))
        keys.update(_by_half_a_number(profile))
    else:
        keys.update(_by_alias(profile))
    return tuple(sorted(keys))


def hashed(key: str) -> str:
    """A key as it is stored: 32 hexadecimal characters, so that no name stands in an index."""
    return blake2b(key.encode(), digest_size=16).hexdigest()


def _strong(profile: Profile) -> Iterator[str]:
    for scheme, value in profile.numbers:
        yield f"number|{scheme}|{value}"
    for family in profile.family:
        for given in _first_names(profile):
            for day in profile.days:
                yield f"full|{'|'.join(sorted((family, given)))}|{day}"


def _by_names(profile: Profile) -> Iterator[str]:
    """Both names in either order (they get swapped), and their beginnings with the year of birth."""
    years = {born[:4] for born in profile.born}
    for family in profile.family:
        for given in _roots(profile):
            yield "name|" + "|".join(sorted((family, given)))
    for family in profile.family:
        for given in _first_names(profile):
            for year in years:
                yield f"begin|{family[:PREFIX]}|{given[:PREFIX]}|{year}"


def _by_day(profile: Profile) -> Iterator[str]:
    for day in profile.days:
        for name in (*profile.family, *_roots(profile)):
            yield f"day|{day}|{name}"
        for postcode in profile.postcodes:
            yield f"day|{day}|{postcode}"


def _by_postcode(profile: Profile) -> Iterator[str]:
    for postcode in profile.postcodes:
        for given in _roots(profile):
            yield f"home|{postcode}|{given}"


def _by_alias(profile: Profile) -> Iterator[str]:
    """A name in passing with what the person was seen with."""
    for alias in profile.alias_forms:
        for thing in profile.things:
            yield f"known|{alias}|{thing.replace(':', '|')}"


def _by_sound(profile: Profile) -> Iterator[str]:
    """Both names as they sound, in either order: for names heard and written down, without a birth date."""
    if profile.sound_given and profile.sound_family:
        yield "sound|" + "|".join(sorted((profile.sound_given, profile.sound_family)))


def _by_half_a_number(profile: Profile) -> Iterator[str]:
    """Half a number of a scheme without a check digit, with the beginning of a name: a slip that no check tells."""
    for half in profile.halves:
        for beginning in {name[:PREFIX] for name in (*profile.family, *_first_names(profile))}:
            yield f"half|{half}|{beginning}"


def _by_company(profile: Profile) -> Iterator[str]:
    """A given name beside one and the same other person: the only key of a child of whom no more is said."""
    for other in profile.company:
        for given in _roots(profile):
            yield f"with|{other}|{given}"


def _first_names(profile: Profile) -> list[str]:
    return sorted({name.split()[0] for name in profile.given})


def _roots(profile: Profile) -> list[str]:
    """Given names and aliases, each as the families of names they belong to: Liz is found as Elizabeth."""
    names = {name.split()[0] for name in (*profile.given, *profile.aliases)}
    return sorted({root for name in names for root in families_of(name)})
