"""policy/duties.yaml: what opens a duty, who owes it, what counts as an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from heed.casework.policy.agencies import read_agencies
from heed.casework.policy.ladder import read_as
from heed.casework.policy.page import Page, open_page
from heed.core.duty.worktime import Span, parse_span
from heed.core.records.kinds import Kind

CLAUSE = 80
"""What the clause column holds."""


@dataclass(frozen=True, slots=True)
class DutyRules:
    """The rules of duties. Days are calendar days; decisions are code to words."""

    clauses: Mapping[str, str]
    danger: str
    danger_clause: str
    danger_answer: Span
    finding_clause: str
    finding_rung: int
    first_told: bool
    receiver: str
    reason_characters: int
    decisions: Mapping[str, str]
    refusals: frozenset[str]
    again_within_days: int
    again_rungs: int
    sight_after_deadline: int
    sight_after_answer: int
    history_days: int | None
    closing: frozenset[str]
    high_risks: frozenset[str]
    recheck_within_days: int
    recheck_days: int


def read_duties() -> DutyRules:
    """The rules, each refusal being one of the decisions."""
    page = open_page("duties")
    decisions = {code: page.text("answer", "decisions", code) for code in page.keys("answer", "decisions")}
    return DutyRules(
        clauses=_clauses(page),
        danger=page.text("danger", "observation"),
        danger_clause=_clause(page, "danger", "clause"),
        danger_answer=read_as(page, parse_span, "a span such as 2 clock hours", "danger", "answer"),
        finding_clause=page.text("finding", "clause"),
        finding_rung=page.number("finding", "rung"),
        first_told=page.yes("receiver", "first_told"),
        receiver=_receiver(page),
        reason_characters=page.number("answer", "reason_characters", least=1),
        decisions=decisions,
        refusals=_refusals(page, decisions),
        again_within_days=page.number("again_after_refusal", "within_days"),
        again_rungs=page.number("again_after_refusal", "rungs_higher"),
        sight_after_deadline=page.number("sight", "days_after_deadline"),
        sight_after_answer=page.number("sight", "days_after_answer"),
        history_days=page.number("history_days") if page.has("history_days") else None,
        **_second_person(page, decisions),
    )


def _clauses(page: Page) -> Mapping[str, str]:
    clauses = {}
    for kind in page.keys("opens"):
        if kind not in set(Kind):
            raise page.wrong(("opens", kind), f"a kind of record: {', '.join(Kind)}")
        clauses[kind] = _clause(page, "opens", kind, "clause")
    return clauses


def _receiver(page: Page) -> str:
    """An agency that policy names: a slip of the pen must not make a new one, with nobody in it, that owes answers."""
    code = page.text("receiver", "default")
    known = read_agencies()
    if code not in known:
        raise page.wrong(("receiver", "default"), f"an agency of agencies.yaml: {', '.join(known)}")
    return code


def _clause(page: Page, *where: str) -> str:
    words = page.text(*where)
    if len(words) > CLAUSE:
        raise page.wrong(where, f"at most {CLAUSE} characters")
    return words


def _second_person(page: Page, decisions: Mapping[str, str]) -> dict[str, Any]:
    """What takes two people. A partnership's page from before there was such a block goes by the refusals alone."""
    block = "second_person"
    if not page.has(block):
        found = {"closing": _refusals(page, decisions), "high_risks": frozenset({"high"})}
        return {**found, "recheck_within_days": 90, "recheck_days": 28}
    closing = page.texts(block, "closing")
    for place, code in enumerate(closing):
        if code not in decisions:
            raise page.wrong((block, "closing", place), "one of the decisions above")
    return {
        "closing": frozenset(closing),
        "high_risks": frozenset(page.texts(block, "high_risks")),
        "recheck_within_days": page.number(block, "recheck_within_days", least=1),
        "recheck_days": page.number(block, "recheck_days", least=1),
    }


def _refusals(page: Page, decisions: Mapping[str, str]) -> frozenset[str]:
    refusals = page.texts("answer", "refusals")
    for place, code in enumerate(refusals):
        if code not in decisions:
            raise page.wrong(("answer", "refusals", place), "one of the decisions above")
    return frozenset(refusals)
