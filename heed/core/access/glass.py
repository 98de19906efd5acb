"""Emergency access on plain values: who may review an opening, and when somebody has opened too much unreviewed.

Source of the rule: emergency access is always possible and never silent; what it was for is looked at afterwards by
somebody who owes the opener nothing (NHS Summary Care Record, information governance; Heed's threat T1).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colleague:
    """A professional as far as it matters here: their row, agency code, and their manager's row if there is one."""

    person: int
    agency: str
    manager: int | None = None
    active: bool = True


def outside_the_line(reviewer: Colleague, opener: Colleague) -> bool:
    """Whether somebody may review what another opened: works here, for another agency, and neither manages the other."""
    return (
        reviewer.active
        and reviewer.person != opener.person
        and reviewer.agency != opener.agency
        and opener.person != reviewer.manager
        and reviewer.person != opener.manager
    )


def locked(unreviewed: int, locked_at: int) -> bool:
    """Whether somebody with so many openings that nobody has reviewed yet may open no other."""
    return unreviewed >= locked_at
