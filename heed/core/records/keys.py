"""Normalised keys of things and names: computed for comparing, while the raw words are kept.

Sources: Ofcom numbering plan through phonenumbers (possible, not valid: reserved drama numbers stay),
DVLA registration formats, Royal Mail postcodes, ZZ99 pseudo postcodes of the NHS.
"""

import re
import unicodedata

import phonenumbers

from heed.core.records.kinds import ThingKind
from heed.core.records.record import Thing

_WORDS = re.compile(r"[^A-Z0-9]+")


def plain(text: str) -> str:
    """Upper case, accents off, punctuation to single spaces: 'Siân O'Neill' becomes 'SIAN O NEILL'."""
    letters = unicodedata.normalize("NFKD", text.upper())
    return _WORDS.sub(" ", "".join(c for c in letters if not unicodedata.combining(c))).strip()


def squeezed(text: str) -> str:
    """Upper case letters and digits only: 'zz51 abc' becomes 'ZZ51ABC'."""
    return plain(text).replace(" ", "")


def phone_key(number: str) -> str | None:
    """E.164 of a number read as British unless it says otherwise; None when it cannot be a number."""
    try:
        parsed = phonenumbers.parse(number, "GB")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def place_key(address: str | None, postcode: str | None, name: str | None) -> str | None:
    """POSTCODE|FIRST LINE, or the name where no address was given; None for an empty place."""
    where = plain((address or "").split(",")[0]) or plain(name or "")
    code = squeezed(postcode or "")
    return f"{code}|{where}" if code or where else None


def thing_key(thing: Thing) -> str | None:
    """The key two records must share to speak of the same thing; None when nothing identifies it."""
    match thing.kind:
        case ThingKind.PLACE | ThingKind.PREMISES:
            return place_key(thing.address, thing.postcode, thing.name)
        case ThingKind.VEHICLE:
            return squeezed(thing.vrm or "") or None
        case ThingKind.PHONE:
            return phone_key(thing.number or "")
        case ThingKind.ACCOUNT:
            handle = (thing.handle or "").strip().lower()
            return f"{plain(thing.service or '')}|{handle}" if handle else None


def thing_label(thing: Thing) -> str:
    """The words a reader sees for a thing."""
    spoken = (thing.name, thing.address, thing.vrm, thing.number, thing.handle, thing.description)
    return next((words for words in spoken if words), str(thing.kind))


def alias_key(alias: str) -> str | None:
    """The key of a name in passing: 'Taz' and 'TAZ ' are one."""
    return plain(alias) or None
