"""The key by which two ways of writing the same place or name meet: looser than the key a reader is shown.

Rules, not statistics: the postcode with the numbers of the first line (so "12 Mill St" and "Flat 2, 12 Mill
Street" with its own number meet or stay apart by their numbers), or the words with street words written out.
"""

import re

from heed.core.records.keys import plain, squeezed

_NUMBER = re.compile(r"\d+[A-Z]?\b")
_STREET = {
    "ST": "STREET", "STR": "STREET", "RD": "ROAD", "LN": "LANE", "CL": "CLOSE", "AV": "AVENUE", "AVE": "AVENUE",
    "TERR": "TERRACE", "TER": "TERRACE", "GDNS": "GARDENS", "CRES": "CRESCENT", "CRESC": "CRESCENT", "DR": "DRIVE",
    "CT": "COURT", "PL": "PLACE", "SQ": "SQUARE", "PK": "PARK", "GRV": "GROVE", "GR": "GROVE", "HSE": "HOUSE",
}  # fmt: skip
_SAID_ANYWHERE = frozenset(
    [
        "HOME",
        "FLAT",
        "HOUSE",
        "STREET",
        "TOWN",
        "TOWN CENTRE",
        "PARK",
        "THE PARK",
        "SHOP",
        "CAR PARK",
        "UNKNOWN",
        "NOT KNOWN",
        "FRIENDS HOUSE",
        "FRIEND S HOUSE",
        "ADDRESS",
        "ADDRESS UNKNOWN",
        "NFA",
        "NO FIXED ABODE",
        "CITY CENTRE",
        "SCHOOL",
        "HOSPITAL",
        "HOTEL",
        "STATION",
        "POLICE STATION",
    ]
)
"""Names that name no one place."""


def place_match(address: str | None, postcode: str | None, name: str | None) -> str | None:
    """POSTCODE|NUMBERS where both are given, else POSTCODE|WORDS, else |WORDS; None where nothing tells places apart."""
    code = squeezed(postcode or "")
    line = _words(address or "")
    if code and line:
        return f"{code}|{' '.join(_NUMBER.findall(line)) or line}"
    words = line or _words(name or "")
    if not words or words in _SAID_ANYWHERE:
        return f"{code}|" if code else None
    return f"{code}|{words}"


def alias_match(alias: str) -> str | None:
    """The name without titles and doubled letters: 'Tazz' and 'Uncle Taz' stay two, 'TAZZ' and 'Taz' meet."""
    words = re.sub(r"(.)\1+", r"\1", plain(alias))
    return words or None


def _words(text: str) -> str:
    """Upper case words of an address, street words written out; what follows the town comma is left to the postcode."""
    parts = [part for part in text.split(",") if part.strip()]
    kept = parts[:2] if parts and not re.search(r"[A-Za-z]{3,}.*[A-Za-z]{3,}", parts[0]) else parts[:1]
    return " ".join(_STREET.get(word, word) for word in plain(" ".join(kept)).split())
