"""policy/intake.yaml: how many records from one agency's system are so many that a person looks first; how far its
clock may run ahead."""

from dataclasses import dataclass
from datetime import timedelta

from heed.casework.policy.page import open_page


@dataclass(frozen=True, slots=True)
class IntakeRules:
    """A day is held above `times_usual` times the mean of `usual_days` days, and above `floor` records."""

    times_usual: float
    usual_days: int
    floor: int
    reason_characters: int
    clock_skew: timedelta


SKEW_MINUTES = 10
"""For a page that does not say."""


def read_intake() -> IntakeRules:
    """The rules; times below 1 would hold a day for being usual."""
    page = open_page("intake")
    times = page.amount("volume", "times_usual")
    if not times >= 1:
        raise page.wrong(("volume", "times_usual"), "a number from 1")
    skew = page.number("clock_skew_minutes") if page.has("clock_skew_minutes") else SKEW_MINUTES
    return IntakeRules(
        times_usual=times,
        usual_days=page.number("volume", "usual_days", least=1),
        floor=page.number("volume", "floor"),
        reason_characters=page.number("reason_characters", least=1),
        clock_skew=timedelta(minutes=skew),
    )
