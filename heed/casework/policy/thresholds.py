"""policy/thresholds.yaml: when the rules speak, as plain numbers by detector."""

from collections.abc import Mapping

from heed.casework.policy.page import Page, open_page
from heed.core.patterns import DETECTORS

SHARED = "shared"
REASONS = ("words", "source", "owner")


def read_thresholds() -> Mapping[str, Mapping[str, float]]:
    """Limits of every detector: what all share, then its own. A value without its reasons is a mistake."""
    page = open_page("thresholds")
    shared = _values(page, SHARED)
    return {detector.name: {**shared, **_values(page, detector.name)} for detector in DETECTORS}


def _values(page: Page, block: str) -> dict[str, float]:
    return {name: _value(page, block, name) for name in page.keys(block)}


def _value(page: Page, block: str, name: str) -> float:
    for reason in REASONS:
        page.text(block, name, reason)
    page.day(block, name, "review_date")
    return page.amount(block, name, "value")
