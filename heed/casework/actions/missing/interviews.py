"""What a return interview settles: the offer, the interview itself where it was independent, and what cannot wait."""

from collections.abc import Collection
from datetime import datetime

from heed.casework.actions import ledger
from heed.casework.actions.duties.opening import Opening, open_these
from heed.casework.actions.missing.knowing import Known, Name, duties, kinds_of_agencies, names
from heed.casework.actions.missing.owing import ABOUT, DONE, INTERVIEW, Case, answered, once, opening
from heed.casework.models import Professional
from heed.casework.policy.missing import missing_rules
from heed.core.records.kinds import Kind
from heed.core.records.record import Record
from heed.core.review.chronology import span
from heed.core.review.episodes import Episode
from heed.core.review.missing_sheet import ENDED, not_independent, status
from heed.core.review.missing_sheet import INTERVIEW as BLOCK
from heed.core.review.missing_told import said

IN_WORDS = {
    "offered": "offered",
    "accepted": "accepted",
    "declined": "declined by the child",
    "held": "held",
    "decided_against": "not held, by decision",
}


def told(row: int, record: Record, child: Known, by: Professional | None, now: datetime) -> list[ledger.Act]:
    """What an interview answers and opens. One that says of no episode is of the last that had ended before it."""
    episode = _episode(record, child)
    if episode is None:
        return []
    case = Case(row, record, episode, child, by, now)
    done, words = status(record), _words(record)
    acts = []
    for duty in duties(f"{ABOUT}offer", names(episode), owed=True):
        acts += answered(duty, DONE, words, by, now)
    if done in ENDED and not why_not(record):
        for duty in duties(INTERVIEW, names(episode), owed=True):
            acts += answered(duty, DONE, words, by, now)
    return acts + open_these(openings=_tonight(case), by=by, now=now)


def why_not(record: Record) -> str:
    """Why an interview does not count as one by somebody independent; empty where it does."""
    carers = {code for code, kind in kinds_of_agencies().items() if kind in missing_rules().carers}
    return not_independent(record, carers)


def of_episode(record: Record, of: Collection[Name]) -> bool:
    """Whether a record is an interview that says it is of one of these records."""
    return record.kind == Kind.RETURN_INTERVIEW and _of(record) in of


def _episode(record: Record, child: Known) -> Episode | None:
    named = child.episode_of(_of(record))
    if named is not None:
        return named
    told_until = span(record).latest
    before = [each for each in child.episodes if not each.away_at(told_until) and _back(each) <= told_until]
    return max(before, key=_back, default=None)


def _back(episode: Episode) -> datetime:
    return max(span(each).latest for each in episode.records)


def _of(record: Record) -> Name:
    return said(record, "of_agency", BLOCK), said(record, "of_ref", BLOCK)


def _words(record: Record) -> str:
    author = record.author
    who = ", ".join(filter(None, (author.name, author.role))) if author else "somebody"
    return f"{who}, in record {record.agency} {record.ref}: return interview {IN_WORDS[status(record)]}."


def _tonight(case: Case) -> list[Opening]:
    """What police need tonight is owed by somebody there, now."""
    words = said(case.record, "police_tonight", BLOCK)
    if not words:
        return []
    what = missing_rules().opens["tonight"]
    found = [opening(case, what, f"{ABOUT}tonight", words)]
    return once(found, {(case.record.agency, case.record.ref)})
