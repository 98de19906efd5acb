"""Noticing: run the detectors on what is recorded, keep what they find, and owe an answer for what is new.

What the machine notices is computed; what somebody does about it is a duty. A finding that no longer
stands stays in the table as it last stood: somebody may have answered it.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from heed.casework import rules
from heed.casework.actions.duties import open_for_finding
from heed.casework.actions.register import owe_disruption
from heed.casework.actions.thresholds import thresholds_in_force
from heed.casework.beats import LOOK
from heed.casework.models import Finding as Row
from heed.casework.models import FindingChild, Heartbeat, Outbox
from heed.casework.policy.thresholds import read_thresholds
from heed.casework.sealing.rows import seal_findings
from heed.casework.supply import warehouse
from heed.core.patterns.finding import Finding
from heed.warehouse.detect import Failed, detect, replay

EVERY_DAYS = 7
AGAIN, SOON = "again", timedelta(minutes=5)
"""The look that is owed after a detector failed, and when."""


def notice(now: datetime) -> list[str]:
    """Bring the findings up to date with everything recorded by `now`; gives the ids of those that stand.

    Findings that have none yet open a duty where policy says so. A detector that fails keeps no other from looking: it
    is named as a rule in trouble, what it found before stands as it last stood, and another look is owed soon.
    """
    day = now.astimezone(UTC).date()
    limits = read_thresholds()
    house = warehouse()
    broken: Failed = {}
    try:
        found = detect(house, day, limits, thresholds_in_force(), broken)
    finally:
        house.close()
    keep(found)
    _no_longer_standing(day, {finding.finding for finding in found}, broken)
    for finding in found:
        # Every standing one, not only the new: a crash after keeping must not swallow the duty. It opens once.
        if limits[finding.detector]["opens_duty"]:
            open_duty(finding, now)
    owe_disruption(found=found, by=None, now=now)
    rules.detectors_ran(now, {name: type(trouble).__name__ for name, trouble in broken.items()})
    if broken:
        _owe_another_look(now)
    Heartbeat.objects.update_or_create(name=LOOK, defaults={"at": now})
    return [finding.finding for finding in found]


def notice_history(now: datetime, progress: Callable[[str], None] = lambda words: None) -> list[str]:
    """Keep every finding the records would have raised from their first day to `now`, week by week.

    For an installation that has just taken years of records in. Opens no duty: what still stands is
    `notice`'s to raise. Gives the ids.
    """
    house = warehouse()
    try:
        first = _first_day(house.rows("select min(recorded_s) from record")[0][0])
        day = now.astimezone(UTC).date()
        fitted = thresholds_in_force()
        found = (
            list(replay(house, first, day, EVERY_DAYS, read_thresholds(), progress, fitted)) if first else []
        )
    finally:
        house.close()
    keep(found)
    return [finding.finding for finding in found]


def open_duty(finding: Finding, now: datetime) -> None:
    """A named person owes an answer to a finding."""
    open_for_finding(
        finding_id=finding.finding,
        statement=finding.statement,
        children_sources=[source for _, sources in finding.children for source in sources],
        now=now,
    )


@transaction.atomic
def keep(found: Iterable[Finding]) -> None:
    """Write findings and their children; a first day once kept is never lost."""
    findings = {finding.finding: finding for finding in found}
    known = Row.objects.in_bulk(list(findings))
    rows = [_row(finding, known.get(name)) for name, finding in findings.items()]
    seal_findings(rows)
    Row.objects.bulk_create([row for row in rows if row.pk not in known], batch_size=500)
    Row.objects.bulk_update(
        [row for row in rows if row.pk in known],
        ["first_raised", "as_of", "strength", "statement", "body", "version"],
        batch_size=200,
    )
    FindingChild.objects.filter(finding__in=list(known)).delete()
    FindingChild.objects.bulk_create(
        FindingChild(finding_id=name, person=person)
        for name, finding in findings.items()
        for person, _ in finding.children
    )


def _owe_another_look(now: datetime) -> None:
    """Soon, and once: what failed may have been a full disk for a minute."""
    if not Outbox.objects.filter(kind="notice", subject=AGAIN, done_at=None, created_at__gte=now).exists():
        Outbox.objects.create(kind="notice", subject=AGAIN, created_at=now, leased_until=now + SOON)


def _no_longer_standing(day: date, standing: set[str], broken: Collection[str]) -> None:
    """A finding that stood this morning and does not now last stood yesterday. Of one whose detector failed nobody
    knows: it stays as it last stood."""
    fallen = Row.objects.filter(as_of=day).exclude(pk__in=standing).exclude(detector__in=list(broken))
    fallen.update(as_of=day - timedelta(days=1))


def _row(finding: Finding, known: Row | None) -> Row:
    first = min(finding.first_raised, known.first_raised) if known else finding.first_raised
    finding = replace(finding, first_raised=first)
    return Row(
        id=finding.finding,
        detector=finding.detector,
        version=finding.version,
        first_raised=finding.first_raised,
        as_of=finding.as_of,
        strength=finding.strength,
        statement=finding.statement,
        body=finding.kept(),
    )


def _first_day(recorded_s: int | None) -> date | None:
    return date(1970, 1, 1) + timedelta(seconds=recorded_s) if recorded_s is not None else None
