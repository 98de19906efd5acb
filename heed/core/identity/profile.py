"""What one source says of a person, folded from all it ever said: the values that are compared.

Lists run from the usual value (most often said, then latest) to the rarest. Never in here: sex, ethnicity,
religion, nationality.
"""

from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Any

from heed.core.identity.nicknames import families_of, is_a_name
from heed.core.identity.passing import form_of, spellings_of
from heed.core.identity.sounding import sound_of
from heed.core.records.identifiers import passes

DAY_LENGTH = len("2009-03-14")
CHECKED_SCHEMES = ("nhs", "upn")
HARD = ("vehicle", "phone", "place")
HALVED = 6
"""Letters a number has at least before half of it is worth looking for."""


@dataclass(frozen=True)
class Profile:
    """One source. Names are plain upper case; `born` is YYYY, YYYY-MM or YYYY-MM-DD as told.

    `seen` is the first and the last day of their records, `events` those days where they are few, `company` the
    fingerprints of whoever was named beside them, `shared` those of the records in which somebody was.
    Of a person of concern `things` holds what their records name with them, as fingerprints by kind: vehicles and parts
    of their plates, phones, places, features, whom they were named beside;
    `doubted` says that all their records are graded low.
    """

    source: str
    child: bool = False
    given: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    born: tuple[str, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    places: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    doubted: bool = False

    @cached_property
    def agency(self) -> str:
        """The agency whose files these are."""
        return self.source.partition(" ")[0]

    @cached_property
    def in_passing(self) -> bool:
        """Whether the person was named in one record only, without a reference of the agency's own."""
        return "#" in self.source

    @cached_property
    def usual_given(self) -> str | None:
        """The first given name as the agency usually writes it."""
        return self.given[0].split()[0] if self.given else None

    @cached_property
    def usual_family(self) -> str | None:
        """The family name as the agency usually writes it."""
        return self.family[0] if self.family else None

    @cached_property
    def usual_born(self) -> str | None:
        """The date of birth as the agency usually writes it, perhaps only a year."""
        return self.born[0] if self.born else None

    @cached_property
    def name_families(self) -> frozenset[str]:
        """The families of names (Elizabeth, Liz, Beth) of the usual given name."""
        return frozenset(families_of(self.usual_given)) if self.usual_given else frozenset()

    @cached_property
    def called(self) -> frozenset[str]:
        """Every given name and alias the person goes by, whole and word by word."""
        words = {word for name in self.given for word in name.split()}
        return frozenset(words | set(self.aliases) | {name.split()[0] for name in self.aliases})

    @cached_property
    def family_parts(self) -> frozenset[str]:
        """The words of all family names: SMITH and JONES of SMITH JONES. Particles are too short to count."""
        return frozenset(word for name in self.family for word in name.split() if len(word) > 2)

    @cached_property
    def addresses(self) -> frozenset[str]:
        """The places of which the postcode is known."""
        return frozenset(place for place in self.places if not place.startswith("|"))

    @cached_property
    def lines(self) -> frozenset[str]:
        """The first lines of all places, where they are more than a number or a name of a house."""
        lines = (place.partition("|")[2] for place in self.places)
        return frozenset(line for line in lines if " " in line)

    @cached_property
    def days(self) -> frozenset[str]:
        """Every full date of birth this source ever gave."""
        return frozenset(day for day in self.born if len(day) == DAY_LENGTH)

    @cached_property
    def given_is_a_name(self) -> bool:
        """Whether the usual given name stands in the list of names, and so is hardly a slip of another."""
        return self.usual_given is not None and is_a_name(self.usual_given)

    @cached_property
    def sound_given(self) -> str | None:
        """How the usual given name sounds."""
        return sound_of(self.usual_given) if self.usual_given else None

    @cached_property
    def sound_family(self) -> str | None:
        """How the usual family name sounds."""
        return sound_of(self.usual_family) if self.usual_family else None

    @cached_property
    def years_seen(self) -> tuple[int, int] | None:
        """The years of the first and the last record."""
        return (int(self.seen[0][:4]), int(self.seen[-1][:4])) if self.seen else None

    @cached_property
    def year_born(self) -> int | None:
        """The year of birth as the agency usually writes it."""
        return int(self.usual_born[:4]) if self.usual_born else None

    @cached_property
    def around(self) -> frozenset[int]:
        """Each day of an event, the one before and the one after, as day numbers: two share one when at most two days
        lie between them."""
        days = (date.fromisoformat(day).toordinal() for day in self.events)
        return frozenset(day + step for day in days for step in (-1, 0, 1))

    @cached_property
    def all_numbers(self) -> frozenset[str]:
        """Every number with its scheme, as one word."""
        return frozenset(f"{scheme}:{value}" for scheme, value in self.numbers)

    @cached_property
    def checked_numbers(self) -> frozenset[str]:
        """The numbers that pass the check of their scheme."""
        return frozenset(f"{scheme}:{value}" for scheme, value in self.numbers if passes(scheme, value))

    @cached_property
    def schemes(self) -> frozenset[str]:
        """The schemes of which a number is known."""
        return frozenset(scheme for scheme, _ in self.numbers)

    @cached_property
    def checked_schemes(self) -> frozenset[str]:
        """The schemes of which a number is known that passes its check."""
        return frozenset(number.partition(":")[0] for number in self.checked_numbers)

    @cached_property
    def alias_forms(self) -> frozenset[str]:
        """The forms of every name in passing, by which they are found: TAS for TAZ and TAZZA."""
        return frozenset(filter(None, map(form_of, self.aliases)))

    @cached_property
    def spellings(self) -> frozenset[str]:
        """What every name in passing has in common with whatever may be a spelling of it."""
        return frozenset(one for alias in self.aliases for one in spellings_of(alias))

    @cached_property
    def hard_things(self) -> frozenset[str]:
        """The vehicles, telephones and places: what two people may be told apart by."""
        return frozenset(thing for thing in self.things if thing.partition(":")[0] in HARD)

    def things_of(self, kind: str) -> list[str]:
        """The fingerprints of the things of a kind."""
        return [thing for thing in self.things if thing.startswith(f"{kind}:")]

    @cached_property
    def another_number(self) -> str | None:
        """A number of neither scheme that has a check: of the first scheme by name, as `scheme:value`."""
        others = [pair for pair in self.numbers if pair[0] not in CHECKED_SCHEMES]
        scheme = min((name for name, _ in others), default=None)
        return next((f"{name}:{value}" for name, value in others if name == scheme), None)

    @cached_property
    def halves(self) -> frozenset[str]:
        """Both halves of `another_number`, as `scheme|1|half`: one slip of a key leaves one of them as it was."""
        scheme, _, value = (self.another_number or "").partition(":")
        if len(value) < HALVED:
            return frozenset()
        middle = len(value) // 2
        return frozenset((f"{scheme}|1|{value[:middle]}", f"{scheme}|2|{value[middle:]}"))

    def in_column(self, name: str) -> str | None:
        """What stands in a column of numbers: `another_number`, or the usual number of the scheme of that name."""
        return self.another_number if name == "another_number" else self.usual_number(name)

    def usual_number(self, scheme: str) -> str | None:
        """The number of a scheme as the agency usually writes it."""
        return next((value for name, value in self.numbers if name == scheme), None)


def profile_to_json(profile: Profile) -> dict[str, Any]:
    """Plain values for keeping, without the source (its row has it) and without what is empty."""
    return {name: value for name, value in asdict(profile).items() if value and name != "source"}


def profile_from_json(source: str, kept: dict[str, Any]) -> Profile:
    """The inverse of `profile_to_json`."""
    values = {
        name: tuple(value) for name, value in kept.items() if name not in ("child", "doubted", "numbers")
    }
    numbers = tuple((scheme, value) for scheme, value in kept.get("numbers", ()))
    child, doubted = bool(kept.get("child")), bool(kept.get("doubted"))
    return Profile(source=source, child=child, doubted=doubted, numbers=numbers, **values)
