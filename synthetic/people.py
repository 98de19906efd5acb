"""A county's people in agencies' files, as many as are asked for, streamed: what a linker is tried on at scale.

The same names, numbers, habits and mistakes as the fictional county, without its records: each file is one entry of
`people` of a record, and who it truly is. Households of brothers, sisters and twins; children who move and whose
family name changes; agencies that hold an old address, a short form, half a date of birth, a wrong number, or a
second card. The files of one street are made together, and come shuffled a portion at a time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import batched

from synthetic.chance import Chance, stream
from synthetic.entry import Document
from synthetic.habits import HABITS
from synthetic.index_cards import REF_STYLES
from synthetic.mistakes import born_partly, born_swapped, misspelt
from synthetic.names import Background, family_name, given_name, nicknames
from synthetic.numbers import upn, wrong_digits, wrong_letter
from synthetic.streets import Streets, checked_nhs_numbers

KNOWN = {"school": 0.93, "health": 0.85, "social_care": 0.5, "police": 0.45, "voluntary": 0.25, "home": 0.08}
"""Share of the children who come to notice of whom each agency keeps a file."""
IN_PASSING = 0.25
"""Share of children who are also named in passing in some other child's record: no reference, half a name."""
CHILDREN_AT_HOME = (1, 1, 1, 1, 2, 2, 2, 3, 3, 4)
TWINS, NEW_SURNAME, ANOTHER_SURNAME = 0.03, 0.05, 0.08
"""Of births after the first in a household; of children; of brothers and sisters."""
MOVES = (0, 0, 0, 0, 0, 1, 1, 1, 2, 3)
CARELESS = 0.3
"""Share of the files made after a move that still hold an earlier address."""
FIRST_BIRTH, BIRTH_DAYS = date(1994, 1, 1), 18 * 365
A_PORTION = 20_000


@dataclass(slots=True)
class File:
    """One person as one agency's files know them: what it says, and who it truly is."""

    agency: str
    ref: str
    person: int
    body: Document


@dataclass(slots=True)
class Known:
    """A child, as true as the world is."""

    number: int
    given: str
    family: str
    former: str | None
    born: date
    nhs: str
    upn: str
    nickname: str | None
    lived: list[tuple[str, str]]


def people(files: int, seed: int) -> Iterator[File]:
    """So many files, and who each truly is; the same for the same number and seed. Brothers and sisters, and one
    child's files, come near one another, in no order within a portion."""
    made = _files(files, seed)
    mixing = stream(seed, "people/order")
    for portion in batched(made, A_PORTION):
        mixed = list(portion)
        mixing.shuffle(mixed)
        yield from mixed


def _files(files: int, seed: int) -> Iterator[File]:
    chance, left = stream(seed, "people/files"), files
    counts = dict.fromkeys(REF_STYLES, 1000)
    for child in _children(files, seed):
        for made in _of(child, counts, chance):
            if not left:
                return
            left -= 1
            yield made


def _children(files: int, seed: int) -> Iterator[Known]:
    chance, streets = stream(seed, "people/children"), Streets(files, stream(seed, "people/streets"))
    numbers, number = checked_nhs_numbers(), 0
    nicks, places = nicknames(), max(34, files // 300)
    entered: dict[tuple[int, int], int] = {}
    while True:
        background, family = family_name(chance)
        lived = [streets.address() for _ in range(1 + chance.choice(MOVES))]
        school, born, taken = chance.randrange(places), _birth(chance), set()
        for order in range(chance.choice(CHILDREN_AT_HOME)):
            if order and not chance.happens(TWINS):
                born += timedelta(days=300 + chance.randrange(1500))
            given = _given(background, taken, chance)
            entry = (school, born.year + 5)
            entered[entry] = entered.get(entry, 0) + 1
            yield Known(
                number=number,
                given=given,
                family=family_name(chance)[1] if order and chance.happens(ANOTHER_SURNAME) else family,
                former=family_name(chance)[1] if chance.happens(NEW_SURNAME) else None,
                born=born,
                nhs=next(numbers),
                upn=upn(school, entry[1], entered[entry]),
                nickname=chance.choice(nicks[given]) if given in nicks else None,
                lived=lived,
            )
            number += 1


def _birth(chance: Chance) -> date:
    return FIRST_BIRTH + timedelta(days=chance.randrange(BIRTH_DAYS))


def _given(background: Background, taken: set[str], chance: Chance) -> str:
    """A first name no brother or sister has."""
    while True:
        given = given_name(background, chance.choice("FM"), chance)
        if given not in taken:
            taken.add(given)
            return given


def _of(child: Known, counts: dict[str, int], chance: Chance) -> Iterator[File]:
    """Every file kept of a child."""
    for agency, share in KNOWN.items():
        if not chance.happens(share):
            continue
        for _ in range(1 + chance.happens(3 * HABITS[agency]["again"])):
            counts[agency] += 1
            ref = REF_STYLES[agency].format(counts[agency])
            yield File(agency, ref, child.number, _card(child, HABITS[agency], chance))
    if chance.happens(IN_PASSING):
        counts["police"] += 1
        yield File("police", f"MIS-{counts['police']:07d}#1", child.number, _in_passing(child, chance))


def _card(child: Known, habits: dict[str, float], chance: Chance) -> Document:
    old = child.former is not None and chance.happens(0.5 + habits["stale_name"] / 2)
    body: Document = {
        "part": "child",
        "given_names": child.given,
        "family_name": child.former if old else child.family,
    }
    if chance.happens(habits["misspelt"]):
        which = chance.choice(("given_names", "family_name"))
        body[which] = misspelt(body[which], chance)
    if child.nickname and chance.happens(habits["nickname"]):
        body["given_names"] = child.nickname
    elif child.nickname and chance.happens(habits["nickname"]):
        body["also_known_as"] = [child.nickname]
    if born := _born(child, habits, chance):
        body["born"] = born
    ids = {}
    if chance.happens(habits["nhs"]):
        ids["nhs"] = wrong_digits(child.nhs, chance) if chance.happens(habits["wrong_id"]) else child.nhs
    if chance.happens(habits["upn"]):
        ids["upn"] = wrong_letter(child.upn, chance) if chance.happens(habits["wrong_id"]) else child.upn
    if ids:
        body["ids"] = ids
    if chance.happens(habits["address"]):
        address, postcode = chance.choice(child.lived) if chance.happens(CARELESS) else child.lived[-1]
        body |= {"address": address, "postcode": postcode}
    return body


def _born(child: Known, habits: dict[str, float], chance: Chance) -> str | None:
    if chance.happens(habits["born_missing"]):
        return None
    if chance.happens(habits["born_partial"]):
        return born_partly(child.born, chance)
    return born_swapped(child.born) if chance.happens(habits["born_swapped"]) else child.born.isoformat()


def _in_passing(child: Known, chance: Chance) -> Document:
    body: Document = {"part": "companion", "given_names": child.given}
    if child.nickname and chance.happens(0.4):
        body["given_names"] = child.nickname
    if chance.happens(0.6):
        body["family_name"] = child.family
    if chance.happens(0.5):
        body["born"] = str(child.born.year)
    return body
