"""The register in sentences: what each thing is, when it is due, and what was said and done about it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from heed.casework.doors.children import ChildFile
from heed.casework.doors.near import Around
from heed.casework.doors.register import Line, RegisterPage, Step
from heed.casework.policy.register import register_rules
from heed.core.duty.moves import Level
from heed.core.records.keys import plain, thing_key, thing_label
from heed.core.records.kinds import Part, ThingKind
from heed.core.register import grading
from heed.core.register.due import days_silent
from heed.core.register.moves import Kind, Move, State
from heed.core.register.seeing import ALONE
from heed.web.presenters.wording import LONDON, day, day_of, figure

NAMES: Mapping[Kind, str] = {
    Kind.CHILD: "Child who is watched",
    Kind.PERSON: "Person of concern",
    Kind.PLACE: "Place",
    Kind.ACTION: "Action",
    Kind.MEETING: "Meeting",
    Kind.MEASURE: "Notice, order or licence",
    Kind.PANEL: "On the panel’s list",
    Kind.RECOMMENDATION: "Recommendation",
}
GROUPS: Sequence[tuple[str, str, tuple[Kind, ...]]] = (
    ("children", "Children who are watched", (Kind.CHILD,)),
    ("panel", "The panel’s list", (Kind.PANEL,)),
    ("people", "Persons of concern, unproven", (Kind.PERSON,)),
    ("places", "Places", (Kind.PLACE,)),
    ("measures", "Notices, orders and licences", (Kind.MEASURE,)),
    ("plans", "Actions and meetings", (Kind.ACTION, Kind.MEETING)),
    ("recommendations", "Recommendations", (Kind.RECOMMENDATION,)),
)
DUE = {
    Kind.CHILD: "To be seen by",
    Kind.PERSON: "To be reviewed by",
    Kind.PLACE: "To be reviewed by",
    Kind.ACTION: "To be done by",
    Kind.MEETING: "Minutes due by",
    Kind.MEASURE: "To be acted on after",
    Kind.PANEL: "To be looked at by",
    Kind.RECOMMENDATION: "To be carried out by",
}
MOVES: Mapping[Move, str] = {
    Move.OPENED: "Begun",
    Move.SEEN: "Seen",
    Move.CHANGED: "Changed",
    Move.ASKED: "A second person is asked",
    Move.LOWERED: "Watched less: the second person agrees",
    Move.LEFT: "Ended: the second person agrees",
    Move.DECLINED: "The second person does not agree",
    Move.REVIEWED: "Reviewed, and kept",
    Move.WEEDED: "Weeded",
    Move.CONSIDERED: "Disruption considered",
    Move.DONE: "Done",
    Move.HELD: "Held, with minutes",
    Move.PUT_OFF: "Put off",
    Move.RENEWED: "Renewed",
    Move.BREACHED: "Breached",
    Move.ACTED: "Acted on",
    Move.ENDED: "In force no more",
    Move.SIGNED: "Signed off: the second person agrees",
}
LEVELS = {Level.HIGH: "High: serious harm is feared", Level.USUAL: "Usual: harm is feared"}


@dataclass(frozen=True, slots=True)
class LineShown:
    """Something in a list. `urgency` is a word, never only a colour."""

    reference: str
    title: str
    kind: str
    due: str
    urgency: str
    tag: str
    owner: str
    agency: str
    level: str


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step, in sentences."""

    title: str
    by: str
    at: datetime
    sentences: tuple[str, ...]
    childs_words: str
    text: str


@dataclass(frozen=True, slots=True)
class PageShown:
    """One page."""

    reference: str
    title: str
    kind: str
    line: LineShown
    back: str
    facts: tuple[tuple[str, str], ...]
    steps: tuple[StepShown, ...]
    items: tuple[LineShown, ...]
    person: str
    second: str
    owed: tuple[str, ...]
    unproven: bool
    ended: bool
    meeting: bool
    told_of: bool
    """Whether it is somebody or somewhere that records speak of, so that who knew what can be asked."""


def groups(found: Iterable[Line], now: datetime) -> list[tuple[str, str, list[LineShown]]]:
    """The list by what each is: anchor, heading, lines. What is late stands first."""
    lines = sorted(found, key=lambda each: (not each.late, each.next_at or now + timedelta(days=9999)))
    return [
        (anchor, heading, [line(each, now) for each in lines if each.kind in kinds])
        for anchor, heading, kinds in GROUPS
    ]


def line(each: Line, now: datetime) -> LineShown:
    """One line of a list."""
    urgency, tag = _urgency(each, now)
    return LineShown(
        reference=each.reference,
        title=title(each),
        kind=NAMES[each.kind],
        due=_due(each, now),
        urgency=urgency,
        tag=tag,
        owner=f"{each.owner.name}, {each.owner.role}, {each.owner.agency}",
        agency=each.agency,
        level="High" if each.level == Level.HIGH else "Usual",
    )


def title(each: Line) -> str:
    """What it is called: a name, or what is to be done, with the name it stands under."""
    said = each.said
    own = {
        Kind.ACTION: said.get("what"),
        Kind.MEETING: f"Meeting on {_day(said['on'])}: {said.get('what')}" if said.get("on") else None,
        Kind.MEASURE: register_rules().measures.get(str(said.get("measure")), "A measure"),
        Kind.PANEL: "On the panel’s list",
        Kind.RECOMMENDATION: said.get("what"),
    }.get(each.kind)
    name = each.called or ("" if own else "Words that were erased")
    return ": ".join(part for part in (name, str(own or "")) if part)


def present(page: RegisterPage, now: datetime) -> PageShown:
    """One page in sentences."""
    shown = line(page.line, now)
    return PageShown(
        reference=page.line.reference,
        title=shown.title,
        kind=shown.kind,
        line=shown,
        back=page.line.under,
        facts=tuple((key, value) for key, value in _facts(page) if value),
        steps=tuple(_step(each) for each in reversed(page.steps)),
        items=tuple(line(each, now) for each in page.items),
        person=page.person,
        second=page.second,
        owed=page.owed,
        unproven=page.about.kind == Kind.PERSON,
        ended=page.line.state == State.ENDED,
        meeting=page.line.kind == Kind.MEETING,
        told_of=page.line.kind in (Kind.PERSON, Kind.PLACE),
    )


def around(found: Around, now: datetime) -> dict[str, Any]:
    """What of the register lies near a child, for her page."""
    return {
        "own": [line(each, now) for each in found.own],
        "near": [(line(each.line, now), each.because) for each in found.near],
    }


@dataclass(frozen=True, slots=True)
class NameableShown:
    """A person of concern or a place in a record, which could get a page of its own."""

    kind: str
    record: int
    position: int
    called: str
    where: str


def nameable(file: ChildFile) -> list[NameableShown]:
    """Each person of concern and each place that her records name, once, from the newest record that does."""
    found: dict[tuple[str, str], NameableShown] = {}
    for entry in sorted(file.counted, key=lambda each: each.received_at, reverse=True):
        where = f"{file.agencies.get(entry.told.agency, entry.told.agency)}, {day_of(entry.told.recorded_at):%d %B %Y}"
        for person in entry.told.people:
            name = " ".join(filter(None, (person.given_names, person.family_name)))
            called = name or next(iter(person.also_known_as), "")
            if person.part == Part.PERSON_OF_CONCERN and called:
                each = NameableShown("person", entry.key, person.position, called, where)
                found.setdefault(("person", plain(called)), each)
        for position, thing in enumerate(entry.told.things):
            if thing.kind in (ThingKind.PLACE, ThingKind.PREMISES) and (key := thing_key(thing)):
                each = NameableShown("place", entry.key, position, thing_label(thing), where)
                found.setdefault(("place", key), each)
    return sorted(found.values(), key=lambda each: (each.kind, each.called))


def _facts(page: RegisterPage) -> list[tuple[str, str]]:
    told, kind = page.terms, page.line.kind
    seen = [step.said["on"] for step in page.steps if step.move == Move.SEEN and step.said.get("on")]
    facts = [
        ("Why", str(told.get("why") or "")),
        ("What to look for", str(told.get("look_for") or "")),
        ("When it can stop", str(told.get("stop_when") or "")),
        ("Seen at the latest every", figure(int(told["every_days"]), "day") if "every_days" in told else ""),
        ("In the role of", str(told.get("role") or "")),
        ("Description", str(told.get("description") or "")),
        ("How it is known", grading.in_words(*told["grading"]) if told.get("grading") else ""),
        ("To be done", str(told.get("what") or "")),
        ("Recommended by", str(told.get("source") or "")),
        ("Invited", str(told.get("invited") or "")),
        ("In force until", _day(told["expires_on"]) if told.get("expires_on") else ""),
    ]
    if kind == Kind.CHILD:
        last = _day(max(seen)) if seen else "Not seen since the watch began"
        facts.insert(0, ("Last seen", last))
        facts.append(("Level", LEVELS[Level(page.line.level)]))
    return facts


def _step(each: Step) -> StepShown:
    return StepShown(
        title=MOVES[each.move],
        by=each.by,
        at=each.at,
        sentences=tuple(filter(None, _sentences(each))),
        childs_words=each.childs_words,
        # The first lines of a visit's text say what the sentences say already.
        text=each.text.partition("\n\n")[2] if each.move == Move.SEEN else each.text,
    )


def _sentences(each: Step) -> list[str]:
    said, measures = each.said, register_rules().measures
    found = []
    if not said:
        return ["These words were erased."]
    if each.move == Move.SEEN and "how" in said:
        alone = "alone" if said.get("alone") == ALONE else "not alone"
        how = register_rules().how.get(said["how"], said["how"])
        found.append(f"On {_day(said['on'])}, by {said['who']}, {alone}. {how}.")
    if each.move == Move.CONSIDERED:
        used = ", ".join(measures.get(code, code) for code in said.get("used", ())) or "none"
        found.append(f"To be used: {used}.")
    if each.move == Move.ASKED and said.get("leaves") is False:
        found.append(f"Asked for: seen every {said['every_days']} days, level {said['level']}.")
    elif each.move == Move.ASKED:
        found.append("Asked for: that it end.")
    if "recheck_on" in said:
        found.append(f"To be looked at again on {_day(said['recheck_on'])}.")
    if each.move == Move.HELD:
        found.append(f"Held on {_day(said['on'])}. Present: {said['present']}")
    if each.move in (Move.REVIEWED, Move.WEEDED) and said.get("grading"):
        found.append(f"Graded {grading.in_words(*said['grading'])}.")
    if each.move in (Move.RENEWED, Move.PUT_OFF):
        found.append(
            f"Until {_day(said['expires_on'])}." if "expires_on" in said else f"To {_day(said['on'])}."
        )
    found.append(str(said.get("words") or ""))
    return found


def _urgency(each: Line, now: datetime) -> tuple[str, str]:
    if each.state == State.ENDED:
        return "Ended", "grey"
    if each.late:
        return ("Breached or ending", "red") if each.kind == Kind.MEASURE else ("Overdue", "red")
    if each.state == State.ASKED:
        return "Second person asked", "yellow"
    if each.next_at and each.next_at - now <= timedelta(days=2):
        return "Due soon", "yellow"
    return "Due", "blue"


def _due(each: Line, now: datetime) -> str:
    if each.next_at is None:
        return ""
    last = day_of(each.next_at - timedelta(microseconds=1))
    words = f"{DUE[each.kind]} {day(last)}"
    silent = days_silent(last, now.astimezone(LONDON).date())
    return f"{words}, {figure(silent, 'day')} ago" if each.late and silent else words


def _day(text: str) -> str:
    return day(date.fromisoformat(text))
