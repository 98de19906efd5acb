"""Who is the same child, and why: sources side by side, the terms of a link with their sentences."""

from calendar import month_name
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from heed.casework.doors.links import Compared, Pair, Said, Side
from heed.casework.doors.said import Became
from heed.core.identity.judgement import Term
from heed.web.presenters import wording

REVERSIBLE = (
    "Nothing is merged. Each agency keeps its own record; a link is a judgement about two of them. You can withdraw your"
    " verdict, a newer one undoes it, and every verdict is kept with its author and reason. “The same child” across"
    " agencies counts once a second person has confirmed it; “different children” counts at once, and hides."
)
STRONGEST, WEAKEST = 8.0, 1.0
"""Bits: from 8 on, agreement is 256 times likelier in one child than in two; under 1 it says next to nothing."""
STATES = {
    "given": "Takes effect.",
    "asked": "Asked for: it counts once a second person has confirmed it.",
    "confirmed": "Confirmed by a second person.",
    "declined": "Not confirmed: it never took effect.",
    "withdrawn": "Withdrawn by whoever gave it.",
    "lapsed": "Lapsed: the record changed, and it now names somebody else where this was said of. Judge it again.",
}
STEPS = {
    "confirmed": "Confirmed",
    "declined": "Not confirmed",
    "withdrawn": "Withdrawn",
}
APART = {
    "word": "The model or a person would join them; somebody judged different, of these two or of files joined to"
    " them.",
    "numbers": "The model would join them; what their files carry, such as checked numbers or dates of birth, contradicts"
    " it, or they fit somebody else about as well.",
}
VERDICTS = {"same": "The same child", "different": "Different children", "unsure": "Unsure"}
VERDICTS_OF_CONCERN = {"same": "The same person", "different": "Different people", "unsure": "Unsure"}
OF_CONCERN = (
    "These are mentions of a person of concern, not of a child: unproven, graded by whoever told it, and no assertion of"
    " guilt. To join them lays what is said of one at the door of the other, so “unsure” is a good answer."
)


@dataclass(frozen=True, slots=True)
class Whom:
    """Of whom a pair speaks: children, or people of concern."""

    one: str
    two: str
    verdicts: Mapping[str, str]


CHILDREN = Whom("one child", "two children", VERDICTS)
CONCERN = Whom("one person of concern", "two people of concern", VERDICTS_OF_CONCERN)


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
    number: int = 0
    state: str = ""
    stands: bool = False
    gone: bool = False
    steps: tuple["Step", ...] = ()
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What became of a verdict."""

    what: str
    who: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Link:
    """A pair in words. `asked` says who asks for a second person; `second` is the verdict the viewer may confirm."""

    id: int
    left: str
    right: str
    likely: str
    weight: str
    chance: str
    stands: str
    reasons: tuple[Reason, ...]
    verdicts: tuple[Verdict, ...]
    asked: str = ""
    second: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One field of two sources side by side. `agree` is same, differ or one (only one side says anything)."""

    field: str
    left: str
    right: str
    agree: str


def whom(*sides: Side) -> Whom:
    """Of whom a pair of these sides speaks, as far as they are in sight."""
    return CONCERN if any(side.of_concern for side in sides) else CHILDREN


def link(pair: Pair, left: str, right: str, viewer: int = 0, of: Whom = CHILDREN) -> Link:
    """The pair with its reasons, strongest first; the start stands first of all. `viewer` is whoever looks."""
    terms = sorted(pair.terms, key=lambda term: (term.name != "start", -abs(term.weight)))
    return Link(
        id=pair.id,
        left=left,
        right=right,
        likely=likely(pair.probability, of),
        weight=f"{signed(pair.weight)} bits",
        chance=probability(pair.probability),
        stands=_stands(pair, of),
        reasons=tuple(_reason(term) for term in terms),
        verdicts=tuple(_verdict(said, viewer, of) for said in pair.said),
        asked=_asked(pair, of),
        second=pair.asked.number if pair.asked and pair.may_second else 0,
        number=pair.said[0].number if pair.said else 0,
    )


def _stands(pair: Pair, of: Whom) -> str:
    standing = next((said for said in pair.said if said.stands), None)
    words = [f"A person judged: {of.verdicts[standing.verdict].lower()}."] if standing else []
    return " ".join([*words, _counted(pair, of), *([APART[pair.apart]] if pair.apart else [])])


def _asked(pair: Pair, of: Whom) -> str:
    said = pair.asked
    if said is None:
        return ""
    return (
        f"{of.verdicts[said.verdict]}: asked for by {said.by}, {said.role}, {said.agency}, {wording.instant(said.at)}."
        " Records would be seen across agencies, so it counts only once a second person has confirmed it. Until then"
        " nothing has changed."
    )


def _counted(pair: Pair, of: Whom) -> str:
    return f"Heed counts them as {of.one if pair.joined else of.two}."


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


def likely(value: float, of: Whom = CHILDREN) -> str:
    """The same in a few words."""
    words = ((0.99, f"very likely {of.one}"), (0.8, f"likely {of.one}"), (0.4, f"perhaps {of.one}"))
    return next((said for least, said in words if value >= least), f"unlikely to be {of.one}")


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


def _verdict(said: Said, viewer: int, of: Whom) -> Verdict:
    return Verdict(
        of.verdicts[said.verdict],
        said.reason,
        f"{said.by}, {said.role}, {said.agency}",
        wording.instant(said.at),
        said.number,
        STATES[said.state],
        said.stands,
        said.state in ("declined", "withdrawn", "lapsed"),
        tuple(_step(became) for became in said.became if became.step != "asked"),
        said.open and said.author == viewer,
    )


def _step(became: Became) -> Step:
    who = f"{became.by}, {became.role}, {became.agency}"
    return Step(STEPS[became.step], who, wording.instant(became.at), became.reason)


def name_of(side: Side) -> str:
    """A source as a heading: the agency and its own reference."""
    return f"{side.agency_name}, {side.ref}"


def rows(compared: Compared) -> list[Row]:
    """The two sides field by field. Only what the records the viewer may see say."""
    left, right = compared.left, compared.right
    shared = [
        _row("Name", left.names, right.names),
        _row("Also known as", left.aliases, right.aliases),
        _row("Described as", left.described, right.described),
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
        return "You do not see this file. A verdict may have taken it out of your sight."
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


@dataclass(frozen=True, slots=True)
class Column:
    """One file among several side by side."""

    person: str
    name: str
    names: str
    born: str
    addresses: str
    records: str


def column(side: Side) -> Column:
    """One source for a page that shows many of them."""
    return Column(
        side.person,
        name_of(side),
        "; ".join((*side.names, *side.aliases)),
        "; ".join(_born(side)),
        "; ".join(side.addresses),
        _records(side),
    )
