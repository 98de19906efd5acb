"""What things are called in records: the right way, and the ways a hurried hand writes them."""

from typing import Any

from synthetic.chance import Chance, stream

STREETS = (
    "Mill",
    "Orchard",
    "Station",
    "Church",
    "Canal",
    "Quarry",
    "Meadow",
    "Castle",
    "Bridge",
    "Chapel",
    "Market",
    "Park",
)
ENDINGS = (("Street", "St"), ("Road", "Rd"), ("Lane", "Ln"), ("Close", "Cl"), ("Avenue", "Ave"))
SOUNDS = ("ta", "zo", "ri", "ke", "mu", "bo", "da", "li", "sha", "ve", "no", "ja")
ALIASES, VEHICLES, PHONES = (
    ("alias", "known as"),
    ("vehicle", "family car", "taxi"),
    ("phone", "friend phone"),
)


def document_of(
    thing: tuple[str, int], document: dict[str, Any], seed: int, badly: bool, chance: Chance
) -> None:
    """Write a thing into a record."""
    kind, number = thing
    own = stream(seed, f"thing/{kind}/{number}")
    if kind in ALIASES:
        name = "".join(own.choice(SOUNDS) for _ in range(3)).title()
        written = name + name[-1] if badly else name
        document["people"].append({"part": "person_of_concern", "also_known_as": [written]})
    elif kind in VEHICLES:
        letters = "ABCDEFGHJKLMNPRSTVWXY"
        vrm = f"{own.choice(letters)}{own.choice(letters)}{own.randrange(51, 75)} {''.join(own.choices(letters, k=3))}"
        document["things"].append(
            {"kind": "vehicle", "part": "seen_in", "vrm": _misread(vrm, chance) if badly else vrm}
        )
    elif kind in PHONES:
        digits = f"07700{own.randrange(900_000, 999_999)}"
        document["things"].append(
            {"kind": "phone", "part": "called_by", "number": f"+44{digits[1:]}" if badly else digits}
        )
    else:
        document["things"].append(_place(own, document["kind"], badly, chance))


def settled(home: str) -> str:
    """The address of a household or children's home."""
    word, _, number = home.partition(" ")
    return f"{number} {'Dwelling' if word == 'house' else 'Placement'} Row"


def _place(own: Chance, record: str, badly: bool, chance: Chance) -> dict[str, Any]:
    (long, short), word = own.choice(ENDINGS), own.choice(STREETS)
    number = own.randrange(1, 200)
    code = f"ZZ{own.randrange(1, 9)} {own.randrange(1, 10)}{own.choice('ABDEFGHJ')}{own.choice('LNPQRSTU')}"
    lat, lon = 51.7 + own.random() * 0.12, -1.3 + own.random() * 0.18
    place = {
        "kind": "place", "part": "found_at" if record == "missing" else "seen_at", "address": f"{number} {word} {long}",
        "postcode": code, "lat": round(lat, 5), "lon": round(lon, 5),
    }  # fmt: skip
    if badly:
        ways = (
            {"address": f"{number} {word} {short}"},
            {
                "address": f"{number} {word[:-2]}{word[-1]}{word[-2]} {long}",
                "postcode": code.lower().replace(" ", ""),
            },
            {"postcode": ""},
        )
        place |= chance.choice(ways)
    return {key: value for key, value in place.items() if value != ""}


def _misread(vrm: str, chance: Chance) -> str:
    """A letter taken for another, or only the last five characters noted."""
    if chance.happens(0.4):
        return vrm[3:] if chance.happens(0.5) else vrm[:4]
    at = chance.choice((0, 1, 5, 6, 7))
    return vrm[:at] + {"B": "R", "D": "P", "M": "N", "V": "Y", "E": "F"}.get(vrm[at], "H") + vrm[at + 1 :]
