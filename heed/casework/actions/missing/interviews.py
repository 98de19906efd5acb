"""What a return interview settles: the offer, the interview itself where it was independent, and what cannot wait."""

from collections.abc import Collection
from datetime import datetime

from heed.casework.actions import ledger
from heed.casework.actions.duties.opening import Opening, open_these
from heed.casework.actions.duties.withdrawing import opened_again
from heed.casework.actions.missing.areas import known
from heed.casework.actions.missing.knowing import Known, Name, duties, keys_of, kinds_of_agencies, names
from heed.casework.actions.missing.owing import ABOUT, DONE, INTERVIEW, Case, answered, once, opening
from heed.casework.models import Duty, DutyStep, Professional, Relationship
from heed.casework.policy.missing import missing_rules
from heed.casework.sealing.rows import words_of
from heed.core.duty.moves import OWED, State
from heed.core.records.kinds import Kind
from heed.core.records.record import Record
from heed.core.records.sources import source_key
from heed.core.review.chronology import span
from heed.core.review.episodes import Episode
from heed.core.review.missing_sheet import ENDED, Status, not_independent, status
from heed.core.review.missing_sheet import INTERVIEW as BLOCK
from heed.core.review.missing_told import said

IN_WORDS = {
    "offered": "offered",
    "accepted": "accepted",
    "declined": "declined by the child",
    "held": "held",
    "decided_against": "not held, by decision",
    "unknown": "told of, without saying how far it came",
}

SAID_BY_ONE = ": return interview "
ALLOCATED = "allocated"


def told(row: int, record: Record, child: Known, by: Professional | None, now: datetime) -> list[ledger.Act]:
    """What an interview answers and opens. One that says of no episode is of the last that had ended before it."""
    episode = _episode(record, child)
    if episode is None:
        return []
    case = Case(row, record, episode, child, by, now)
    done, words = status(record), _words(record)
    acts = []
    for duty in duties(f"{ABOUT}offer", names(episode), owed=True) if done != Status.UNKNOWN else ():
        acts += answered(duty, DONE, words, by, now)
    return acts + settled(case) + open_these(openings=_tonight(case), by=by, now=now)


def settled(case: Case) -> list[ledger.Act]:
    """What the interviews of an episode end. What one of them ended, and none that stands ends any more because it was
    changed or withdrawn, is owed again."""
    keys = keys_of(case.child.person)
    ending = [
        record
        for _, record in case.child.records.values()
        if record.kind == Kind.RETURN_INTERVIEW
        and status(record) in ENDED
        and _is_of(record, case)
        and not why_not(record, case.episode, keys)
    ]
    found = duties(INTERVIEW, case.names)
    if not ending:
        again = "The interview that ended this was changed or withdrawn: none that counts is left."
        return [opened_again(duty, again, case.by, case.now) for duty in found if _ended_by_one(duty)]
    acts = []
    for duty in found:
        if duty.state in OWED:
            acts += answered(duty, DONE, _words(ending[-1]), case.by, case.now)
    return acts


def one_for_one_night(case: Case) -> list[ledger.Act]:
    """Two agencies told of one night before it was known that she is one child: one interview is owed for it."""
    first: dict[str, Duty] = {}
    acts = []
    for duty in duties(INTERVIEW, case.names, owed=True):
        kept = first.setdefault(duty.owing_agency_id, duty)
        if kept is not duty:
            words = f"One interview is owed for one night, by duty {kept.reference}."
            acts += answered(duty, DONE, words, case.by, case.now)
    return acts


def why_not(record: Record, episode: Episode, keys: Collection[str]) -> str:
    """Why an interview does not end what is owed for an episode; empty where it does. `keys` are the sources that are
    the child: whoever is allocated to her is not independent."""
    if status(record) == Status.UNKNOWN:
        return "it does not say how far the interview came"
    if episode.back is None or span(record).latest < episode.back:
        return "it is dated before the child came back"
    carers = {code for code, kind in kinds_of_agencies().items() if kind in missing_rules().carers}
    placing = {
        code for each in episode.records if (words := said(each, "placed_by")) and (code := known(words))
    }
    return not_independent(record, carers, placing, allocated=_allocated(record, keys))


def _allocated(record: Record, keys: Collection[str]) -> bool:
    """Whether whoever wrote it was allocated to her then."""
    if record.author is None or not record.author.ref:
        return False
    at = record.recorded_at
    theirs = Relationship.objects.filter(
        professional__username=record.author.ref, professional__agency=record.agency, basis=ALLOCATED,
        since__lte=at, until__gte=at,
    )  # fmt: skip
    return any(source_key(each) in keys for each in theirs.values_list("source_agency", "source_ref"))


def _is_of(record: Record, case: Case) -> bool:
    episode = _episode(record, case.child)
    return episode is not None and names(episode) == case.names


def _ended_by_one(duty: Duty) -> bool:
    """Whether the last that happened to it is that an interview answered it; what a person answered stays so."""
    if duty.state != State.ANSWERED:
        return False
    last = DutyStep.objects.filter(duty=duty).order_by("-number")[:1]
    return any(SAID_BY_ONE in words for words in words_of(last))


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
    return f"{who}, in record {record.agency} {record.ref}{SAID_BY_ONE}{IN_WORDS[status(record)]}."


def _tonight(case: Case) -> list[Opening]:
    """What police need tonight is owed by somebody there, now."""
    words = said(case.record, "police_tonight", BLOCK)
    if not words:
        return []
    what = missing_rules().opens["tonight"]
    found = [opening(case, what, f"{ABOUT}tonight", words)]
    return once(found, {(case.record.agency, case.record.ref)})
