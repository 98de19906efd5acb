"""policy/practice.yaml: the rules of practice P1 to P12, where each stands, and those that count concerns."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from heed.casework.policy.duties import read_duties
from heed.casework.policy.missing import Owing, owing_at
from heed.casework.policy.page import Page, Where, has_page, open_page
from heed.core.records.kinds import Kind
from heed.core.review.concern_counts import Counted

SEVERAL, PLACE = "several_concerns", "same_place"
NUMBERS = tuple(f"P{number}" for number in range(1, 13))


@dataclass(frozen=True, slots=True)
class Counting:
    """A threshold of concerns and what it opens. `further`: each beyond it goes up a rung; `settled_by` are the
    decisions after which what came before is counted no more."""

    counted: Counted
    further: bool
    settled_by: frozenset[str]
    owing: Owing


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as anybody may read it. `stands` are the places of policy, each (file, where), that hold its numbers."""

    number: str
    rule: str
    opens: str
    when: str
    source: str
    stands: tuple[tuple[str, Where], ...]


@dataclass(frozen=True, slots=True)
class Practice:
    """The kinds of record that are a concern, the thresholds by name, and the table of all rules."""

    concerns: frozenset[str]
    counting: Mapping[str, Counting]
    rules: tuple[Rule, ...]


def practice() -> Practice:
    """The rules of this installation."""
    return _read(str(settings.POLICY))


@cache
def _read(folder: str) -> Practice:
    return read_practice()


def read_practice() -> Practice:
    """The rules. A place that a rule names and that is in no file of policy is a mistake like any other."""
    page = open_page("practice")
    kinds = page.texts("concerns")
    for place, kind in enumerate(kinds):
        if kind not in [*Kind]:
            raise page.wrong(("concerns", place), f"a kind of record: {', '.join(Kind)}")
    return Practice(
        concerns=frozenset(kinds),
        counting={name: _counting(page, name) for name in (SEVERAL, PLACE)},
        rules=tuple(_rule(page, number) for number in NUMBERS),
    )


def _counting(page: Page, name: str) -> Counting:
    at = ("counted", name)
    settled = page.texts(*at, "settled_by")
    for place, decision in enumerate(settled):
        if decision not in read_duties().decisions:
            raise page.wrong((*at, "settled_by", place), "one of the decisions of duties.yaml")
    counted = Counted(
        page.number(*at, "count", least=2),
        page.number(*at, "agencies", least=1),
        page.number(*at, "within_days", least=1),
    )
    return Counting(counted, page.yes(*at, "further"), frozenset(settled), owing_at(page, name, *at))


def _rule(page: Page, number: str) -> Rule:
    at = ("rules", number)
    return Rule(
        number=number,
        rule=page.text(*at, "rule"),
        opens=page.text(*at, "opens"),
        when=page.text(*at, "when"),
        source=page.text(*at, "source"),
        stands=tuple(_stands(page, *at, "stands", place) for place in range(page.count(*at, "stands"))),
    )


def _stands(page: Page, *at: str | int) -> tuple[str, Where]:
    """The place that a rule names. A block which a partnership's file is too old to have stands in Heed's own."""
    file, _, keys = page.text(*at).partition(" ")
    where: Where = tuple(keys.split("."))
    there = has_page(file) and any(open_page(file, shipped=own).has(*where) for own in (False, True))
    if not keys or not there:
        raise page.wrong(at, "a file of policy and what stands in it, such as: duties missing.repeats")
    return file, where
