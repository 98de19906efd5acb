"""How often she was missing: an episode counts itself when its record comes, and each one beyond a threshold goes up.

Days on which agencies agree that she was not there, and nobody reported her, count like an episode.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from heed.casework.actions import ledger
from heed.casework.actions.duties import raising
from heed.casework.actions.duties.opening import open_these
from heed.casework.actions.missing import knowing
from heed.casework.actions.missing.areas import both
from heed.casework.actions.missing.knowing import Name, duties
from heed.casework.actions.missing.owing import ABOUT, Case, opening
from heed.casework.models import Duty, DutyStep
from heed.casework.policy import policy
from heed.casework.policy.missing import Owing, missing_rules
from heed.core.duty.worktime import after
from heed.core.review.episodes import Episode
from heed.core.review.missing_counts import crossed, starts

REPEAT = f"{ABOUT}repeat:"


def never_reported(case: Case) -> list[ledger.Act]:
    """Days on which agencies agree that she was not there, and nobody reported her, count when the record comes by
    which they do: no report may ever follow."""
    name = (case.record.agency, case.record.ref)
    runs = [run for run in case.child.unreported if name in {(each.agency, each.ref) for each in run.records}]
    if not runs:
        return []
    whole = replace(case, episode=Episode(runs[-1].records))
    return repeats(whole, starts((), runs[-1:])[0])


def repeats(case: Case, at: datetime) -> list[ledger.Act]:
    """The threshold this episode crosses, which began then, once for each child: a further one raises what is owed, or
    opens it that much higher."""
    rules, keys = missing_rules(), knowing.keys_of(case.child.person)
    found = crossed(case.child.starts, at, rules.thresholds)
    who = _who(case, keys)
    if (
        found is None
        or not case.episode.certain
        or _counted_before(case.child.told_beside(case.episode), who, keys)
    ):
        return []
    what = rules.repeats[found.repeat.name][1]
    words = f"Episode number {found.number} in {found.repeat.within_days} days. Source: {what.source}."
    every = case.child.counted
    acts, openings = [], []
    for each, agency in both(case.record, what):
        tasks = _tasks(every, keys) if found.repeat.task else []
        owed = [duty for duty in tasks if duty.owing_agency_id == agency]
        if owed and found.further:
            acts.append(_raised(owed[0], words, case, each, who))
        elif not owed:
            about, higher = f"{REPEAT}{found.repeat.name}{who}"[:120], max(0, found.further)
            openings.append(opening(case, each, about, words, agency=agency, higher=higher))
    return acts + open_these(openings=openings, by=case.by, now=case.now)


def _raised(duty: Duty, words: str, case: Case, what: Owing, who: str) -> ledger.Act:
    soonest = after(case.now, what.limit, policy().ladder.calendar)
    due_at = min(duty.due_at or soonest, soonest)
    mark = _mark((case.record.agency, case.record.ref), who)
    return raising.one_higher(duty, words, due_at, case.now, because=mark)


def _who(case: Case, keys: Collection[str]) -> str:
    """Which child, where a night's records are about several: each has counts of her own. Empty where they are not."""
    told = knowing.children_told(case.episode)
    return f":{short(min(told & set(keys)))}" if told - set(keys) and told & set(keys) else ""


def _tasks(of: Collection[Name], keys: Collection[str]) -> list[Duty]:
    """What is owed for a threshold that asks for action, for any of her episodes."""
    tasks = {repeat.name for repeat in missing_rules().thresholds if repeat.task}
    return [
        duty for duty in _of_her(duties(REPEAT, of, owed=True), keys) if duty.about.split(":")[2] in tasks
    ]


def _of_her(found: Iterable[Duty], keys: Collection[str]) -> list[Duty]:
    """Without what is owed for another child of the same night."""
    hers = {short(key) for key in keys}
    return [duty for duty in found if not (rest := duty.about.split(":")[3:]) or rest[0] in hers]


def _counted_before(of: Iterable[Name], who: str, keys: Collection[str]) -> bool:
    """Whether this episode has opened or raised something for a threshold of hers already."""
    told = set(of)
    marks = [_mark(name, who) for name in told]
    opened = _of_her(duties(REPEAT, told), keys)
    return bool(opened) or DutyStep.objects.filter(decision__in=marks).exists()


def _mark(name: Name, who: str) -> str:
    return f"episode:{short(' '.join(name) + who)}"


def short(words: str) -> str:
    """An opaque mark of a name, as short as what a duty is about has room for."""
    return sha256(words.encode()).hexdigest()[:16]
