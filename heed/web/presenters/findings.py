"""Findings in words: the sentence, the rule, how strong, what speaks against, what to do."""

from dataclasses import dataclass
from datetime import datetime

from heed.casework.doors.findings import Evidence, FindingDuty, Page, Step, Unseen
from heed.casework.doors.noticed import Summary
from heed.casework.doors.sight import KnownChild
from heed.core.duty.moves import WORDS as MOVES
from heed.core.patterns import DETECTORS
from heed.core.patterns.detector import Detector
from heed.web.pictures import network
from heed.web.presenters import labels, mapping, wording

NEVER_SAFE = "No finding never means safe. These rules see only what somebody wrote down."
NOT_A_SCORE = (
    "Strength says how far the counts stand out from what is usual. It is not a score of a child, and it does not"
    " say that anybody did anything."
)
STRENGTHS = ((12.0, "very strong"), (8.0, "strong"), (4.0, "clear"), (0.0, "slight"))
"""Natural log of the likelihood ratio: 4 is about 50 to 1, 8 about 3,000 to 1, 12 about 160,000 to 1."""
SAME_TIMES = "The same times"
TERMS = {
    "fan_in": "More households than this place or thing usually sees",
    "change_since_contact": "Missing more often since the first contact with it",
    "shared_markers": "Further things in common",
    "missing_together": "Missing at the same time",
    "agencies": "How many agencies hold a piece of it",
    "choice": "Less, because these children were chosen among many",
    "own_rate": "More often than the child's own past explains",
}
BY_NAME: dict[str, Detector] = {detector.name: detector for detector in DETECTORS}


@dataclass(frozen=True, slots=True)
class Listed:
    """A finding in a list."""

    id: str
    title: str
    sentence: str
    full: bool
    strength: str
    children: str
    raised: str
    stands: bool
    last: str


@dataclass(frozen=True, slots=True)
class Member:
    """A child in a finding. `person` is empty for one the viewer may not open."""

    person: str
    name: str
    agencies: str
    note: str
    ask: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """One record behind it, with the address of its place in the chronology."""

    person: str
    row: int
    what: str
    when: str
    recorded: str
    source: str
    children: str
    hubs: str
    new: bool
    """Whether it came after the viewer last looked."""


@dataclass(frozen=True, slots=True)
class Held:
    """Records the viewer may not see."""

    words: str
    ask: str


@dataclass(frozen=True, slots=True)
class Row:
    """A child in the table of the picture: in how many records with each hub."""

    child: str
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DutyLine:
    """The answer owed."""

    reference: str
    words: str
    open: bool
    yours: bool
    in_sight: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the finding's history."""

    when: str
    words: str


@dataclass(frozen=True, slots=True)
class FindingPage:
    """Everything the template lays out."""

    listed: Listed
    rule: str
    why: str
    limits: str
    name: str
    version: str
    children: tuple[Member, ...]
    hubs: tuple[tuple[str, str], ...]
    mapped: tuple[str, ...]
    evidence: tuple[Proof, ...]
    held: tuple[Held, ...]
    against: tuple[str, ...]
    denominator: str
    strength: str
    chance: str
    terms: tuple[tuple[str, str], ...]
    network: network.Network | None
    description: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    duties: tuple[DutyLine, ...]
    history: tuple[Happened, ...]
    since: str
    """What is new since the viewer last looked; empty for a first look."""


def listed(summary: Summary) -> Listed:
    """A finding as a line, with the blunt sentence where the viewer may not read the real one."""
    detector = BY_NAME.get(summary.detector)
    count = len(summary.seen) + summary.unseen
    return Listed(
        id=summary.id,
        title=detector.title if detector else labels.plain(summary.detector),
        sentence=summary.statement if summary.full else blunt(summary),
        full=summary.full,
        strength=wording.capital(strength(summary.strength)),
        children=wording.counted(count, "child", "children"),
        raised=wording.day(summary.first_raised),
        stands=summary.stands,
        last=wording.day(summary.as_of),
    )


def blunt(summary: Summary) -> str:
    """What may be said to somebody who sees only a part: that there is more, and whom to ask."""
    ask = f" Ask {wording.listed(summary.ask)}." if summary.ask else ""
    this = "this child" if len(summary.seen) == 1 else "these children"
    if not summary.unseen:
        detector = BY_NAME.get(summary.detector)
        if detector and detector.single_child:
            return "Something repeats in records of this child, some of them held by other agencies."
        return f"Something links {this} in records of other agencies.{ask}"
    more = wording.counted(summary.unseen, "other child", "other children")
    return f"Something links {this} with {more} known to other agencies.{ask}"


def strength(value: float) -> str:
    """The strength as a word."""
    return next((word for least, word in STRENGTHS if value >= least), "slight")


def present(page: Page, now: datetime) -> FindingPage:
    """The page in words."""
    detector = BY_NAME.get(page.summary.detector)
    children = _children(page)
    ties = _ties(page)
    return FindingPage(
        listed=listed(page.summary),
        rule=detector.words if detector else "",
        why=detector.why_it_matters if detector else "",
        limits=detector.limits if detector else "",
        name=page.summary.detector,
        version=page.version,
        children=tuple(children),
        mapped=mapping.of_hubs(page.hubs),
        hubs=tuple((labels.THINGS.get(hub.kind, labels.plain(hub.kind)), hub.label) for hub in page.hubs),
        evidence=tuple(_proof(each, page) for each in page.evidence),
        held=tuple(_held(each, page) for each in page.unseen_evidence),
        against=page.against,
        denominator=wording.capital(page.denominator),
        strength=f"{page.summary.strength:.1f}",
        chance=_chance(page.chance, detector),
        terms=tuple((_term(name), f"{value:+.1f}".replace("-", "−")) for name, value in page.terms),
        network=_network(page, children, ties),
        description=_described(page),
        columns=tuple(hub.label for hub in page.hubs) or (SAME_TIMES,),
        rows=tuple(_row(child, page, ties) for child in page.seen),
        duties=tuple(_duty(each, page, now) for each in page.duties),
        history=tuple(_history(page)),
        since=_since(page),
    )


def _since(page: Page) -> str:
    """'Since you last looked, on 3 March 2006: two more records, one more child.'"""
    if page.looked_before is None:
        return ""
    new = [each for each in page.evidence if _is_new(each, page)]
    known = {person for each in page.evidence if each not in new for person in each.people}
    joined = {person for each in new for person in each.people} - known
    found = [wording.counted(len(new), "more record")] if new else []
    found += [wording.counted(len(joined), "more child", "more children")] if joined else []
    said = wording.listed(found) or "nothing more that you may see"
    return f"Since you last looked, on {wording.instant(page.looked_before)}: {said}."


def _is_new(each: Evidence, page: Page) -> bool:
    return page.looked_before is not None and each.received_at > page.looked_before


def _term(name: str) -> str:
    if name.startswith("pair_"):
        return f"Pair {name.removeprefix('pair_')}: missing at the same time"
    if name.startswith("thing_"):
        return f"Thing {name.removeprefix('thing_')}: more households than usual there"
    return TERMS.get(name, labels.plain(name))


def _chance(chance: float | None, detector: Detector | None) -> str:
    if chance is None:
        return ""
    otherwise = (
        "nothing had changed" if detector and detector.single_child else "nothing joined these children"
    )
    return f"If {otherwise}, counts like these would be seen {wording.one_in(chance)} such spans of time."


def _children(page: Page) -> list[Member]:
    seen = [
        Member(
            each.person, each.name, wording.listed(sorted(page.agencies.get(code, code) for code in each.agencies)),
            f"in {wording.figure(each.missing, "missing record")}" if each.missing else "",
        )
        for each in page.seen
    ]  # fmt: skip
    return seen + [_unseen(each, page) for each in page.unseen_children]


def _unseen(each: Unseen, page: Page) -> Member:
    names = wording.listed([page.agencies.get(code, code) for code in each.agencies])
    ask = tuple(_ask(code, page) for code in each.agencies)
    return Member("", f"Another child, known to {names}", names, "", ask)


def _ask(code: str, page: Page) -> str:
    contact = page.contacts.get(code)
    return (
        f"{contact.name}, {contact.role}, {contact.agency_name}" if contact else page.agencies.get(code, code)
    )


def _held(each: Unseen, page: Page) -> Held:
    code = each.agencies[0]
    name = page.agencies.get(code, code)
    records = wording.capital(wording.counted(each.count, "record")) if each.count else "Records"
    return Held(f"{records} held by {name}", _ask(code, page))


def _proof(each: Evidence, page: Page) -> Proof:
    names = {child.person: child.name for child in page.seen}
    labelled = {hub.key: hub.label for hub in page.hubs}
    return Proof(
        person=next((person for person in each.people if person in names), ""),
        row=each.key,
        what=labels.kind(each.kind),
        when=wording.when(each.happened),
        recorded=wording.day(wording.day_of(each.recorded_at)),
        source=f"{page.agencies.get(each.agency, each.agency)}, {each.ref}",
        children=wording.listed([names[person] for person in each.people if person in names]),
        hubs=wording.listed([labelled[key] for key in each.hubs if key in labelled]),
        new=_is_new(each, page),
    )


def _ties(page: Page) -> list[network.Tie]:
    """How many visible records join a child and a hub; where nothing is shared, two children in one record or more."""
    counts: dict[tuple[str, str], int] = {}
    known = {child.person for child in page.seen}
    for each in page.evidence:
        people = [person for person in each.people if person in known]
        others = list(each.hubs) if page.hubs else []
        if len(page.hubs) == 1 and not others:
            others = [page.hubs[0].key]
        for person in people:
            for other in others:
                counts[person, other] = counts.get((person, other), 0) + 1
    hubs = [hub.key for hub in page.hubs]
    people = list(page.summary.seen)
    ordered = sorted(counts.items(), key=lambda tie: (hubs.index(tie[0][1]), people.index(tie[0][0])))
    return [network.Tie(one, other, count) for (one, other), count in ordered]


def _network(page: Page, children: list[Member], ties: list[network.Tie]) -> network.Network | None:
    if not page.summary.full:
        return None
    people = [_drawn(each, place) for place, each in enumerate(children)]
    hubs = [network.Hub(hub.key, hub.label, labels.THINGS.get(hub.kind, hub.kind)) for hub in page.hubs]
    if not hubs:
        # Nothing is shared but time: the event itself stands where a hub would.
        hubs = [network.Hub("time", SAME_TIMES, "missing together")]
        ties = [
            network.Tie(person.key, "time", _mentions(person.key, page)) for person in people if person.known
        ]
    return network.draw(people, hubs, ties) if len(people) > 1 else None


def _drawn(each: Member, place: int) -> network.Child:
    if each.person:
        return network.Child(each.person, each.name, each.note)
    return network.Child(f"unseen {place}", "Another child", each.agencies, known=False)


def _mentions(person: str, page: Page) -> int:
    return sum(person in each.people for each in page.evidence)


def _described(page: Page) -> str:
    hubs = wording.listed([hub.label for hub in page.hubs]) or "the same times"
    children = wording.counted(len(page.seen) + page.summary.unseen, "child", "children")
    return f"{wording.capital(children)}, joined by {hubs}. The table beside it says the same."


def _row(child: KnownChild, page: Page, ties: list[network.Tie]) -> Row:
    counts = {tie.other: tie.records for tie in ties if tie.one == child.person}
    if not page.hubs:
        return Row(child.name, (str(_mentions(child.person, page)),))
    return Row(child.name, tuple(str(counts.get(hub.key, "–")) for hub in page.hubs))


def _duty(each: FindingDuty, page: Page, now: datetime) -> DutyLine:
    owed = each.state != "answered"
    due = f" by {wording.instant(each.due_at)}" if each.due_at else ""
    who = f"{each.owner}, {each.owner_role}, {each.agency},"
    decision = next((step.decision for step in reversed(page.steps) if step.decision), "")
    said = f"{who} owes an answer{due}." if owed else f"{who} answered: {decision}."
    late = owed and each.due_at is not None and each.due_at < now
    mine = owed and each.yours
    words = f"You owe an answer{due}." if mine else said
    return DutyLine(each.reference, words, owed, each.yours, each.in_sight, late)


def _history(page: Page) -> list[Happened]:
    lines = [Happened(wording.day(page.summary.first_raised), "First visible in what was then recorded.")]
    lines += [Happened(wording.instant(step.at), _step(step)) for step in page.steps]
    last = "Still stands." if page.summary.stands else "Stood for the last time. It is kept as it was then."
    lines.append(Happened(wording.day(page.summary.as_of), last))
    return lines


def _step(step: Step) -> str:
    done = {str(move): words for move, words in MOVES.items()}.get(step.kind, step.kind)
    who = f" by {step.by}" if step.by else ""
    decision = f": {wording.lowered(step.decision)}" if step.decision else ""
    return f"The duty: {done}{who}{decision}."
