"""Thresholds fitted on a house's own past: written down, frozen, and used."""

from datetime import UTC, date, datetime

import pytest

from heed.casework.actions.thresholds import KIND, fit_thresholds, thresholds_in_force
from heed.casework.models import Entry, FittedThreshold
from heed.core.patterns.finding import day_number

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def test_until_a_month_is_fitted_policy_holds():
    assert thresholds_in_force() is None


def test_a_month_is_fitted_once_and_stands_in_the_ledger():
    written = fit_thresholds(by=None, now=NOW)
    assert written
    assert Entry.objects.filter(kind=KIND).count() == len(written)
    assert fit_thresholds(by=None, now=NOW) == []
    assert FittedThreshold.objects.count() == len(written)


def test_with_no_past_what_is_fitted_is_what_policy_states_and_it_runs_out():
    fit_thresholds(by=None, now=NOW)
    fitted = thresholds_in_force()
    assert fitted.at(day_number(date(2026, 11, 20))) == fitted.stated
    FittedThreshold(month=date(2026, 12, 4), strength=11.5, stated=8.0, budget=0.2, at=NOW).save()
    fitted = thresholds_in_force()
    assert fitted.at(day_number(date(2026, 12, 30))) == 11.5
    assert fitted.at(day_number(date(2027, 2, 1))) == 8.0
