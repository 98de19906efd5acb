"""Fitting the thresholds of patterns across children on the house's own past, and freezing them month by month."""

from datetime import date, datetime, timedelta

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.models import FittedThreshold, Professional
from heed.casework.policy.thresholds import read_thresholds
from heed.casework.supply import warehouse
from heed.core.patterns import DETECTORS
from heed.core.patterns.budget import FIT_DAYS, MONTH_DAYS, Fitted
from heed.core.patterns.finding import EPOCH, day_number
from heed.warehouse.detect import fit

KIND = "thresholds"


def fit_thresholds(*, by: Professional | None, now: datetime) -> list[FittedThreshold]:
    """Fit every month of the last two years that has no threshold yet, each on what was recorded before it.

    A month once fitted stays as it is. Gives the rows that were written, each with its ledger entry.
    """
    policy = read_thresholds()
    shared = policy[DETECTORS[0].name]
    today = day_number(now.date())
    known = set(FittedThreshold.objects.values_list("month", flat=True))
    house = warehouse()
    try:
        found = fit(house, _day(today - FIT_DAYS), _day(today), policy)
    finally:
        house.close()
    rows = [
        FittedThreshold(
            month=_day(day), strength=strength, stated=found.stated, budget=shared["alerts_a_week"], at=now
        )
        for day, strength in zip(found.days, found.strengths, strict=True)
        if _day(day) not in known
    ]
    with transaction.atomic():
        for row in rows:
            row.save()
            body = {
                "month": row.month.isoformat(),
                "strength": row.strength,
                "stated": row.stated,
                "budget": row.budget,
            }
            ledger.append(
                kind=KIND, subject=f"month:{row.month}", purpose="fitted", body=body, by=by,
                agency=by.agency_id if by else None, now=now,
            )  # fmt: skip
    return rows


def thresholds_in_force() -> Fitted | None:
    """The thresholds that were fitted, for detecting; None while none was. Each holds for its own 28 days."""
    rows = list(FittedThreshold.objects.order_by("month").values_list("month", "strength", "stated"))
    if not rows:
        return None
    after = day_number(rows[-1][0]) + 2 * MONTH_DAYS
    days = tuple(day_number(month) for month, _, _ in rows)
    # A month nobody fitted for: the last that was fitted goes on for one more, then policy's own holds again.
    return Fitted(rows[-1][2], (*days, after), (*(strength for _, strength, _ in rows), rows[-1][2]))


def _day(number: int) -> date:
    return EPOCH + timedelta(days=number)
