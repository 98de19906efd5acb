"""How the offices of the other county write people down: documents of records as they would send them, and the truth."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.linkage_other.people import AGENCIES, NICK, STREETS, TWO_WAYS, Child, children, misheard

type Document = dict[str, Any]
HARD, MILD = "hard", "mild"
"""Two counties: one whose offices often know a birth date and a number, one that writes hardly more than names."""
KNOWN = {MILD: (0.75, 0.55), HARD: (0.35, 0.2)}
"""How often an office knows a birth date, and how often a number."""


def county(size: int, seed: int, sort: str) -> tuple[list[Document], dict[str, str]]:
    """Documents in the order they were recorded, and source to true person."""
    chance = Random(seed)
    people = children(size, chance)
    documents: list[Document] = []
    truth: dict[str, str] = {}
    for child in people:
        for agency in chance.sample(AGENCIES, chance.choice((1, 2, 3, 3, 4))):
            card = _card(child, agency, chance, sort)
            for _ in range(chance.choice((1, 1, 2, 3))):
                documents.append(_record(child, agency, card, len(documents), chance, truth))
    documents.sort(key=lambda one: (one["recorded_at"], one["ref"]))
    return documents, truth


def _record(
    child: Child, agency: str, card: Document, number: int, chance: Random, truth: dict[str, str]
) -> Document:
    day = child.born + timedelta(days=chance.randrange(365 * 10, 365 * 17))
    ref = f"{agency[:3].upper()}-{number}"
    truth[f"{agency} {card['ref']}"] = f"t{child.number}"
    people = [card, *_others(child, agency, ref, day, chance, truth)]
    at = f"{day.isoformat()}T10:00:00+00:00"
    return {"v": 1, "agency": agency, "ref": ref, "kind": "contact", "happened_from": day.isoformat(),
            "recorded_at": at, "people": people}  # fmt: skip


def _others(
    child: Child, agency: str, ref: str, day: date, chance: Random, truth: dict[str, str]
) -> Iterator[Document]:
    """Now and then somebody else by a first name, perhaps with a family name or an age."""
    if chance.random() < 0.15 and (child.friends or child.kin):
        other = chance.choice(child.friends + child.kin)
        said: Document = {"part": "companion", "given_names": NICK.get(other.given, other.given)}
        if chance.random() < 0.6:
            said["family_name"] = other.family
        if chance.random() < 0.4:
            said["born"] = str(day.year - round((day - other.born).days / 365.25))
        truth[f"{agency} {ref}#1"] = f"t{other.number}"
        yield said
    elif chance.random() < 0.05:
        # A father of the same name: an adult, and nobody's child here.
        yield {"part": "relative", "given_names": child.given, "family_name": child.family,
               "born": str(child.born.year - chance.randrange(20, 40))}  # fmt: skip


def _card(child: Child, agency: str, chance: Random, sort: str) -> Document:
    """What one office holds of a child, written down once."""
    given, family = child.given, child.family
    if chance.random() < 0.15:
        given = NICK.get(given, given)
    if chance.random() < 0.08:
        given = misheard(given, chance)
    if chance.random() < 0.08:
        family = misheard(family, chance)
    if child.former and chance.random() < 0.5:
        family = chance.choice((child.former, f"{child.former}-{family}", f"{family} {child.former}"))
    if chance.random() < 0.3:
        family = dict(TWO_WAYS).get(family, family)
    if chance.random() < 0.02:
        given, family = family, given
    card: Document = {
        "part": "child",
        "ref": f"{agency[:2]}{child.number}",
        "given_names": given,
        "family_name": family,
    }
    dates, numbers = KNOWN[sort]
    card |= {"born": _born(child, chance)} if chance.random() < dates else {}
    if chance.random() < numbers:
        # One number in fifty is a brother's or a sister's.
        whose = child.kin[0] if child.kin and chance.random() < 0.02 else child
        card["ids"] = {"nhs": whose.nhs}
    if chance.random() < 0.3:
        card["address"] = f"{1 + child.home % 90} {STREETS[child.home % len(STREETS)]} Road"
    return card


def _born(child: Child, chance: Random) -> str:
    born, how = child.born, chance.random()
    if how < 0.12:
        return str(born.year + chance.choice((-1, 0, 0, 0, 1)))
    if how < 0.15:
        return f"{born.year}-01-01"
    if how < 0.2 and born.day <= 12:
        return date(born.year, born.day, born.month).isoformat()
    return born.isoformat()
