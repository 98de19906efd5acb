"""policy/glass.yaml: why somebody may open a child's records in an emergency, how long, and who looks at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from heed.casework.policy.duties import read_duties
from heed.casework.policy.ladder import read_as
from heed.casework.policy.page import Page, open_page
from heed.core.duty.worktime import Span, parse_span

LONGEST_GROUND = 40


@dataclass(frozen=True, slots=True)
class GlassRules:
    """The rules. `grounds` are words by code; `decision` is the decision of duties that a review answers with."""

    grounds: Mapping[str, str]
    reason_characters: int
    lasts: Span
    review: Span
    decision: str
    locked_at: int


def glass_rules() -> GlassRules:
    """The rules of this installation."""
    return _read(str(settings.POLICY))


@cache
def _read(folder: str) -> GlassRules:
    return read_glass()


def read_glass() -> GlassRules:
    """The rules. A reason of fewer than 20 characters explains nothing: policy may ask for more, never for less."""
    page = open_page("glass")
    decision = page.text("review", "decision")
    if decision not in read_duties().decisions:
        raise page.wrong(("review", "decision"), "one of the decisions of duties.yaml")
    return GlassRules(
        grounds=_grounds(page),
        reason_characters=page.number("reason_characters", least=20),
        lasts=_span(page, "lasts"),
        review=_span(page, "review", "within"),
        decision=decision,
        locked_at=page.number("locked_at", least=1),
    )


def _grounds(page: Page) -> Mapping[str, str]:
    grounds = {code: page.text("grounds", code) for code in page.keys("grounds")}
    for code in grounds:
        if len(code) > LONGEST_GROUND:
            raise page.wrong(("grounds", code), f"a name of at most {LONGEST_GROUND} characters")
    if not grounds:
        raise page.wrong(("grounds",), "at least one ground")
    return grounds


def _span(page: Page, *where: str) -> Span:
    return read_as(page, parse_span, "a span such as 4 clock hours or 2 working days", *where)
