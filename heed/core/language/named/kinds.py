"""The kinds of thing that are proposed, and the rules, each with the words in which it is told to a reader."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from heed.core.language.named import accounts, nicknames, phones, places, vehicles
from heed.core.language.named.found import Named

KINDS: Mapping[str, str] = {
    "place": "Place",
    "vehicle": "Vehicle",
    "phone": "Phone",
    "account": "Account",
    "nickname": "Nickname of an adult",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what makes it fire, in plain words, and how it looks."""

    kind: str
    words: str
    find: Callable[[str], Iterable[Named]]


RULES: Mapping[str, Rule] = {
    "address": Rule("place", "a number, a name and a word such as Street", places.addresses),
    "street": Rule(
        "place", "“at”, “near” or “outside” before a name and a word such as Street", places.streets
    ),
    "above": Rule("place", "a flat, room or house said to be above, over or behind something", places.above),
    "premises": Rule(
        "place", "“at”, “near” or “outside” before a name and a word such as Hotel", places.premises
    ),
    "postcode": Rule("place", "written as postcodes are", places.postcodes),
    "plate": Rule("vehicle", "written as number plates are", vehicles.plates),
    "plate_beside": Rule("vehicle", "a word such as “reg” or “plate” just before", vehicles.beside),
    "number": Rule("phone", "ten or eleven figures, as telephone numbers have", phones.numbers),
    "number_beside": Rule("phone", "a word such as “phone” or “text” just before", phones.beside),
    "handle": Rule("account", "a service such as Snapchat named beside it", accounts.handles),
    "called": Rule("nickname", "“known as”, “street name” or “calls himself” just before", nicknames.called),
}
