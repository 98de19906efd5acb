"""Who and what stands in a pack, under pseudonyms: Child A, Adult 3, Professional 12, Place 2. Agencies keep their name.

Pseudonyms follow the order of writing, so the same records as of the same day give the same ones in every format. The
key that undoes them names references, never names: whoever may open the records may read it.
"""

from calendar import month_name
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from heed.core.records.keys import thing_key
from heed.core.records.kinds import Part
from heed.core.records.record import Author, PersonMentioned, Record, Thing
from heed.core.review.asof import Kept
from heed.core.review.knowing import Knowledge, Who, named
from heed.core.review.pack.known import Known, clean, words_of
from heed.core.review.thirdparties import CHILDREN

THINGS = {
    "place": "Place",
    "premises": "Place",
    "vehicle": "Vehicle",
    "phone": "Telephone",
    "account": "Account",
}
ADDRESS = "[address left out]"
type Persons = Mapping[str, str]
"""The person behind each source ("agency reference"), as linked."""


@dataclass(slots=True)
class Cast:
    """Pseudonyms by what they stand for. `own`: the person whose own file this is, who keeps her name."""

    own: str = ""
    children: dict[str, str] = field(default_factory=dict)
    adults: dict[str, str] = field(default_factory=dict)
    professionals: dict[tuple[str, str], str] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)
    records: dict[tuple[str, str], str] = field(default_factory=dict)
    known: Known = field(default_factory=Known)

    def person(self, each: PersonMentioned, kept: Kept, persons: Persons) -> str:
        """The pseudonym of somebody whom a record names."""
        id = person_of(each, kept, persons)
        if each.part in CHILDREN or id in self.children:
            return self.children.setdefault(id, _letters(len(self.children)))
        return self.adults.setdefault(id, f"Adult {len(self.adults) + 1}")

    def professional(self, who: Who) -> str:
        """The pseudonym of a professional: by agency and name, or by role where there is no name."""
        if self.own:
            return who.name or who.role or "somebody"
        name = " ".join(words_of(who.name)) or f"without a name: {who.role} {who.ref}"
        key = (who.agency, f"{who.professional or ''} {name}".strip())
        if key not in self.professionals:
            self.professionals[key] = f"Professional {len(self.professionals) + 1}"
            self.known.name([who.name], self.professionals[key])
        return self.professionals[key]

    def thing(self, each: Thing) -> str:
        """The pseudonym of a place, vehicle, telephone or account."""
        key = str(thing_key(each) or f"{each.kind} {' '.join(words_of(each.name or each.description or ''))}")
        kind = THINGS.get(each.kind, "Thing")
        mine = [one for one in self.things.values() if one.startswith(kind)]
        return self.things.setdefault(key, f"{kind} {len(mine) + 1}")

    def record(self, name: tuple[str, str]) -> str:
        """The pseudonym of a record: an agency's reference may hold a name."""
        return self.records.setdefault(name, f"Record {len(self.records) + 1}")


def cast_of(
    found: Knowledge, everything: Iterable[Kept], persons: Persons, first: Sequence[str], own: str = ""
) -> Cast:
    """Everybody in the answer. Names are learnt from `everything`, later revisions included: only to be taken out."""
    cast = Cast(own)
    for person in first:
        cast.children.setdefault(person, _letters(len(cast.children)))
    for kept in sorted(found.records, key=lambda each: (each.recorded_at, each.name)):
        cast.record(kept.name)
        _learn(kept, cast, persons)
    for each in found.people:
        cast.professional(each.who)
    for kept in everything:
        _learn(kept, cast, persons)
    return cast


def person_of(each: PersonMentioned, kept: Kept, persons: Persons) -> str:
    """Who somebody in a record is: as linked, or by their place in it."""
    source = f"{kept.agency} {each.ref}" if each.ref else f"{kept.agency} {kept.ref}#{each.position}"
    return persons.get(source, source)


def _learn(kept: Kept, cast: Cast, persons: Persons) -> None:
    told = kept.told
    if told is None:
        return
    for each in told.people:
        if each.part == Part.PROFESSIONAL:
            cast.professional(_as_who(each, kept))
        elif not (cast.own and person_of(each, kept, persons) == cast.own):
            _learn_person(each, cast.person(each, kept, persons), cast.known)
    for thing in told.things:
        label = cast.thing(thing)
        _learn_thing(thing, label, cast.known)
    for author in _authors(told):
        cast.professional(named(author, kept.agency))


def _as_who(each: PersonMentioned, kept: Kept) -> Who:
    return Who(kept.agency, 0, f"{each.given_names or ''} {each.family_name or ''}".strip())


def _learn_person(each: PersonMentioned, label: str, known: Known) -> None:
    known.name([each.given_names or "", each.family_name or ""], label)
    for alias in each.also_known_as:
        known.name([alias], label)
    for number in (each.ref or "", *map(str, each.ids.values())):
        known.number(number, label)
    for words in (each.address, each.postcode):
        if words:
            known.address(words, ADDRESS)
            known.number(words, ADDRESS)
    if each.born:
        for text in dates(each.born):
            known.phrase(text, "[date of birth left out]")


def _learn_thing(each: Thing, label: str, known: Known) -> None:
    for words in (each.address, each.postcode):
        if words:
            known.address(words, label)
            known.number(words, label)
    for number in (each.vrm, each.number, each.handle):
        known.number(number or "", label)
    known.phrase(each.handle or "", label)
    if each.name:
        known.phrase(each.name, label)
        known.name([word for word in clean(each.name).split() if word[:1].isupper()], label)


def _authors(told: Record) -> Iterable[Author]:
    yield from (each for each in (told.author, told.answer.by if told.answer else None) if each is not None)
    yield from (each.person for each in told.told)


def dates(born: str) -> Collection[str]:
    """The ways in which a date of birth is written."""
    parts = born[:10].split("-")
    if len(parts) != 3:
        return ()
    year, month, day = parts
    name = month_name[int(month)]
    return {
        born[:10],
        f"{day}/{month}/{year}",
        f"{int(day)}/{int(month)}/{year}",
        f"{day}/{month}/{year[2:]}",
        f"{day}.{month}.{year}",
        f"{int(day)} {name} {year}",
        f"{int(day)} {name[:3]} {year}",
        f"{name} {int(day)} {year}",
    }


def _letters(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, left = divmod(number - 1, 26)
        letters = chr(65 + left) + letters
    return f"Child {letters}"
