"""A third county, by yet another hand: registers that were typed, scanned and carried over from older ones.

Names of many languages made of syllables, so that no list has them, and given twice over where two languages write them
otherwise; full cards rather than bare names, and other mistakes than elsewhere: letters that a scanner takes for others,
day and month changed over, the last digit of a year lost, one half of a double name dropped, the address before the last,
postcodes forgotten, numbers missing or somebody else's, twins and cousins of one name. Nothing was ever fitted on it.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from tests.linkage_other.people import nhs_of

type Document = dict[str, Any]
HEADS, TAILS, KIN = (
    part.split() for part in (Path(__file__).parent / "syllables.txt").read_text().split("\n\n")
)
ENDS = ("", "", "", "-Lund", "-Mensah", "-Ruiz", " Bello", " Hassan")
TWO_WAYS = (
    ("dz", "j"),
    ("kh", "h"),
    ("sh", "ch"),
    ("iy", "i"),
    ("ou", "u"),
    ("x", "ks"),
    ("q", "k"),
    ("v", "w"),
)
SCANNED = (("rn", "m"), ("l", "i"), ("h", "b"), ("a", "o"), ("u", "v"), ("e", "c"), ("n", "r"))
OFFICES = {
    "registry": (0.97, 0.5, 0.9),
    "surgery": (0.98, 0.85, 0.75),
    "nursery": (0.9, 0.1, 0.6),
    "patrol": (0.6, 0.0, 0.4),
}
"""How often an office has a birth date, a number, an address."""


def county(size: int, seed: int) -> tuple[list[Document], dict[str, str]]:
    """Documents in the order they were recorded, and source to true person."""
    chance, documents, truth = Random(f"registers {seed}"), [], {}
    for child in _children(size, chance):
        for office in chance.sample(sorted(OFFICES), chance.choice((1, 2, 2, 3, 4))):
            card = _card(child, office, chance)
            day = child["born"] + timedelta(days=chance.randrange(365 * 3, 365 * 16))
            ref = f"{office[0].upper()}{len(documents)}"
            truth[f"{office} {card['ref']}"] = f"r{child['number']}"
            documents.append({"v": 1, "agency": office, "ref": ref, "kind": "contact", "happened_from": str(day),
                              "recorded_at": f"{day}T09:00:00+00:00", "people": [card]})  # fmt: skip
    documents.sort(key=lambda one: (one["recorded_at"], one["ref"]))
    return documents, truth


def _children(size: int, chance: Random) -> Iterator[dict[str, Any]]:
    """Families of one to four, one birth in thirty of twins, a fifth of whom are called one letter apart."""
    number = 0
    while number < size:
        family, homes = _family(chance), [_home(chance) for _ in range(3)]
        born, twin = date(1998, 1, 1) + timedelta(days=chance.randrange(365 * 10)), None
        for _ in range(chance.choice((1, 1, 2, 3, 4))):
            near = twin is not None and chance.random() < 0.2
            given = _one_letter(str(twin), chance) if near else _given(chance)
            yield {"number": number, "given": given, "family": family, "born": born, "homes": homes,
                   "nhs": nhs_of(number * 41 + 7)}  # fmt: skip
            number, again = number + 1, chance.random() < 0.033
            twin = given if again else None
            born += timedelta(days=0 if again else 280 + chance.randrange(1400))


def _given(chance: Random) -> str:
    return chance.choice(HEADS) + "".join(chance.sample(TAILS, chance.choice((1, 1, 2))))


def _family(chance: Random) -> str:
    name = (
        chance.choice(KIN)
        if chance.random() < 0.6
        else _given(chance) + chance.choice(("ev", "oglu", "sen", "ez"))
    )
    return name + chance.choice(ENDS)


def _home(chance: Random) -> tuple[str, str]:
    code = f"ZZ{chance.randrange(1, 10)} {chance.randrange(1, 10)}{chance.choice('ABDEF')}{chance.choice('GHJLN')}"
    return f"{chance.randrange(1, 200)} {chance.choice(KIN)} Street", code


def _card(child: dict[str, Any], office: str, chance: Random) -> Document:
    given, family = child["given"], child["family"]
    dates, numbers, addresses = OFFICES[office]
    if chance.random() < 0.1:
        given = given[: chance.choice((3, 4))]
    if chance.random() < 0.12:
        given = _otherwise(given, TWO_WAYS, chance)
    if chance.random() < 0.08:
        given, family = (_otherwise(name, SCANNED, chance) for name in (given, family))
    if chance.random() < 0.3:
        family = chance.choice(family.replace("-", " ").split())
    if chance.random() < 0.02:
        given, family = family, given
    card: Document = {
        "part": "child",
        "ref": f"{office[0]}{child['number']}",
        "given_names": given,
        "family_name": family,
    }
    if chance.random() < dates:
        card["born"] = _day(child["born"], chance)
    if chance.random() < numbers:
        card["ids"] = {
            "nhs": child["nhs"] if chance.random() < 0.98 else nhs_of(chance.randrange(9000) * 43 + 3)
        }
    if chance.random() < addresses:
        line, code = child["homes"][chance.choice((0, 0, 0, 0, 1, 2))]
        card |= {"address": line} | ({"postcode": code} if chance.random() < 0.8 else {})
    return card


def _otherwise(name: str, ways: tuple[tuple[str, str], ...], chance: Random) -> str:
    fits = [pair for pair in ways if pair[0] in name[1:]]
    if not fits:
        return name
    one, other = chance.choice(fits)
    return name[0] + name[1:].replace(one, other, 1)


def _one_letter(name: str, chance: Random) -> str:
    place = chance.randrange(1, len(name))
    return (
        name[:place]
        + chance.choice([letter for letter in "aeiorst" if letter != name[place]])
        + name[place + 1 :]
    )


def _day(born: date, chance: Random) -> str:
    how = chance.random()
    if how < 0.05 and born.day <= 12:
        return date(born.year, born.day, born.month).isoformat()
    if how < 0.09:
        return str(born.year)
    if how < 0.12:
        return f"{born.year}-{born.month:02}"
    if how < 0.14:
        return (born + timedelta(days=chance.choice((-10, -1, 1, 10)))).isoformat()
    return born.isoformat()
