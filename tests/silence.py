"""A county's years under the clock, as if nobody had ever answered: what was unanswered in the records, and what the
rules would have found, opens a duty on the day on which it was known, and climbs until it lies before the partnership's
executive, by name.

A record that already carries an answer opens nothing, unless it is grave. A concern about a child whom somebody refused
before starts here on the lowest rung all the same, so that nothing reaches the executive sooner than it would have.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from bench.replay import Outcome, Planted
from heed.casework.actions.duties import may_ask
from heed.casework.actions.receive import receive
from heed.casework.agencies import ensure
from heed.casework.models import Duty, DutyStep, Post, Professional
from heed.casework.noticing import open_duty
from heed.casework.policy import policy
from heed.casework.policy.agencies import PARTNERSHIP
from heed.casework.policy.thresholds import read_thresholds
from heed.casework.tick import climb
from heed.core.patterns.finding import Finding
from heed.core.records.prepared import prepared
from heed.core.records.reading import parse
from heed.core.records.when import parse_instant

WEEK = timedelta(days=7)
LEADS, EXECUTIVES = 3, 5
"""The rungs on which a duty comes before the partnership's lead, and before its executive."""


@dataclass(frozen=True, slots=True)
class Reached:
    """When a network was first named by a rule, and when the duty that names it stood before whom."""

    network: str
    named: date | None
    leads: date | None
    executive: date | None
    acted: date | None
    in_records: bool


def run(folder: Path, outcome: Outcome) -> list[Reached]:
    """Let the years pass, week by week. What became of every duty is in the database then."""
    Post.objects.create(agency=ensure(PARTNERSHIP), post="executive", holder=_named(), order=0)
    truth = json.loads((folder / "truth.json").read_text())
    begun, ends = (datetime.fromisoformat(truth[key]).replace(tzinfo=UTC) for key in ("from", "until"))
    waiting = sorted([*_unanswered(folder), *_found(outcome)], key=lambda each: each[0], reverse=True)
    now = min([begun, *(at for at, _ in waiting[-1:])])
    while now < ends + 8 * WEEK:  # as long as silence takes to reach the top
        now += WEEK
        while waiting and waiting[-1][0] <= now:
            at, what = waiting.pop()
            if isinstance(what, Finding):
                open_duty(what, at)
            else:
                receive(record=what, by=None, now=at)
        climb(now)
    assert not waiting
    return [_reached(network) for network in outcome.networks]


def _named() -> Professional:
    """The partnership's executive, who can sign in, and never answers."""
    return Professional.objects.create(
        username="edda", name="Edda Vane", agency=ensure(PARTNERSHIP), role="executive", grade="executive",
        password="set",
    )  # fmt: skip


def _unanswered(folder: Path) -> Iterator[tuple[datetime, Any]]:
    """Every record that asks for an answer and carries none, on the instant at which it was written down."""
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            if told["kind"] not in policy().duties.clauses:
                continue
            at, record = parse_instant(told["recorded_at"]), parse(told).record
            if record is not None and may_ask(prepared(record), at):
                yield at, record


def _found(outcome: Outcome) -> Iterator[tuple[datetime, Any]]:
    limits = read_thresholds()
    for finding in outcome.findings:
        if limits[finding.detector]["opens_duty"]:
            yield (
                datetime(finding.as_of.year, finding.as_of.month, finding.as_of.day, 12, tzinfo=UTC),
                finding,
            )


def _reached(network: Planted) -> Reached:
    names = [finding.finding for finding, _ in network.findings]
    steps = DutyStep.objects.filter(duty__finding__in=names, kind="climbed")

    def first(rung: int) -> date | None:
        at = steps.filter(rung=rung).order_by("at").values_list("at", flat=True).first()
        return None if at is None else at.date()

    named = network.first.as_of if network.first else None
    return Reached(network.name, named, first(LEADS), first(EXECUTIVES), network.acted, network.in_records)


def networks_table(reached: list[Reached]) -> Iterator[str]:
    """The lines of the report on networks."""
    heads = ("network", "named", "partnership's lead", "its executive", "managers acted", "weeks sooner")
    yield _line(heads)
    for each in reached:
        sooner = (each.acted - each.executive).days // 7 if each.acted and each.executive else "-"
        dates = [str(day or "never") for day in (each.named, each.leads, each.executive, each.acted)]
        yield _line((each.network, *dates, sooner))


def concerns_table() -> Iterator[str]:
    """The lines of the report on concerns that nobody answered: who raised them, how many, and where they ended."""
    rows: dict[tuple[str, str], list[Duty]] = {}
    for duty in Duty.objects.exclude(record=None).filter(about="").select_related("record", "owner"):
        rows.setdefault((duty.record.agency_id, _rank(duty)), []).append(duty)
    yield _line(("raised by", "rank", "unanswered", "first", "days to executive", "owed at the end by"))
    for (agency, rank), duties in sorted(rows.items()):
        days = [(_executive_at(duty) - duty.opened_at).days for duty in duties if _executive_at(duty)]
        first = min(duty.opened_at for duty in duties).date()
        owed = sorted(
            {
                f"{duty.owner.name}, {_post(duty)}, {duty.owner.agency_id}"
                for duty in duties
                if duty.state != "answered"
            }
        )
        yield _line(
            (agency, rank, len(duties), first, f"{median(days):.0f}" if days else "-", "; ".join(owed))
        )


def _executive_at(duty: Duty) -> datetime | None:
    return duty.steps.filter(kind="climbed", rung=EXECUTIVES).values_list("at", flat=True).first()


def _rank(duty: Duty) -> str:
    from heed.casework import sealed

    author = json.loads(sealed.document_of(duty.record)).get("author") or {}
    return author.get("grade") or "not said"


def _post(duty: Duty) -> str:
    return str(policy().ladder.at(duty.rung).post)


def _line(cells: tuple[object, ...]) -> str:
    return " ".join(f"{cell!s:<18}" for cell in cells).rstrip()
