"""What is owed, in sentences: the same words on Today, on a receipt and on the duty's own page."""

from dataclasses import dataclass
from datetime import datetime

from heed.casework.doors.parties import Owed, Party, Step
from heed.casework.policy import policy
from heed.core.duty.moves import Move, State
from heed.web.presenters import deadlines, wording

KINDS = {
    "concern": "A concern",
    "disclosure": "What a child told",
    "complaint": "A complaint",
    "referral": "A referral",
}

GLASS = "glass:"
CONFLICT = ("conflict:", "tried:")
MISSING = {
    "missing:open": "A missing child",
    "missing:grave": "A missing child, for a lead to look at",
    "missing:offer": "A return interview to offer",
    "missing:tonight": "What police need tonight",
    "missing:plan": "A trigger plan to run",
    "missing:placing": "Another area to tell of a missing child",
    "missing:together": "What comes together around a missing episode",
    "missing:repeat": "Repeated missing episodes",
    "deadline:return_interview": "A return interview",
}
"""What a duty about a missing child is called, by what it is about, without what comes after a second colon."""
REGISTER = {
    "silence": "Something on the register went quiet",
    "second": "A second person’s word on the register",
    "disruption": "A pattern that asks for disruption to be considered",
}
PRACTICE = {
    "practice:several_concerns": "Several agencies’ concerns, and no strategy discussion",
    "practice:same_place": "A place that several concerns name",
}
"""What a duty of a rule that counts concerns is called."""
ARRIVALS = (Move.OPENED, Move.CLIMBED, Move.RAISED, Move.PASSED_ON, Move.DISAGREED)
"""The moves by which a duty comes to somebody new."""


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step on the line of time."""

    title: str
    by: str
    at: datetime
    sentence: str
    words: str


@dataclass(frozen=True, slots=True)
class DutyShown:
    """A duty in a list or at the head of its page. `urgency` is a word, never only a colour."""

    reference: str
    title: str
    heading: str
    due: str
    see_by: str
    urgency: str
    tag: str
    rung: str
    owner: str
    raised: str
    standing: str
    offered: str
    clause: str
    finding: str
    steps: tuple[StepShown, ...]
    asked: str = ""
    """What a second person is asked for, while one is."""
    voices: str = ""
    newest: int = 0
    """The number of the newest step: what somebody who agrees has read."""
    glass: str = ""
    """The emergency access it is to review, if that is what it is about."""
    conflict: str = ""
    """The conflict of interest it is about, if that is what it is about."""
    night: int | None = None
    """A record of the missing episode it is about."""
    registered: str = ""
    """The page of the register it is about."""


def duty(owed: Owed, now: datetime) -> DutyShown:
    """A duty in words."""
    urgency, tag = _urgency(owed, now)
    return DutyShown(
        reference=owed.reference,
        title=_title(owed),
        heading="What several agencies’ records make together" if owed.finding else _title(owed),
        due=wording.capital(deadlines.due(owed.due_at, now, policy().ladder.calendar)),
        see_by=_see_by(owed, now),
        urgency=urgency,
        tag=tag,
        rung=f"Rung {owed.rung} of {policy().ladder.top}: {owed.rung_name}",
        owner=person(owed.owner),
        raised=f"{owed.raiser}{_of(owed.raising_agency)}" if owed.raiser else _nobody(owed),
        standing=_standing(owed, now),
        offered=person(owed.offered_to) if owed.offered_to else "",
        clause=wording.capital(owed.clause),
        finding=owed.finding,
        steps=tuple(step(each, now) for each in owed.steps),
        asked=_asked(owed),
        voices="; ".join(person(each.by) for each in owed.steps if each.move == Move.JOINED and each.by),
        newest=owed.steps[-1].number if owed.steps else 0,
        glass=owed.about_what.removeprefix(GLASS) if owed.about_what.startswith(GLASS) else "",
        conflict=next(
            (owed.about_what.removeprefix(one) for one in CONFLICT if owed.about_what.startswith(one)), ""
        ),
        night=owed.record if _missing(owed) and owed.about_what != "missing:tonight" else None,
        registered=_registered(owed),
    )


def person(party: Party) -> str:
    """'R. Bell (duty person, Police)'."""
    return f"{party.name} ({party.role}, {party.agency})"


def step(each: Step, now: datetime) -> StepShown:
    """One step, with the words of whoever made it."""
    by_clock = each.move == Move.CLIMBED
    return StepShown(
        title=_TITLES.get(each.move, each.move),
        by=person(each.by) if each.by else "the clock" if by_clock else "Heed",
        at=each.at,
        sentence=_sentence(each, now),
        words="" if by_clock else each.words,
    )


LOWER = "lower_level"

_TITLES = {
    Move.OPENED: "Opened",
    Move.ACKNOWLEDGED: "Seen",
    Move.OFFERED: "Offered to somebody else",
    Move.ACCEPTED: "Taken on",
    Move.CLIMBED: "Nobody answered: it went up",
    Move.RAISED: "It came again: it went up",
    Move.PASSED_ON: "Passed on: whoever owed it has left or is away",
    Move.SKIPPED: "A child is in danger now: rungs were skipped",
    Move.JOINED: "Somebody else knows about this too",
    Move.ASKED: "A second person is asked",
    Move.CONFIRMED: "Closed: the second person agrees",
    Move.LOWERED: "Level lowered: the second person agrees",
    Move.DECLINED: "The second person does not agree",
    Move.RECHECKED: "Owed again: the day to look again has come",
    Move.ANSWERED: "Answered",
    Move.DISAGREED: "The answer was not accepted",
}


def _sentence(each: Step, now: datetime) -> str:
    owes = f"{person(each.owner)} owes an answer"
    owes += f" by {deadlines.moment(each.due_at, now)}." if each.due_at else "."
    match each.move:
        case Move.ACKNOWLEDGED:
            return "The answer is still owed."
        case Move.OFFERED:
            return f"Until somebody takes it on, {owes}"
        case Move.ANSWERED | Move.CONFIRMED:
            return f"Decision: {each.decision}."
        case Move.ASKED:
            return f"Asked for: {_decided(each)}. Until somebody of another agency agrees, {owes}"
        case Move.CLIMBED:
            until = f", by {deadlines.moment(each.due_at, now)}" if each.due_at else ""
            return f"Rung {each.rung} of {policy().ladder.top}{until}. {each.words}"
        case Move.RAISED | Move.DISAGREED:
            return f"Rung {each.rung} of {policy().ladder.top}: now {owes}"
        case _:
            return owes


def _title(owed: Owed) -> str:
    if owed.finding:
        return owed.about or "A pattern that several agencies’ records make together"
    if missing := _missing(owed):
        return f"{missing}: {owed.about}" if owed.about else missing
    what = _what(owed)
    return f"{what} about {owed.about}" if owed.about else what


def _missing(owed: Owed) -> str:
    """What a duty about a missing child is called; empty for any other."""
    return MISSING.get(":".join(owed.about_what.split(":")[:2]), "")


def _what(owed: Owed) -> str:
    """What sort of thing asks for an answer: told by the clause, which everybody who sees the duty may read."""
    rules = policy().duties
    if owed.about_what.startswith(GLASS):
        return "A child’s records opened in an emergency"
    of_the_register = REGISTER.get(owed.about_what.partition(":")[0])
    if of_the_register:
        return of_the_register
    if counted := PRACTICE.get(owed.about_what.rpartition(":")[0]):
        return counted
    if owed.clause == rules.danger_clause:
        return "A concern that a child is in danger"
    kind = next((kind for kind, clause in rules.clauses.items() if clause == owed.clause), "")
    return KINDS.get(kind, "A record that asks for an answer")


def _registered(owed: Owed) -> str:
    kind, _, rest = owed.about_what.partition(":")
    return rest.partition(":")[0] if kind in REGISTER else ""


def _urgency(owed: Owed, now: datetime) -> tuple[str, str]:
    if owed.state == State.ANSWERED or owed.due_at is None:
        return "Answered", "green"
    if owed.due_at <= now:
        return "Overdue", "red"
    if (owed.due_at - now).days < 1:
        return "Due soon", "yellow"
    return ("Seen", "blue") if owed.state == State.ACKNOWLEDGED else ("Not yet seen", "blue")


def _standing(owed: Owed, now: datetime) -> str:
    if owed.state != State.ANSWERED:
        seen = " and has seen it" if owed.state == State.ACKNOWLEDGED else ""
        return f"{person(owed.owner)} owes an answer{seen}"
    answers = [each for each in owed.steps if each.move in (Move.ANSWERED, Move.CONFIRMED)]
    if not answers:
        return "Answered"
    last = answers[-1]
    return f"{person(last.by or last.owner)} answered on {wording.instant(last.at)}: {last.decision}"


def _asked(owed: Owed) -> str:
    """What is asked for, by whom, why."""
    if owed.state != State.ASKED:
        return ""
    last = next(each for each in reversed(owed.steps) if each.move == Move.ASKED)
    by = person(last.by) if last.by else "A record"
    return f"{by} asks: {_decided(last)}. {last.words}"


def _decided(each: Step) -> str:
    return "lower the level" if each.decision == LOWER else each.decision


def _see_by(owed: Owed, now: datetime) -> str:
    """By when the owner should say that they have seen it; empty once they have."""
    reached = [each.at for each in owed.steps if each.move in ARRIVALS]
    if owed.state != State.OPEN or not reached:
        return ""
    by = min(policy().ladder.acknowledge_by(owed.rung, reached[-1]), owed.due_at or now)
    late = ": that has passed" if by <= now else ""
    return f"Say that you have seen it by {deadlines.moment(by, now)}{late}"


def _nobody(owed: Owed) -> str:
    """Who raised what no person raised here."""
    return owed.raising_agency or "Heed, from what several agencies recorded"


def _of(agency: str) -> str:
    return f", {agency}" if agency else ""
