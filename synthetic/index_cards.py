"""The index one agency keeps of people: its own reference for each, and what it once wrote down of them.

A card is made when the agency first meets a child and is rarely corrected. Some children get a second card;
a change of system gives everybody a new one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from synthetic.chance import Chance
from synthetic.entry import Document
from synthetic.mistakes import born_partly, born_swapped, misspelt
from synthetic.numbers import wrong_digits, wrong_letter
from synthetic.world import Child

REF_STYLES = {
    "police": "P{:06d}",
    "social_care": "1{:06d}",
    "school": "PU-{:05d}",
    "health": "H{:07d}",
    "home": "YP-{:04d}",
    "voluntary": "V{:05d}",
}


@dataclass(slots=True)
class Card:
    """What one agency holds of one child in its index."""

    ref: str
    fields: Document


class CardIndex:
    """One agency's cards. `slips` says whether a habit strikes; `migrates` is when the system changed."""

    def __init__(self, agency: str, chance: Chance, slips: Callable[[str], bool], migrates: datetime) -> None:
        self._agency, self._chance, self._slips, self._migrates = agency, chance, slips, migrates
        self._cards: dict[tuple[int, int], list[Card]] = {}
        self._all: list[Card] = []

    def card(self, child: Child, at: datetime) -> Card:
        """The card used for a child on a day; made, doubled or brought up to date on the way."""
        era = int(at >= self._migrates)
        cards = self._cards.get((child.number, era))
        if cards is None:
            cards = self._cards[child.number, era] = [self._new(child, at)]
        elif self._slips("again"):
            cards.append(self._new(child, at))
        if child.changed_name and at.date() >= child.changed_name and not self._slips("stale_name"):
            cards[-1].fields["family_name"] = child.family
        return cards[-1] if len(cards) == 1 or self._chance.happens(0.7) else self._chance.choice(cards)

    def any_card(self) -> Card:
        """Somebody's card: the one a hurried hand pulls out by mistake."""
        return self._chance.choice(self._all)

    def _new(self, child: Child, at: datetime) -> Card:
        fields: Document = {"given_names": child.given, "family_name": child.family_on(at.date())}
        if self._slips("misspelt"):
            which = self._chance.choice(("given_names", "family_name"))
            fields[which] = misspelt(fields[which], self._chance)
        if child.nickname and self._slips("nickname"):
            fields["given_names"] = child.nickname
        elif child.nickname and self._slips("nickname"):
            fields["also_known_as"] = [child.nickname]
        born = self._born(child)
        fields |= {"born": born} if born else {}
        fields["sex"] = child.sex
        ids = self._ids(child)
        fields |= {"ids": ids} if ids else {}
        if self._slips("address"):
            fields |= {"address": "", "postcode": ""}
        card = Card(REF_STYLES[self._agency].format(len(self._all) + 1001), fields)
        self._all.append(card)
        return card

    def _born(self, child: Child) -> str | None:
        if self._slips("born_missing"):
            return None
        if self._slips("born_partial"):
            return born_partly(child.born, self._chance)
        return born_swapped(child.born) if self._slips("born_swapped") else child.born.isoformat()

    def _ids(self, child: Child) -> Document:
        ids = {}
        if self._slips("nhs"):
            ids["nhs"] = wrong_digits(child.nhs, self._chance) if self._slips("wrong_id") else child.nhs
        if self._slips("upn"):
            ids["upn"] = wrong_letter(child.upn, self._chance) if self._slips("wrong_id") else child.upn
        return ids
