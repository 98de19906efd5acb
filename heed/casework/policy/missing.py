"""The block `missing` of policy/duties.yaml: what a missing child opens, when it is often, how a sheet ages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cache

from django.conf import settings

from heed.casework.policy.agencies import read_agencies
from heed.casework.policy.duties import CLAUSE
from heed.casework.policy.ladder import one_of, read_as
from heed.casework.policy.page import Page, open_page
from heed.core.duty.posts import Post
from heed.core.duty.worktime import Span, parse_span
from heed.core.review.missing_counts import Repeat
from heed.core.review.missing_facts import Grave, Together

AT = "missing"
OPENS = ("open", "grave", "offer", "tonight", "plan", "placing", "together")


@dataclass(frozen=True, slots=True)
class Owing:
    """What is owed, by which post of which agency, and by when; on which source and in whose keeping."""

    name: str
    clause: str
    agency: str
    post: Post
    limit: Span
    by_risk: Mapping[str, Span]
    source: str
    owner: str
    effective_from: date
    review_date: date


@dataclass(frozen=True, slots=True)
class MissingRules:
    """The rules of missing children. `opens` by their names above, `repeats` by theirs; days are calendar days."""

    history_days: int
    opens: Mapping[str, Owing]
    grave: Grave
    together: Together
    repeats: Mapping[str, tuple[Repeat, Owing]]
    never_reported_by: frozenset[str]
    never_reported_agree: int
    low_risks: frozenset[str]
    carers: frozenset[str]
    sheet_stale_days: int

    @property
    def thresholds(self) -> tuple[Repeat, ...]:
        """The thresholds, in policy's order."""
        return tuple(repeat for repeat, _ in self.repeats.values())


def missing_rules() -> MissingRules:
    """The rules of this installation."""
    return _read(str(settings.POLICY))


@cache
def _read(folder: str) -> MissingRules:
    return read_missing()


def read_missing() -> MissingRules:
    """The rules. A partnership whose file is from before there was such a block goes by what Heed comes with."""
    page = open_page("duties")
    if not page.has(AT):
        page = open_page("duties", shipped=True)
    for name in OPENS:
        if not page.has(AT, "opens", name):
            raise page.wrong((AT, "opens", name), "what is owed: clause, agency, post and limit")
    return MissingRules(
        history_days=page.number(AT, "history_days", least=1),
        opens={name: owing_at(page, name, AT, "opens", name) for name in OPENS},
        grave=_grave(page),
        together=_together(page),
        repeats={name: _repeat(page, name) for name in page.keys(AT, "repeats")},
        never_reported_by=frozenset(page.texts(AT, "never_reported", "kinds")),
        never_reported_agree=page.number(AT, "never_reported", "agree", least=2),
        low_risks=frozenset(page.texts(AT, "low_risks")),
        carers=frozenset(page.texts(AT, "carers")),
        sheet_stale_days=page.number(AT, "sheet_stale_days", least=1),
    )


def _repeat(page: Page, name: str) -> tuple[Repeat, Owing]:
    at = (AT, "repeats", name)
    count, days = page.number(*at, "count", least=2), page.number(*at, "within_days", least=1)
    return Repeat(name, count, days, page.yes(*at, "task")), owing_at(page, name, *at)


def owing_at(page: Page, name: str, *at: str) -> Owing:
    """What is owed, as a block of a page says it. Raises Explained by line."""
    clause = page.text(*at, "clause")
    if len(clause) > CLAUSE:
        raise page.wrong((*at, "clause"), f"at most {CLAUSE} characters")
    effective, review = page.day(*at, "effective_from"), page.day(*at, "review_date")
    if review < effective:
        raise page.wrong((*at, "review_date"), "a day after effective_from")
    known = read_agencies()
    if (agency := page.text(*at, "agency")) not in known:
        raise page.wrong((*at, "agency"), f"an agency of agencies.yaml: {', '.join(known)}")
    risks = page.keys(*at, "by_risk") if page.has(*at, "by_risk") else []
    return Owing(
        name=name,
        clause=clause,
        agency=agency,
        post=one_of(page, Post, *at, "post"),
        limit=_span(page, *at, "limit"),
        by_risk={risk: _span(page, *at, "by_risk", risk) for risk in risks},
        source=page.text(*at, "source"),
        owner=page.text(*at, "owner"),
        effective_from=effective,
        review_date=review,
    )


def _grave(page: Page) -> Grave:
    at = (AT, "opens", "grave")
    night = read_as(page, time.fromisoformat, "a time such as 03:00", *at, "night")
    return Grave(night, page.number(*at, "hours", least=1), page.number(*at, "under_age", least=1))


def _together(page: Page) -> Together:
    at = (AT, "opens", "together")
    return Together(
        page.number(*at, "within_days", least=1),
        frozenset(page.texts(*at, "absent")),
        frozenset(page.texts(*at, "things")),
    )


def _span(page: Page, *where: str) -> Span:
    return read_as(page, parse_span, "a span such as 4 clock hours or 2 working days", *where)
