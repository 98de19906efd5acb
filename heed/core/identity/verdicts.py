"""What people said of pairs, as a ledger: rows are only ever added, and who stands together is a function of the rows.

A verdict is given; it may have to wait for a second person, who confirms or declines; whoever gave it may withdraw it.
The newest verdict in force on a pair stands, so that one before it stands again once it is withdrawn. The order of the
rows is the only order: no clock, no name and no agency is read here. Who may confirm is in `second`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Word(StrEnum):
    """A person's word on two sources. `unsure` changes nothing; it is shown beside the link."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class Step(StrEnum):
    """What becomes of a verdict: a second person is asked for, confirms or declines; its author withdraws it. `lapsed` is
    no row: it follows from the records, where somebody else now stands at the place it was said of (see `lapsing`)."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class State(StrEnum):
    """Where a verdict is: given (in force on one person's word), or where its last step took it."""

    GIVEN = "given"
    ASKED = "asked"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


IN_FORCE = frozenset({State.GIVEN, State.CONFIRMED})
"""The states in which a verdict counts."""

TRANSITIONS: Mapping[tuple[State, Step], State] = {
    (State.GIVEN, Step.ASKED): State.ASKED,
    (State.ASKED, Step.CONFIRMED): State.CONFIRMED,
    (State.ASKED, Step.DECLINED): State.DECLINED,
    (State.GIVEN, Step.WITHDRAWN): State.WITHDRAWN,
    (State.ASKED, Step.WITHDRAWN): State.WITHDRAWN,
    (State.CONFIRMED, Step.WITHDRAWN): State.WITHDRAWN,
    (State.GIVEN, Step.LAPSED): State.LAPSED,
    (State.ASKED, Step.LAPSED): State.LAPSED,
    (State.CONFIRMED, Step.LAPSED): State.LAPSED,
    (State.LAPSED, Step.WITHDRAWN): State.WITHDRAWN,
}
"""The only steps there are; any other row changes nothing. What was declined or withdrawn never counts again: whoever
thinks otherwise gives a new verdict."""


@dataclass(frozen=True, slots=True)
class Said:
    """One verdict as it was given; `order` counts up with time."""

    order: int
    left: str
    right: str
    word: Word


@dataclass(frozen=True, slots=True)
class Became:
    """One step of a verdict. `order` counts up among steps; `of` is the order of the verdict."""

    order: int
    of: int
    step: Step


def pair(a: str, b: str) -> tuple[str, str]:
    """A pair of source keys in the one order in which it is kept."""
    return (a, b) if a <= b else (b, a)


def states(said: Iterable[Said], became: Iterable[Became]) -> dict[int, State]:
    """The state of each verdict, by its order. Steps of a verdict that is not given are passed over."""
    found = {one.order: State.GIVEN for one in said}
    for row in sorted(became, key=lambda row: row.order):
        if row.of in found:
            found[row.of] = TRANSITIONS.get((found[row.of], row.step), found[row.of])
    return found


def in_force(said: Iterable[Said], became: Iterable[Became]) -> tuple[Said, ...]:
    """The verdicts that count, oldest first: neither waiting for a second person, nor declined, nor withdrawn."""
    said = sorted(said, key=lambda one: one.order)
    found = states(said, became)
    return tuple(one for one in said if found[one.order] in IN_FORCE)


def standing(verdicts: Iterable[Said]) -> tuple[Said, ...]:
    """The newest verdict on each pair, newest first. Given those in force, these are the ones that stand."""
    newest: dict[tuple[str, str], Said] = {}
    for said in sorted(verdicts, key=lambda said: said.order):
        newest[pair(said.left, said.right)] = said
    return tuple(sorted(newest.values(), key=lambda said: -said.order))


def asked_for(said: Iterable[Said], became: Iterable[Became]) -> tuple[Said, ...]:
    """The verdicts a second person is asked for, newest first: those over which no newer one on their pair counts."""
    said = tuple(said)
    found = states(said, became)
    alive = [one for one in said if found[one.order] in IN_FORCE | {State.ASKED}]
    return tuple(one for one in standing(alive) if found[one.order] is State.ASKED)


def needs_second(word: Word, *, parted: bool, agencies: int) -> bool:
    """Whether a new verdict waits for a second person: it would let records be seen across agencies.

    `parted`: a `different` stands on the pair, which `unsure` would lift. `agencies`: of how many agencies the files are
    that stand, or would stand but for somebody's word, behind the two. Whether the model joins them now does not count:
    its link may go with the next record, and the word would hold them alone from then on.
    A `different` never waits: it hides, and what is hidden by mistake is asked for again.
    """
    return agencies > 1 and (word is Word.SAME or (word is Word.UNSURE and parted))


def stands_without(verdicts: Iterable[Said], one: Said) -> Word:
    """The word that would stand on a verdict's pair if that verdict did not count, given those in force; `unsure`, which
    changes nothing, where there is none."""
    others = (each for each in verdicts if each.order != one.order)
    here = (each for each in standing(others) if pair(each.left, each.right) == pair(one.left, one.right))
    return next((each.word for each in here), Word.UNSURE)


def joined_across(before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Whether two sources of different agencies are one person after that were two before, given the person of each
    source."""
    agencies: dict[str, set[str]] = {}
    stood: dict[str, set[str]] = {}
    for source, person in after.items():
        agencies.setdefault(person, set()).add(source.partition(" ")[0])
        stood.setdefault(person, set()).add(before[source])
    # Two that were apart, and somebody of another agency: that one was apart from one of the two.
    return any(len(agencies[person]) > 1 and len(stood[person]) > 1 for person in stood)
