"""A replayed case as plain JSON: what `heed review --json` prints, and what the page tells as a story."""

from datetime import datetime
from typing import Any

from heed.casework.casefiles import CaseFile
from heed.core.review.knowing import Who
from heed.core.review.replayed import LIMITS, Day, Fired, Missed
from heed.core.review.spread import TOLD, WROTE, Stage


def as_story(case: CaseFile, *, with_words: bool) -> dict[str, Any]:
    """The whole of it. `with_words`: what the warnings say, for a case that is made up; of a real one its references."""
    found = case.found
    return {
        "name": case.name,
        "from": case.first.isoformat(),
        "until": case.last.isoformat(),
        "children": len(case.children),
        "agencies": list(case.agencies),
        "records": case.records,
        "around": case.around,
        "visible": found.visible.isoformat() if found.visible else None,
        "acted": found.acted.isoformat() if found.acted else None,
        "months": found.months,
        "fired": [_fired(each) for each in found.fired],
        "warnings": [_warning(each, with_words) for each in found.warnings],
        "days": [_day(each) for each in found.days],
        "limits": list(LIMITS),
    }


def _fired(each: Fired) -> dict[str, Any]:
    told = {
        "day": each.day.isoformat(),
        "rule": each.rule,
        "children": len(each.children),
        "words": each.words,
    }
    return {**told, "evidence": [list(name) for name in each.evidence]}


def _warning(each: Missed, with_words: bool) -> dict[str, Any]:
    record, answer = each.kept.told, each.path.answered
    told = [stage for stage in each.path.stages if stage.how == TOLD]
    author = next((stage.who for stage in each.path.stages if stage.how == WROTE), None)
    return {
        "agency": each.kept.agency,
        "ref": each.kept.ref,
        "kind": str(record.kind) if record else "",
        "day": _day_of(each.kept.recorded_at),
        "by": _who(author) if author else None,
        "children": each.children,
        "words": (record.text or "") if record and with_words else "",
        "reason": (record.answer.reason or "") if record and record.answer and with_words else "",
        "told": [_stage(stage) for stage in told],
        "answered": {**_stage(answer), "decision": each.path.decision} if answer else None,
        "answered_after_days": each.answered_after.days if each.answered_after is not None else None,
        "silent": [_who(stage.who) for stage in told if answer is None or stage.who != answer.who],
        "reached": each.path.top,
        "climbs": [[rung, day.isoformat()] for rung, day in each.climbs],
    }


def _day(each: Day) -> dict[str, Any]:
    return {
        "day": each.day.isoformat(),
        "why": each.why,
        "knew": len(each.knew),
        "people": sum(rank.people for rank in each.ranks),
        "ranks": [
            {"agency": rank.agency, "grade": rank.grade, "knew": rank.knew, "people": rank.people}
            for rank in each.ranks
        ],
        "who": [{**_who(one.who), "since": _day_of(one.since)} for one in each.knew],
    }


def _stage(stage: Stage) -> dict[str, str]:
    return {**_who(stage.who), "day": _day_of(stage.at)}


def _who(who: Who) -> dict[str, str]:
    return {"name": who.name, "role": who.role, "grade": who.grade, "agency": who.agency}


def _day_of(at: datetime) -> str:
    return at.date().isoformat()
