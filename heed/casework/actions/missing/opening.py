"""What the record of a missing child makes somebody owe: found once she is linked, the same however often it is asked.

While she is away somebody holds it; the trigger plan runs; a lead looks at once where that is asked; repeats count
themselves; after the return an interview is offered. `following` opens the interview itself, with its 72 hours.
"""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.actions.duties import raising
from heed.casework.actions.duties.opening import Opening, open_these
from heed.casework.actions.missing import interviews, knowing
from heed.casework.actions.missing.areas import both, known, responsible
from heed.casework.actions.missing.knowing import duties, names
from heed.casework.actions.missing.owing import ABOUT, DONE, Case, answered, once, opening
from heed.casework.actions.missing.repeats import never_reported, repeats
from heed.casework.agencies import LONGEST_NAME
from heed.casework.models import Professional
from heed.casework.policy import policy
from heed.casework.policy.missing import missing_rules
from heed.core.duty.moves import Level
from heed.core.duty.worktime import after
from heed.core.records.kinds import Kind
from heed.core.records.record import Record
from heed.core.review.chronology import span
from heed.core.review.episodes import Episode
from heed.core.review.missing_counts import began
from heed.core.review.missing_facts import grave, together
from heed.core.review.missing_sheet import actions, in_force

OPEN = f"{ABOUT}open"
IN_WORDS = {
    "overnight": "away at night",
    "longer": "away longer than a day",
    "young": "very young",
    "placed_away": "placed away from her own area",
}


class NotAllOwed(Exception):
    """Some rows failed: what the others ask for is owed. `first` is what the first of them failed with."""

    def __init__(self, first: Exception, rows: int) -> None:
        super().__init__(f"{rows} rows failed")
        self.first = first


def owe_missing(*, records: Collection[int], by: Professional | None, now: datetime) -> int:
    """Open, raise and answer what these rows of records ask for; gives how many steps that took. The same rows again:
    none. A row that fails holds up no other: raises NotAllOwed once the rest is owed, its own error where it is alone.
    """
    count, failed = 0, list[Exception]()
    rows = knowing.recent(records, now)
    for row in rows:
        try:
            with transaction.atomic():
                acts = [act for person in knowing.children(row) for act in _of(row, person, by, now)]
                if acts:
                    ledger.append_many(acts)
        except Exception as trouble:
            # Whatever is wrong with one child's records must not keep other children's duties from being opened: each
            # row is tried by itself, and what failed is raised below, once the others are owed.
            if len(rows) == 1:
                raise
            failed.append(trouble)
        else:
            count += len(acts)
    if failed:
        raise NotAllOwed(failed[0], len(failed)) from failed[0]
    return count


def _of(row: int, person: str, by: Professional | None, now: datetime) -> list[ledger.Act]:
    child = knowing.known(person, now)
    record = next((told for number, told in child.records.values() if number == row), None)
    if record is None:
        return []
    if record.kind == Kind.RETURN_INTERVIEW:
        return interviews.told(row, record, child, by, now)
    if record.kind != Kind.MISSING:
        return [
            *never_reported(Case(row, record, Episode((record,)), child, by, now)),
            *_noted(child, by, now),
        ]
    episode = child.episode_of((record.agency, record.ref))
    if episode is None or child.is_over(episode, now):
        return []
    return owed_for(Case(row, record, episode, child, by, now))


def owed_for(case: Case) -> list[ledger.Act]:
    """Everything an episode asks for as it stands."""
    acts = []
    if not case.episode.away_at(case.now):
        for duty in duties(OPEN, case.names, owed=True):
            words = f"Record {case.record.agency} {case.record.ref} says when the child came back."
            acts += answered(duty, DONE, words, case.by, case.now)
        acts += [*interviews.settled(case), *interviews.one_for_one_night(case)]
        openings = [*_offer(case), *_grave(case)]
    else:
        acts += _hastened(case)
        openings = [*_open(case), *_plan(case), *_placing(case), *_grave(case)]
    acts += open_these(openings=[*openings, *_together(case)], by=case.by, now=case.now)
    return acts + repeats(case, began(case.episode))


def _open(case: Case) -> list[Opening]:
    """Somebody holds it while she is away; whoever answered it early is asked again by the next entry."""
    if duties(OPEN, case.names, owed=True):
        return []
    what = missing_rules().opens["open"]
    words = f"A child is missing. Source: {what.source}."
    return [opening(case, what, OPEN, words, due_at=review_by(case), level=case.level)]


def review_by(case: Case) -> datetime:
    """By when the risk is to be looked at again: as the highest grade that any agency gives it asks."""
    what = missing_rules().opens["open"]
    graded = {record.missing.risk or "" for record in case.episode.records if record.missing}
    spans = [what.by_risk[risk] for risk in graded if risk in what.by_risk] or [what.limit]
    return min(after(case.now, each, policy().ladder.calendar) for each in spans)


def _hastened(case: Case) -> list[ledger.Act]:
    """A grade that rose to high: the duty goes up, and closing it takes two people from now on."""
    if case.level is not Level.HIGH:
        return []
    acts = []
    for duty in duties(OPEN, case.names, owed=True):
        if duty.level != Level.HIGH:
            due_at = min(review_by(case), duty.due_at or case.now)
            words = "The risk is graded high now."
            acts.append(raising.one_higher(duty, words, due_at, case.now, Level.HIGH))
    return acts


def _plan(case: Case) -> list[Opening]:
    """The trigger plans in force when she was reported, of every agency that wrote one: each agency they name does its
    part."""
    decisions = [record for _, record in case.child.records.values() if record.kind == Kind.DECISION]
    if not any(actions(each) for each in decisions):
        return []
    what, found = missing_rules().opens["plan"], dict[str, list[str]]()
    for plan in in_force(decisions, knowing.first_written(case.names), case.now.date()):
        for agency, parts in _parts(plan, case).items():
            words = f"The trigger plan {plan.agency} {plan.ref} asks: {'; '.join(parts)}."
            found.setdefault(agency, []).append(words)
    openings = [
        opening(case, what, f"{ABOUT}plan:{agency}", " ".join(words), agency=agency, level=case.level)
        for agency, words in found.items()
    ]
    return once(openings, case.names)


def _parts(plan: Record, case: Case) -> dict[str, list[str]]:
    """What a plan asks of each agency. What it asks of nobody who is known here, whoever holds the episode sees to."""
    parts = dict[str, list[str]]()
    for each in actions(plan):
        code = known(each.agency)
        said = (
            each.what if code else f"(of {each.agency[:LONGEST_NAME]}, who is not in this Heed) {each.what}"
        )
        parts.setdefault(code or _holding(case), []).append(said)
    return parts


def _holding(case: Case) -> str:
    """The agency that holds the episode."""
    held = duties(OPEN, case.names, owed=True)
    return held[0].owing_agency_id if held else missing_rules().opens["open"].agency


def _placing(case: Case) -> list[Opening]:
    """Another area that does not work in this Heed is told by somebody."""
    what = missing_rules().opens["placing"]
    found = []
    for area in responsible(case.record, what.agency)[1]:
        mark = sha256(area.casefold().encode()).hexdigest()[:8]
        words = f"Responsible as well, and not in this Heed: {area}. Source: {what.source}."
        found.append(opening(case, what, f"{ABOUT}placing:{mark}", words))
    return once(found, case.names)


def _grave(case: Case) -> list[Opening]:
    rules = missing_rules()
    why = grave(case.episode, case.now, case.child.born, rules.grave, policy().ladder.calendar.zone)
    if not why:
        return []
    words = f"A lead looks at it at once: {', '.join(IN_WORDS[each] for each in why)}."
    found = [
        opening(case, what, f"{ABOUT}grave", words, agency=agency, level=case.level)
        for what, agency in both(case.record, rules.opens["grave"])
    ]
    return once(found, case.names)


def _offer(case: Case) -> list[Opening]:
    """The warning before the interview is late, unless somebody has written of an offer already."""
    if any(interviews.of_episode(record, case.names) for _, record in case.child.records.values()):
        return []
    what = missing_rules().opens["offer"]
    back = min(max(span(each).latest for each in case.episode.records), case.now)
    words = f"The child is back. Source: {what.source}."
    return once([opening(case, what, f"{ABOUT}offer", words, since=back)], case.names)


def _noted(child: knowing.Known, by: Professional | None, now: datetime) -> list[ledger.Act]:
    """What came after the episode it belongs to is noted with its own record, and not a day later."""
    acts = []
    for episode in child.episodes:
        if not child.is_over(episode, now):
            first = episode.records[0]
            case = Case(child.records[(first.agency, first.ref)][0], first, episode, child, by, now)
            acts += open_these(openings=_together(case), by=by, now=now)
    return acts


def _together(case: Case) -> list[Opening]:
    """Away from school, missing and with unexplained things: noted once, while a note of it is still owed."""
    rules = missing_rules()
    records = [record for _, record in case.child.records.values()]
    said = together(records, began(case.episode), rules.together)
    every = {name for episode in case.child.episodes for name in names(episode)}
    about = f"{ABOUT}together"
    if not said or not case.episode.certain or duties(about, every, owed=True):
        return []
    what = rules.opens["together"]
    told = ", ".join(" ".join(name) for name in said)
    words = f"Within {rules.together.within_days} days of this episode: {told}. Source: {what.source}."
    return once([opening(case, what, about, words)], case.names)
