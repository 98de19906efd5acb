"""policy/quality.yaml: how many pairs are drawn and judged, and what may be shown of groups."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from heed.casework.policy.page import Page, open_page
from heed.core.identity.sampling import BANDS, Least


@dataclass(frozen=True, slots=True)
class Fact:
    """Something agencies may record of a person: its title, and the keys under which a record has it."""

    title: str
    at: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QualityRules:
    """The rules. `draw` is pairs by band; `drift_bits` in bits; the rest are numbers of pairs."""

    draw: Mapping[str, int]
    least: Least
    drift_bits: float
    drift_links: int
    group_least: int
    facts: Mapping[str, Fact]


def quality_rules() -> QualityRules:
    """The rules of this installation, read once."""
    return _read(str(settings.POLICY))


@cache
def _read(folder: str) -> QualityRules:
    page = open_page("quality")
    return QualityRules(
        draw={band: page.number("draw", band) for band in BANDS},
        least=Least(
            page.number("estimate", "least_a_side", least=1), page.number("estimate", "least_a_band", least=1)
        ),
        drift_bits=page.amount("drift", "bits"),
        drift_links=page.number("drift", "least_links", least=1),
        # Under five a cell tells of single people; policy may ask for more, never for less.
        group_least=page.number("groups", "least_judged", least=5),
        facts={name: _fact(page, name) for name in page.keys("groups", "facts")},
    )


def _fact(page: Page, name: str) -> Fact:
    where = ("groups", "facts", name)
    at = page.texts(*where, "at")
    if not at:
        raise page.wrong((*where, "at"), "at least one key")
    return Fact(page.text(*where, "title"), at)
