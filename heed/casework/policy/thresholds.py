"""policy/thresholds.yaml: when the rules speak, as plain numbers by detector."""

from collections.abc import Mapping
from math import inf, nan

from heed.casework.policy.page import Page, open_page
from heed.core.patterns import DETECTORS

SHARED = "shared"
REASONS = ("words", "source", "owner")
NEEDED = {
    "window_weeks": 1, "history_weeks": 1, "own_history_weeks": 1, "stands_days": 1, "least_children": 1,
    "least_settings": 1, "mean_of_new": 0, "closer_look": 0, "cap_without_history": 0, "cap_shared_markers": 0,
    "prior_episodes": 0, "prior_weeks": 0, "burst": 0, "evening_factor": 0, "opens_duty": 0,
    "repeats": 0, "repeats_within_weeks": 1, "groups": 0,
    "alerts_a_week": 0, "stated_strength": 0, "least_strength": 0, "warm_weeks": 0,
}  # fmt: skip
"""What every detector asks for, shared or its own, and the least it may be."""
OWN: Mapping[str, Mapping[str, int]] = {
    "missing_together": {"strength": 0, "pair_strength": 0, "least_overlaps": 1},
    "linked_things": {"strength": 0, "worth_joining": 0, "cap_joined": 0},
    "own_rate": {"recent_weeks": 1, "least_episodes": 1, "least_history_weeks": 0, "chance": 0},
}
STRENGTH = {"strength": 0}
"""What each detector asks for beside: those not named ask for a strength alone."""


def read_thresholds() -> Mapping[str, Mapping[str, float]]:
    """Limits of every detector: what all share, then its own. A value without its reasons is a mistake.

    So is one that a detector asks for and nobody stated: found here, not on the night it is first needed.
    """
    page = open_page("thresholds")
    shared = _values(page, SHARED)
    limits = {detector.name: {**shared, **_values(page, detector.name)} for detector in DETECTORS}
    for detector, stated in limits.items():
        for name, least in {**NEEDED, **OWN.get(detector, STRENGTH)}.items():
            if not least <= stated.get(name, nan) < inf:
                raise page.wrong(
                    (SHARED if name in shared else detector, name, "value"), f"a number from {least}"
                )
    return limits


def _values(page: Page, block: str) -> dict[str, float]:
    return {name: _value(page, block, name) for name in page.keys(block)}


def _value(page: Page, block: str, name: str) -> float:
    for reason in REASONS:
        page.text(block, name, reason)
    page.day(block, name, "review_date")
    return page.amount(block, name, "value")
