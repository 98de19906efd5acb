"""Children it may be, each with the reasons for and against, in words. No figure: a likely match is still a question."""

from collections.abc import Iterable
from dataclasses import dataclass

from heed.casework.doors.possible import Possible
from heed.web.presenters import wording
from heed.web.presenters.identity import born


@dataclass(frozen=True, slots=True)
class PossibleShown:
    """One child it may be. `own_ref`: the reference of the asker's own agency, to be put into the concern."""

    person: str
    name: str
    born: str
    known: str
    own_ref: str
    speaks_for: tuple[str, ...]
    against: tuple[str, ...]


def matches(found: Iterable[Possible], names: dict[str, str]) -> list[PossibleShown]:
    """In the order in which they were found."""
    return [_shown(each, names) for each in found]


def _shown(each: Possible, names: dict[str, str]) -> PossibleShown:
    terms = [term for term in each.terms if term.name != "start"]
    exact = ("The reference is exactly this child’s.",) if each.by_reference else ()
    agencies = wording.listed([names.get(code, code) for code in each.child.agencies])
    return PossibleShown(
        person=each.child.person,
        name=each.child.name,
        born=born(each.child.born) if each.child.born else "not known",
        known=f"{wording.figure(each.child.records, 'record')} from {agencies}",
        own_ref=each.own_ref,
        speaks_for=exact + tuple(term.sentence for term in terms if term.weight > 0),
        against=tuple(term.sentence for term in terms if term.weight < 0),
    )
