"""policy/deadlines.yaml: every deadline beside the answer, each with its source, owner and dates."""

from collections.abc import Mapping

from heed.casework.policy.agencies import read_agencies
from heed.casework.policy.duties import CLAUSE, read_duties
from heed.casework.policy.ladder import one_of, read_as
from heed.casework.policy.page import Page, open_page
from heed.core.duty.deadlines import Deadline
from heed.core.duty.posts import Post
from heed.core.duty.worktime import parse_span

MARKS = ("sourced", "to be checked")
WAYS = ("answered", "done", "returned", "told", "by_hand")
ALL = "deadlines"


def read_deadlines() -> Mapping[str, Deadline]:
    """Every deadline by its name. Each begins somehow, and by nothing that does not exist."""
    page = open_page(ALL)
    decisions = read_duties().decisions
    names = page.keys(ALL)
    return {name: _deadline(page, name, names, decisions) for name in names}


def _deadline(page: Page, name: str, names: list[str], decisions: Mapping[str, str]) -> Deadline:
    at = (ALL, name)
    clause = page.text(*at, "clause")
    if len(clause) > CLAUSE:
        raise page.wrong((*at, "clause"), f"at most {CLAUSE} characters")
    ways = page.keys(*at, "begins")
    if not ways or not set(ways) <= set(WAYS):
        raise page.wrong((*at, "begins"), f"one or more of {', '.join(WAYS)}")
    if (mark := page.text(*at, "mark")) not in MARKS:
        raise page.wrong((*at, "mark"), " or ".join(MARKS))
    effective, review = page.day(*at, "effective_from"), page.day(*at, "review_date")
    if review < effective:
        raise page.wrong((*at, "review_date"), "a day after effective_from")
    within = page.number(*at, "begins", "returned", "within_days", least=1) if "returned" in ways else None
    return Deadline(
        name=name,
        clause=clause,
        limit=read_as(page, parse_span, "a span such as 15 working days", *at, "limit"),
        post=one_of(page, Post, *at, "post"),
        agency=_agency(page, name),
        answered=_known(page, name, "answered", list(decisions), "a decision of duties.yaml"),
        done=_known(page, name, "done", names, "another deadline of this file"),
        returned_within_days=within,
        told="told" in ways and page.yes(*at, "begins", "told"),
        by_hand="by_hand" in ways and page.yes(*at, "begins", "by_hand"),
        mark=mark,
        source=page.text(*at, "source"),
        owner=page.text(*at, "owner"),
        effective_from=effective,
        review_date=review,
    )


def _agency(page: Page, name: str) -> str:
    at = (ALL, name, "agency")
    if not page.has(*at):
        return ""
    code, known = page.text(*at), read_agencies()
    if code not in known:
        raise page.wrong(at, f"an agency of agencies.yaml: {', '.join(known)}")
    return code


def _known(page: Page, name: str, way: str, known: list[str], what: str) -> frozenset[str]:
    at = (ALL, name, "begins", way)
    if not page.has(*at):
        return frozenset()
    found = page.texts(*at)
    for place, each in enumerate(found):
        if each not in known:
            raise page.wrong((*at, place), what)
    return frozenset(found)
