"""Opening and answering what is owed for a missing child: once for each episode, however many agencies tell of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from heed.casework.actions import ledger
from heed.casework.actions.duties import following, holders, seconding, sight, steps
from heed.casework.actions.duties.opening import Opening, children_of
from heed.casework.actions.missing.knowing import Known, Name, duties, names
from heed.casework.agencies import ensure
from heed.casework.models import Duty, Professional, Record
from heed.casework.policy import policy
from heed.casework.policy.missing import Owing
from heed.casework.sealing import whose
from heed.core.duty.moves import Level, Move, State
from heed.core.duty.posts import Post
from heed.core.duty.worktime import after
from heed.core.records.record import Record as Told
from heed.core.review.episodes import Episode

ABOUT = "missing:"
"""How a duty says that it is about a missing child."""
INTERVIEW = "deadline:return_interview"
DONE = "done"
REVIEWED = "The risk was looked at again"


@dataclass(frozen=True, slots=True)
class Case:
    """One episode of one child, and the record because of which somebody looks at it."""

    row: int
    record: Told
    episode: Episode
    child: Known
    by: Professional | None
    now: datetime

    @property
    def names(self) -> set[Name]:
        """The records that tell of the episode."""
        return names(self.episode)

    @property
    def level(self) -> Level:
        """High as long as any agency that tells of it graded it so."""
        high = policy().duties.high_risks
        graded = {record.missing.risk for record in self.episode.records if record.missing}
        return Level.HIGH if graded & high else Level.USUAL


def opening(
    case: Case,
    what: Owing,
    about: str,
    words: str,
    *,
    agency: str = "",
    since: datetime | None = None,
    due_at: datetime | None = None,
    higher: int = 0,
    level: Level = Level.USUAL,
    owner: Professional | None = None,
) -> Opening:
    """A duty about to be opened, on the lowest rung of the post policy names, or so many `higher`."""
    ladder, owing = policy().ladder, agency or what.agency
    base = next((n for n, rung in enumerate(ladder.rungs) if rung.post == what.post), 0)
    rung = ladder.above(base, higher)
    post = ladder.at(rung).post if higher else what.post
    times = len(duties(about, {(case.record.agency, case.record.ref)}))
    duty = Duty(
        reference=_reference(about, owing, case.record, times),
        record=Record(pk=case.row),
        about=about,
        clause=what.clause,
        owing_agency=ensure(owing),
        raising_agency_id=case.record.agency,
        raiser=case.by,
        raiser_name=_raiser(case),
        owner=owner or holders.holder(owing, Post(post), case.now),
        opened_at=case.now,
        state=State.OPEN,
        rung=rung,
        due_at=due_at or after(since or case.now, what.limit, ladder.calendar),
        level=level,
    )
    duty.record_id = case.row
    return Opening(duty, children_of(case.record), words, whose.record(case.record))


def answered(
    duty: Duty, decision: str, words: str, by: Professional | None, now: datetime
) -> list[ledger.Act]:
    """A record brings the answer; of what is feared to be grave it only asks for it, and a second person agrees."""
    if seconding.takes_two(duty, decision):
        if duty.state == State.ASKED:
            return []
        return [steps.act(duty, seconding.ask_for_record(duty, decision, words, by, now), now)]
    step = steps.take(duty, Move.ANSWERED, by=by, at=now, decision=decision, words=words)
    sight.narrow(duty, now)
    return [steps.act(duty, step, now), *following.follow(duty=duty, step=step, by=by, now=now)]


def once(openings: Iterable[Opening], of: Collection[Name]) -> list[Opening]:
    """Without what the same agency owes for the same episode already, answered or not."""
    return [
        each
        for each in openings
        if not any(
            known.owing_agency_id == each.duty.owing_agency_id for known in duties(each.duty.about, of)
        )
    ]


def _reference(about: str, owing: str, record: Told, times: int) -> str:
    return f"H-{sha256(f'{about} {owing} {record.agency} {record.ref} {times}'.encode()).hexdigest()[:12]}"


def _raiser(case: Case) -> str:
    author = case.record.author
    words = [case.by.name, case.by.role] if case.by else [author.name, author.role] if author else []
    return ", ".join(filter(None, words))[:160]
