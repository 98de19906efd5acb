"""Who is the same child, and why: sources side by side, the terms of a link with their sentences."""

from calendar import month_name
from collections.abc import Sequence
from dataclasses import dataclass

from heed.casework.doors.links import Compared, Pair, Said, Side
from heed.core.identity.judgement import Term
from heed.web.presenters import wording

REVERSIBLE = (
    "Nothing is merged. Each agency keeps its own record; a link is a judgement about two of them. A new verdict"
    " undoes it, and every verdict is kept with its author and reason."
)
STRONGEST, WEAKEST = 8.0, 1.0
"""Bits: from 8 on, agreement is 256 times likelier in one child than in two; under 1 it says next to nothing."""
VERDICTS = {"same": "The same child", "different": "Different children", "unsure": "Unsure"}


@dataclass(frozen=True, slots=True)
class Reason:
    """One term: the sentence, its weight in words and in bits, and which way it points."""

    sentence: str
    weight: str
    bits: str
    speaks: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody said of a pair."""

    verdict: str
    reason: str
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class Link:
    """A pair in words."""

    id: int
    left: str
    right: str
    likely: str
    weight: str
    chance: str
    stands: str
    reasons: tuple[Reason, ...]
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One field of two sources side by side. `agree` is same, differ or one (only one side says anything)."""

    field: str
    left: str
    right: str
    agree: str


def link(pair: Pair, left: str, right: str) -> Link:
    """The pair with its reasons, strongest first; the start stands first of all."""
    terms = sorted(pair.terms, key=lambda term: (term.name != "start", -abs(term.weight)))
    return Link(
        id=pair.id,
        left=left,
        right=right,
        likely=likely(pair.probability),
        weight=f"{signed(pair.weight)} bits",
        chance=probability(pair.probability),
        stands=_stands(pair),
        reasons=tuple(_reason(term) for term in terms),
        verdicts=tuple(_verdict(said) for said in pair.said),
    )


def _stands(pair: Pair) -> str:
    if pair.said:
        newest = VERDICTS[pair.said[0].verdict].lower()
        return f"A person judged: {newest}. " + _counted(pair)
    return _counted(pair)


def _counted(pair: Pair) -> str:
    return "Heed counts them as one child." if pair.joined else "Heed counts them as two children."


def probability(value: float) -> str:
    """A probability in words that keep its uncertainty: never 'certain'."""
    if value >= 0.999:
        return "more than 999 in 1,000 pairs like this are one person"
    if value <= 0.001:
        return "fewer than 1 in 1,000 pairs like this are one person"
    return f"about {round(value * 1000):,} in 1,000 pairs like this are one person"


def signed(bits: float) -> str:
    """A weight with its sign, to one decimal."""
    return f"{bits:+.1f}".replace("-", "−")


def likely(value: float) -> str:
    """The same in a few words."""
    words = ((0.99, "very likely one child"), (0.8, "likely one child"), (0.4, "perhaps one child"))
    return next((said for least, said in words if value >= least), "unlikely to be one child")


def _reason(term: Term) -> Reason:
    return Reason(term.sentence, strength(term), signed(term.weight), _speaks(term))


def _speaks(term: Term) -> str:
    if term.name == "start":
        return "start"
    return "for" if term.weight > 0 else "against" if term.weight < 0 else "neither"


def strength(term: Term) -> str:
    """How much a term says, and which way."""
    if term.name == "start":
        return "where every pair begins"
    size = abs(term.weight)
    if size < WEAKEST:
        return "says little"
    how = "strongly" if size >= STRONGEST else "clearly" if size >= STRONGEST / 2 else "weakly"
    return f"speaks {how} {'for' if term.weight > 0 else 'against'}"


def _verdict(said: Said) -> Verdict:
    return Verdict(
        VERDICTS[said.verdict],
        said.reason,
        f"{said.by}, {said.role}, {said.agency}",
        wording.instant(said.at),
    )


def name_of(side: Side) -> str:
    """A source as a heading: the agency and its own reference."""
    return f"{side.agency_name}, {side.ref}"


def rows(compared: Compared) -> list[Row]:
    """The two sides field by field. Only what the records the viewer may see say."""
    left, right = compared.left, compared.right
    shared = [
        _row("Name", left.names, right.names),
        _row("Also known as", left.aliases, right.aliases),
        _row("Born", _born(left), _born(right)),
        *[
            _row(scheme.upper(), _number(left, scheme), _number(right, scheme))
            for scheme in _schemes(left, right)
        ],
        _row("Address", left.addresses, right.addresses),
    ]
    said = [row for row in shared if row.left or row.right]
    said.append(Row("Records", _records(left), _records(right), "one"))
    return said


def _row(field: str, left: Sequence[str], right: Sequence[str]) -> Row:
    one, other = ({value.casefold() for value in values} for values in (left, right))
    agree = "one" if not one or not other else "same" if one & other else "differ"
    return Row(field, "; ".join(left), "; ".join(right), agree)


def _schemes(left: Side, right: Side) -> list[str]:
    return sorted({scheme for scheme, _ in (*left.ids, *right.ids)})


def _number(side: Side, scheme: str) -> list[str]:
    return [value for name, value in side.ids if name == scheme]


def _born(side: Side) -> list[str]:
    return [born(value) for value in side.born]


def born(value: str) -> str:
    """A date of birth as certainly as it was told: '11 February 1995', '1995'."""
    parts = value.split("-")
    if len(parts) < 2 or not (parts[1].isdigit() and 1 <= int(parts[1]) <= 12):
        return value
    month = f"{month_name[int(parts[1])]} {parts[0]}"
    return f"{int(parts[2])} {month}" if len(parts) == 3 and parts[2].isdigit() else month


def _records(side: Side) -> str:
    if side.first is None or side.last is None:
        return "You no longer see this file: your own verdict took it out of your sight."
    first, last = wording.day(wording.day_of(side.first)), wording.day(wording.day_of(side.last))
    when = first if first == last else f"{first} to {last}"
    return f"{wording.figure(side.records, 'record')}, {when}"


def disagreements(sides: Sequence[Side]) -> list[str]:
    """What the sources of one child contradict each other in, each as a sentence."""
    said = []
    births: dict[str, list[str]] = {}
    for side in sides:
        if side.born:
            births.setdefault(_born(side)[0], []).append(side.agency_name)
    if len(births) > 1:
        told = wording.listed([f"{value} ({', '.join(dict.fromkeys(who))})" for value, who in births.items()])
        said.append(f"Agencies disagree about the date of birth: {told}.")
    for scheme in sorted({scheme for side in sides for scheme, _ in side.ids}):
        numbers = {value for side in sides for name, value in side.ids if name == scheme}
        if len(numbers) > 1:
            told = wording.listed(sorted(numbers))
            said.append(f"More than one {scheme.upper()} number is written: {told}.")
    return said
