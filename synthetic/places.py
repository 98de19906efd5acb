"""The ground: streets, homes, public places with a busy few and many quiet ones.

Ashmere lies on the Dogger Bank, in the North Sea, so that no coordinate can be anybody's house.
"""

from synthetic.chance import Chance
from synthetic.names import place_words
from synthetic.numbers import postcode
from synthetic.town import Town
from synthetic.world import Household, Place

CENTRE = (54.75, 2.3)
SHORT = {
    "Street": ("St", "Str"),
    "Road": ("Rd",),
    "Lane": ("Ln",),
    "Close": ("Cl",),
    "Avenue": ("Ave",),
    "Terrace": ("Terr",),
    "Gardens": ("Gdns",),
    "Crescent": ("Cres",),
    "Drive": ("Dr",),
    "Court": ("Ct",),
    "Place": ("Pl",),
}
QUIET = ("flat", "flat above a shop", "terraced house", "basement flat", "bedsit", "student house")


class Ground:
    """Streets with their postcodes; hands out addresses nobody else has."""

    def __init__(self, town: Town, chance: Chance) -> None:
        words = place_words()
        self.towns = words["towns"] if town.children > 10_000 else words["towns"][:1]
        self._public = [word for word in words["public"] if word not in QUIET]
        self._chance, self._town = chance, town
        streets = [f"{stem} {suffix}" for stem in words["stems"] for suffix in words["suffixes"]]
        chance.shuffle(streets)
        kept = streets if town.children > 10_000 else streets[:260]
        self._streets = [(name, postcode(number, chance), number) for number, name in enumerate(kept)]
        self._taken: set[str] = set()

    def address(self) -> tuple[str, str, int]:
        """A new address: first line, postcode, street number in the list."""
        while True:
            street, code, number = self._chance.choice(self._streets)
            first_line = f"{self._chance.randrange(1, 120)} {street}"
            if first_line not in self._taken:
                self._taken.add(first_line)
                return first_line, code, number

    def household(self, number: int, family: str) -> Household:
        """A family's new address."""
        first_line, code, _ = self.address()
        return Household(number, first_line, code, family)

    def place(self, number: int, word: str | None = None) -> Place:
        """A public place, or a place of the kind named by `word`."""
        first_line, code, street = self.address()
        word = word or self._chance.choice(self._public)
        if word == "flat":
            first_line = f"Flat {self._chance.randrange(1, 9)} {first_line}"
        spread = 0.02 + 0.12 * (self._town.children > 10_000)
        lat, lon = CENTRE[0] + spread * (street % 31 - 15) / 15, CENTRE[1] + spread * (street % 37 - 18) / 18
        name = "" if word in QUIET else f"{word}, {self.towns[street % len(self.towns)]}"
        return Place(number, name, first_line, code, round(lat, 5), round(lon, 5), spellings(first_line))

    def public_places(self) -> list[Place]:
        """All places of the town, busiest first; the first ones are the centre and the stations."""
        centre = ("bus station", "shopping centre", "railway station", "market square", "burger bar")
        return [self.place(n, centre[n] if n < len(centre) else None) for n in range(self._town.places)]


def spellings(first_line: str) -> tuple[str, ...]:
    """Other ways to write a first line: the street word shortened, the number apart, a letter lost."""
    words = first_line.split()
    shorter = [" ".join([*words[:-1], short]) for short in SHORT.get(words[-1], ())]
    middle = words[-2]
    return (*shorter, " ".join([*words[:-2], middle[:-2] + middle[-1], words[-1]]))
